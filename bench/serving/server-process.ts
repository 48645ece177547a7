/** A server as a process, and a client of it over stdio or HTTP that checks each answer. */
import { spawn, type ChildProcess } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { createServer, type AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { initialize, type Question, type Result } from "./workload.js";

export interface Server {
  readonly pid: number;
  /** Of `performance.now()`, just before the process was started. */
  readonly startedAt: number;
  /** Throws when the answer is not the right one. */
  readonly ask: (question: Question) => Promise<void>;
  readonly close: () => Promise<void>;
}

interface Answer {
  readonly id: number;
  readonly result?: Result;
}

export function startStdio(command: readonly string[]): Server {
  const startedAt = performance.now();
  const child = start(command);
  const waiting = new Map<number, (answer: string | Error) => void>();
  child.once("exit", (code) => {
    for (const resolve of waiting.values()) resolve(new Error(`${command.join(" ")} exited ${String(code)}`));
  });
  let rest = "";
  child.stdout?.setEncoding("utf8");
  child.stdout?.on("data", (chunk: string) => {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      const { id } = JSON.parse(line) as Answer;
      waiting.get(id)?.(line);
      waiting.delete(id);
    }
  });
  let last = 0;
  const ask = async (question: Question) => {
    const id = (last += 1);
    child.stdin?.write(`${messageOf(id, question)}\n`);
    const answer = await new Promise<string | Error>((resolve) => waiting.set(id, resolve));
    if (answer instanceof Error) throw answer;
    check(id, question, answer);
  };
  return { pid: pidOf(child), startedAt, ask, close: () => end(child) };
}

export interface HttpServer extends Server {
  readonly port: number;
  /** Over other connections than the client's own, and in none of its sessions. */
  readonly askAlone: (question: Question, agent: Agent) => Promise<void>;
}

/** Resolves when the server has answered `initialize`. */
export async function startHttp(command: readonly string[], sockets: number): Promise<HttpServer> {
  const port = await freePort();
  const startedAt = performance.now();
  const child = start([...command, String(port)]);
  const agent = new Agent({ keepAlive: true, maxSockets: sockets });
  let session: string | undefined;
  let last = 0;
  const ask = async (question: Question) => {
    const id = (last += 1);
    const { text, session: given } = await post({ agent, port, session }, messageOf(id, question));
    session ??= given;
    check(id, question, text);
  };
  const askAlone = async (question: Question, other: Agent) => {
    const id = (last += 1);
    const { text } = await post({ agent: other, port, session: undefined }, messageOf(id, question));
    check(id, question, text);
  };
  const close = () => {
    agent.destroy();
    return end(child);
  };
  await untilAnswered(() => ask(initialize), child);
  return { pid: pidOf(child), startedAt, port, ask, askAlone, close };
}

async function untilAnswered(ask: () => Promise<void>, child: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 500 && child.exitCode === null; attempt += 1) {
    const isAnswered = await ask().then(
      () => true,
      () => false,
    );
    if (isAnswered) return;
    await sleep(20);
  }
  await ask();
}

interface Connection {
  readonly agent: Agent;
  readonly port: number;
  readonly session: string | undefined;
}

function post(
  { agent, port, session }: Connection,
  body: string,
): Promise<{ readonly text: string; readonly session: string | undefined }> {
  return new Promise((resolve, reject) => {
    const headers = {
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
      "content-length": Buffer.byteLength(body),
      ...(session !== undefined && { "mcp-session-id": session, "mcp-protocol-version": "2025-06-18" }),
    };
    const sent = request({ agent, port, host: "127.0.0.1", path: "/mcp", method: "POST", headers }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => (text += chunk));
      response.on("end", () => resolve({ text, session: response.headers["mcp-session-id"]?.toString() }));
      response.on("error", reject);
    });
    // A server may close a connection that was idle just as it is used again: such a request has not been read.
    sent.on("error", (error) => {
      if (sent.reusedSocket && "code" in error && error.code === "ECONNRESET")
        resolve(post({ agent, port, session }, body));
      else reject(error);
    });
    sent.end(body);
  });
}

function messageOf(id: number, { method, params }: Question): string {
  return JSON.stringify({ jsonrpc: "2.0", id, method, params });
}

function check(id: number, { method, isRight }: Question, text: string): void {
  const answer = JSON.parse(text) as Answer;
  if (answer.id !== id || answer.result === undefined || !isRight(answer.result))
    throw new Error(`wrong answer to ${method}: ${text.slice(0, 300)}`);
}

function start([program = "", ...given]: readonly string[]): ChildProcess {
  return spawn(process.execPath, [program, ...given], {
    stdio: ["pipe", "pipe", "ignore"],
    env: { ...process.env, NODE_ENV: "production" },
  });
}

function pidOf({ pid }: ChildProcess): number {
  if (pid === undefined) throw new Error("the server did not start");
  return pid;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await ended;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Milliseconds of processor time of all threads, garbage collection included. Linux tells them of another process. */
export function processorTime(pid: number): number {
  const threads = readdirSync(`/proc/${String(pid)}/task`);
  const spent = threads.map((thread) => readFileSync(`/proc/${String(pid)}/task/${thread}/schedstat`, "utf8"));
  return spent.reduce((sum, text) => sum + Number(text.split(" ")[0]), 0) / 1e6;
}

/** `VmHWM`, the most there was, or `VmRSS`, what there is now, in MiB. */
export function memory(pid: number, which: "VmHWM" | "VmRSS"): number {
  const status = readFileSync(`/proc/${String(pid)}/status`, "utf8");
  return Number(new RegExp(`${which}:\\s+(\\d+)`).exec(status)?.[1]) / 1024;
}
