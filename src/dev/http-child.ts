/** One build of the server, started over HTTP on a port of its own that no client knows. */
import { request as callHttp, type IncomingHttpHeaders, type IncomingMessage } from "node:http";
import { createServer, type AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { Started } from "./child.js";
import { readEnvironment } from "./environment.js";
import { readText } from "./protocol/events.js";
import { readLines } from "./protocol/lines.js";
import { runProcess } from "./process.js";

export interface HttpCall {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body?: string | undefined;
  readonly signal?: AbortSignal;
}

export interface HttpChild {
  /** Rejects where it is gone before it answers. */
  call(call: HttpCall): Promise<IncomingMessage>;
  /** Undefined: its tools are loaded and all that they need is made. */
  findFailure(): Promise<string | undefined>;
  end(): Promise<void>;
  readonly ended: Promise<string>;
}

export interface Around {
  /** The name under which clients know us, which the server has to admit. */
  readonly host: string;
  /** Of what it writes, which goes to stderr. */
  readonly onLine: (line: string) => void;
}

export async function startHttpChild(
  { folder, entry, givenUp }: Started,
  { host, onLine }: Around,
): Promise<HttpChild> {
  const port = await freePort();
  const hosts = [readEnvironment(folder)["MCP_ALLOWED_HOSTS"] ?? "", isOpen(host) ? "" : host].filter(
    (name) => name !== "",
  );
  const run = runProcess({
    args: ["--enable-source-maps", entry, "--http", String(port)],
    folder,
    stdio: ["ignore", "pipe", "pipe"],
    ...(givenUp && { givenUp }),
    env: { HOST: address, MCP_ALLOWED_HOSTS: hosts.join(","), ...coloursOf(process.stderr) },
  });
  const { child, ended } = run;
  for (const stream of [child.stdout, child.stderr]) {
    stream?.pipe(process.stderr, { end: false });
    if (stream) readLines(stream, onLine);
  }
  const call = async (asked: HttpCall): Promise<IncomingMessage> => send(port, asked);
  let how: string | undefined;
  void ended.then((said) => {
    how = said;
  });
  return {
    call,
    ended,
    findFailure: async () => {
      while (how === undefined) {
        const answer = await call({ method: "GET", path: "/health/ready", headers: {} }).catch(() => undefined);
        if (answer) await readText(answer);
        if (answer?.statusCode === 200) return undefined;
        await sleep(askAgainMilliseconds);
      }
      return `it has ended (${how})`;
    },
    end: async () => run.end(() => child.kill("SIGTERM")),
  };
}

const address = "127.0.0.1";

/** It writes to a pipe, whose other end may be a terminal. */
function coloursOf({ isTTY }: NodeJS.WriteStream): Readonly<Record<string, string>> {
  const isChosen = process.env["FORCE_COLOR"] !== undefined || process.env["NO_COLOR"] !== undefined;
  return isTTY && !isChosen ? { FORCE_COLOR: "1" } : {};
}

/** Names that every server admits, and addresses that are none. */
function isOpen(host: string): boolean {
  return ["127.0.0.1", "localhost", "::1", "0.0.0.0", "::"].includes(host);
}

const askAgainMilliseconds = 15;

async function send(port: number, { method, path, headers, body, signal }: HttpCall): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
    const options = { host: address, port, method, path, headers: { ...headers, ...length }, agent: false as const };
    const request = callHttp({ ...options, ...(signal && { signal }) }, resolve);
    request.on("error", reject);
    request.end(body);
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, address, resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
