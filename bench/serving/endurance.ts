/**
 * What a server over HTTP keeps of its clients: rounds of 1,000 sessions that are opened and left, and of 2,000
 * connections whose requests arrive a byte now and then. Its memory after each round is what is of interest: it has to
 * stop growing. Between the rounds it answers as ever.
 */
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { Agent } from "node:http";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { generateServer } from "./contenders.js";
import { memory, processorTime, startHttp, type HttpServer } from "./server-process.js";
import { initialize, questionsOf } from "./workload.js";

export interface EnduranceFigures {
  readonly ready: number;
  /** Resident memory in MiB after each round. */
  readonly sessions: readonly number[];
  /** While the connections are open, and after they have ended. */
  readonly connections: readonly { readonly open: number; readonly ended: number }[];
  /** Seconds of processor time in all. */
  readonly cpuSeconds: number;
}

const sessionsPerRound = 1_000;
const connectionsPerRound = 2_000;

export async function measureEndurance(given: {
  readonly root: string;
  readonly work: string;
  readonly rounds: number;
}): Promise<EnduranceFigures> {
  // The collector comes only now and then: what is kept for ever shows over many rounds.
  const rounds = Math.max(given.rounds, 12);
  const folder = join(given.work, "endurance");
  const read = (name: string) => readFileSync(join(given.root, "bench/sample/shop", name), "utf8");
  generateServer(given.root, folder, {
    "src/types.ts": read("types.ts"),
    "src/functions.ts": read("functions.ts"),
    "mcpgen.json": JSON.stringify({ sessions: true }),
  });
  const server = await startHttp([join(folder, "server/dist/server.js"), "--http"], 8);
  try {
    await askAll(server);
    const ready = memory(server.pid, "VmRSS");
    const sessions: number[] = [];
    for (let round = 0; round < rounds; round += 1) sessions.push(await openSessions(server));
    const connections: { open: number; ended: number }[] = [];
    for (let round = 0; round < rounds; round += 1) connections.push(await openConnections(server));
    return { ready, sessions, connections, cpuSeconds: processorTime(server.pid) / 1000 };
  } finally {
    await server.close();
  }
}

export function showEndurance({ ready, sessions, connections, cpuSeconds }: EnduranceFigures): string {
  const list = (values: readonly number[]) => values.map((value) => value.toFixed(0)).join(", ");
  return [
    "a generated server over HTTP with sessions, resident memory in MiB",
    `  ready: ${ready.toFixed(0)}`,
    `  after each ${String(sessionsPerRound)} sessions more: ${list(sessions)}`,
    `  with ${String(connectionsPerRound)} slow connections open: ${list(connections.map(({ open }) => open))}`,
    `  after they have ended: ${list(connections.map(({ ended }) => ended))}`,
    `  processor time in all: ${cpuSeconds.toFixed(1)} s`,
  ].join("\n");
}

/** Every operation once, over the session that the client has had from its start. */
async function askAll(server: HttpServer): Promise<void> {
  for (const operation of ["list", "add", "search", "order", "lookup"] as const)
    for (const question of questionsOf(operation, 4)) await server.ask(question);
}

async function openSessions(server: HttpServer): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  await Promise.all(Array.from({ length: sessionsPerRound }, () => server.askAlone(initialize, agent)));
  agent.destroy();
  return settledMemory(server);
}

/** Each sends its request in pieces of one byte, and waits for the answer. */
async function openConnections(server: HttpServer): Promise<{ readonly open: number; readonly ended: number }> {
  const sockets: Socket[] = [];
  for (let count = 0; count < connectionsPerRound; count += 1) {
    const socket = connect(server.port, "127.0.0.1");
    await once(socket, "connect");
    sockets.push(socket);
  }
  const body = `{"jsonrpc":"2.0","id":1,"method":"ping"}`;
  const head = `POST /mcp HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\naccept: application/json, text/event-stream\r\ncontent-length: ${String(body.length)}\r\n\r\n`;
  for (const socket of sockets) socket.write(head);
  const answers = sockets.map((socket) => once(socket, "data"));
  // The rest of the server's clients are answered meanwhile.
  for (const byte of body) {
    for (const socket of sockets) socket.write(byte);
    await server.ask(initialize);
    await sleep(5);
  }
  const open = memory(server.pid, "VmRSS");
  const texts = (await Promise.all(answers)).map(String);
  const unanswered = texts.filter((text) => !text.startsWith("HTTP/1.1 "));
  if (unanswered.length > 0) throw new Error(`${String(unanswered.length)} slow connections had no answer`);
  for (const socket of sockets) socket.destroy();
  return { open, ended: await settledMemory(server) };
}

async function settledMemory(server: HttpServer): Promise<number> {
  await sleep(500);
  await server.ask(initialize);
  return memory(server.pid, "VmRSS");
}
