/** Servers as generated projects run them, each a process of its own, whose tools read and write files that they share. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { onTestFinished } from "vitest";
import { bundleSample, startServer, type Message } from "../support/subprocess.js";

const main = `
  import "./templates/runtime/lifecycle/stdout.js";
  import { main } from "./templates/runtime/entry/main.js";
  import { server } from "./test/runtime/cache/file-tools.js";
  await main({ ...server, load: () => Promise.resolve(server), sessions: () => import("./templates/runtime/http/sessions.js") });`;

export interface ServerProcess {
  call(tool: string, args: object): Promise<Answer>;
  stop(): Promise<void>;
}

export interface Answer {
  readonly text: string;
  readonly isError: boolean;
  /** In milliseconds, as the client sees it. */
  readonly took: number;
}

export interface Files {
  /** How often something was computed. */
  computations(): number;
  /** Two, sharing the folder and the Redis. */
  startTwo(redis: string): Promise<readonly [ServerProcess, ServerProcess]>;
}

export function createFiles(): Files {
  const folder = mkdtempSync(join(tmpdir(), "mcpgen-cache-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return {
    computations: () => readFileSync(join(folder, "log"), { encoding: "utf8", flag: "a+" }).length,
    async startTwo(redis) {
      const file = await bundleSample("cache", main);
      const env = { REDIS_URL: redis, FOLDER: folder, LOG_LEVEL: "silent" };
      return [await startOne(file, env), await startOne(file, env)];
    },
  };
}

async function startOne(file: string, env: Record<string, string>): Promise<ServerProcess> {
  const server = startServer(file, { env });
  await server.initialize();
  const waiting = new Map<unknown, (message: Message) => void>();
  createInterface({ input: server.child.stdout }).on("line", (line) => {
    const message = JSON.parse(line) as Message;
    waiting.get(message.id)?.(message);
    waiting.delete(message.id);
  });
  const stop = async (): Promise<void> => {
    server.child.stdin.end();
    await server.exited;
  };
  onTestFinished(stop);
  return {
    async call(name, args) {
      const started = performance.now();
      const id = server.post("tools/call", { name, arguments: args });
      const { result } = await new Promise<Message>((resolve) => waiting.set(id, resolve));
      const text = result.content.map((piece) => piece.text).join();
      return { text, isError: result.isError === true, took: performance.now() - started };
    },
    stop,
  };
}
