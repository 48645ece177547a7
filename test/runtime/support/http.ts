// Requests to a server by hand: any header, any body, the raw answer.
import { request } from "node:http";
import { hello } from "./hello.js";
import type { Message, startServer } from "./subprocess.js";

/** The address that the server says it listens on. */
export async function urlOf(server: ReturnType<typeof startServer>): Promise<string> {
  return /serving (\S+\/mcp)/.exec(await server.logged("serving http"))?.[1] ?? "";
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

export interface Options {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly path?: string;
}

/** node:http, as `fetch` lets nobody choose the Host header. */
export async function send(
  to: string,
  { method = "POST", headers = {}, body, path = "/mcp" }: Options = {},
): Promise<Answer> {
  const text = body === undefined || typeof body === "string" ? body : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const outgoing = request(new URL(path, to), {
      method,
      headers: { "content-type": "application/json", accept: "application/json, text/event-stream", ...headers },
    });
    outgoing.on("response", (response) => {
      let received = "";
      response.setEncoding("utf8").on("data", (chunk: string) => (received += chunk));
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text: received }),
      );
    });
    outgoing.on("error", reject);
    outgoing.end(text);
  });
}

export const message = (answer: Answer): Message =>
  JSON.parse(answer.text.replace(/^event: message\ndata: /, "")) as Message;
export const rpc = (method: string, params?: object) => ({ jsonrpc: "2.0", id: 1, method, params });

export async function openSession(to: string): Promise<Record<string, string>> {
  const answer = await send(to, { body: rpc("initialize", hello) });
  const headers = { "mcp-session-id": String(answer.headers["mcp-session-id"]), "mcp-protocol-version": "2025-11-25" };
  await send(to, { headers, body: { jsonrpc: "2.0", method: "notifications/initialized" } });
  return headers;
}
