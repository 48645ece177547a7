// Runs the sample server as generated projects do: bundled to one file, in a process of its own.
import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { build } from "esbuild";
import { hello } from "./hello.js";

const root = join(import.meta.dirname, "../../..");
const cache = join(root, "node_modules/.cache/mcpgen-test");

const main = `
  import "./templates/runtime/lifecycle/stdout.js";
  import { main } from "./templates/runtime/entry/main.js";
  import { server } from "./test/runtime/support/sample.js";
  console.log("noise at start");
  await main({ ...server, load: () => Promise.resolve(server), sessions: () => import("./templates/runtime/http/sessions.js") });`;

/** Returns the file; the banner is that of a generated build.mjs. `contents` imports relative to the repository. */
export async function bundleSample(name: string, contents = main): Promise<string> {
  mkdirSync(cache, { recursive: true });
  const outfile = join(cache, `${name}.mjs`);
  await build({
    stdin: { contents, resolveDir: root, loader: "ts" },
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "esm",
    logLevel: "error",
    external: ["@electric-sql/pglite"],
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
  });
  return outfile;
}

/** Whatever the server sent; tests read what they expect. */
export interface Message {
  readonly id?: unknown;
  readonly method?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly result: {
    readonly content: readonly { readonly text: string }[];
    readonly structuredContent: Readonly<Record<string, string>>;
    readonly isError?: boolean;
    readonly protocolVersion?: string;
  };
  readonly error?: { readonly code: number; readonly message: string };
}

export const textOf = (message: Message): string => message.result.content.map(({ text }) => text).join();

export function startServer(file: string, options: { args?: string[]; env?: Record<string, string> } = {}) {
  const child = spawn(process.execPath, [file, ...(options.args ?? [])], { env: { ...process.env, ...options.env } });
  const stdout: string[] = [];
  const stderr: string[] = [];
  createInterface({ input: child.stdout }).on("line", (line) => stdout.push(line));
  createInterface({ input: child.stderr }).on("line", (line) => stderr.push(line));
  const exited = new Promise<number | string>((resolve) =>
    child.on("close", (code, signal) => resolve(code ?? String(signal))),
  );
  let id = 0;

  const until = async <T>(find: () => T | undefined | false): Promise<T> => {
    const end = Date.now() + 30_000;
    for (;;) {
      const found = find();
      if (found !== undefined && found !== false) return found;
      if (Date.now() > end)
        throw new Error(`nothing came.\nstdout: ${stdout.join("\n")}\nstderr: ${stderr.join("\n")}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  const messages = (): Message[] => stdout.map((line) => JSON.parse(line) as Message);
  const send = (message: unknown): void => {
    child.stdin.write(`${typeof message === "string" ? message : JSON.stringify(message)}\n`);
  };
  const post = (method: string, params?: object): number => {
    id += 1;
    send({ jsonrpc: "2.0", id, method, ...(params && { params }) });
    return id;
  };
  const answerTo = async (wanted: unknown): Promise<Message> =>
    until(() => messages().find((message) => message.id === wanted));

  return {
    child,
    stdout,
    stderr,
    exited,
    send,
    post,
    answerTo,
    messages,
    until,
    logged: async (text: string) => until(() => stderr.find((line) => line.includes(text))),
    request: async (method: string, params?: object) => answerTo(post(method, params)),
    call: async (name: string, args: object = {}) => answerTo(post("tools/call", { name, arguments: args })),
    initialize: async () => {
      const answer = await answerTo(post("initialize", hello));
      send({ jsonrpc: "2.0", method: "notifications/initialized" });
      return answer;
    },
  };
}
