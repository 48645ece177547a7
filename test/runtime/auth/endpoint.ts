// The sample in a process of its own, and calls of it with a token.
import { rpc, send, urlOf, type Answer } from "../support/http.js";
import { bundleSample, startServer } from "../support/subprocess.js";

const entry = (sessions: boolean): string => `
  import "./templates/runtime/lifecycle/stdout.js";
  import { main } from "./templates/runtime/entry/main.js";
  import { openGate, server } from "./test/runtime/auth/sample.js";
  await main({
    ...server,
    load: () => Promise.resolve(server),
    auth: () => Promise.resolve({ openGate }),
    ${sessions ? 'sessions: () => import("./templates/runtime/http/sessions.js"),' : ""}
  });`;

export const bundleProtected = async (name: string, { sessions = false } = {}): Promise<string> =>
  bundleSample(`auth-${name}`, entry(sessions));

export interface Endpoint {
  readonly url: string;
  readonly server: ReturnType<typeof startServer>;
}

export async function serve(file: string, env: Record<string, string>): Promise<Endpoint> {
  const server = startServer(file, { args: ["--http", "0"], env: { MCP_ALLOWED_HOSTS: "mcp.example.com", ...env } });
  return { server, url: await urlOf(server) };
}

/** Whatever it has written: nothing of a token may be in it. */
export const written = ({ server }: Endpoint): string => [...server.stdout, ...server.stderr].join("\n");

/** How often a function was reached. */
export const reached = ({ server }: Endpoint): number =>
  server.stderr.filter((line) => line.includes("reached ")).length;

export const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });

export async function callTool(
  { url }: Endpoint,
  tool: string,
  { headers = {}, args = {} }: { readonly headers?: Record<string, string>; readonly args?: object } = {},
): Promise<Answer> {
  return send(url, { headers, body: rpc("tools/call", { name: tool, arguments: args }) });
}

export const challengeOf = ({ headers }: Answer): string => String(headers["www-authenticate"] ?? "");
