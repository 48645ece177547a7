/** One build of the server, started: messages over its pipes, and the questions that are our own. */
import type { StdioOptions } from "node:child_process";
import { readLines } from "./protocol/lines.js";
import {
  isFailure,
  memberOf,
  methodNotFound,
  readParcel,
  type Answer,
  type Json,
  type Parcel,
} from "./protocol/message.js";
import { runProcess } from "./process.js";

export interface Child {
  send(text: string): void;
  /** Of what it sends, what answers no question of ours. */
  listen(onParcel: (parcel: Parcel) => void): void;
  /** Resolves with its answer; undefined when it ends instead. */
  ask(method: string, params?: Json): Promise<Answer | undefined>;
  /** No input comes any more, which is what ends a server. */
  end(): Promise<void>;
  kill(): void;
  /** How it has ended, in words. */
  readonly ended: Promise<string>;
}

export interface Started {
  /** The output folder, where `npm start` would run it. */
  readonly folder: string;
  /** Of the bundle, absolute. */
  readonly entry: string;
  /** Ends it at once. */
  readonly givenUp?: AbortSignal;
}

/** `onLog`: for what it writes to its stderr, which is ours without it. */
export function startChild({ folder, entry, givenUp }: Started, onLog?: (text: string) => void): Child {
  const stdio: StdioOptions = ["pipe", "pipe", onLog ? "pipe" : 2];
  const run = runProcess({ args: ["--enable-source-maps", entry], folder, stdio, ...(givenUp && { givenUp }) });
  const { stdin, stdout, stderr } = run.child;
  stderr?.on("data", (chunk: Buffer) => onLog?.(chunk.toString("utf8")));
  const asked = new Map<string, (answer: Answer | undefined) => void>();
  let pass: (parcel: Parcel) => void = () => undefined;
  if (stdout)
    readLines(stdout, (line) => {
      const parcel = readParcel(line);
      const [first] = parcel.messages;
      const settle = first?.kind === "answer" ? asked.get(String(first.id)) : undefined;
      if (settle && first?.kind === "answer") settle(first);
      else pass(parcel);
    });
  void run.ended.then(() => {
    for (const settle of asked.values()) settle(undefined);
  });
  const send = (text: string): void => void stdin?.write(`${text}\n`);
  return {
    send,
    listen: (onParcel) => {
      pass = onParcel;
    },
    ask: (method, params) =>
      new Promise((resolve) => {
        const id = `mcpgen-dev-${String(++questions)}`;
        asked.set(id, (answer) => {
          asked.delete(id);
          resolve(answer);
        });
        send(JSON.stringify({ jsonrpc: "2.0", id, method, ...(params && { params }) }));
      }),
    end: async () => run.end(() => stdin?.end()),
    kill: () => {
      run.kill();
    },
    ended: run.ended,
  };
}

let questions = 0;

/**
 * A method that no server has is answered when its tools are loaded and all that they need is made, or with the reason
 * why that failed. Undefined: it serves.
 */
export async function findFailure(child: Child): Promise<string | undefined> {
  const answer = await child.ask("mcpgen/ready");
  if (!answer) return `it has ended (${await child.ended})`;
  const { code, message } = memberOf(answer.json, "error");
  const isReady = !isFailure(answer) || code === methodNotFound;
  return isReady ? undefined : String(message).replace(/^The server did not start: /, "");
}

export type Probe =
  | {
      readonly kind: "served";
      /** Revisions of the protocol, as it lists them. */
      readonly revisions: readonly string[];
      readonly tools: number;
    }
  | { readonly kind: "failed"; readonly reason: string };

/** `onLog`: what it writes to its stderr. */
export async function probeServer(started: Started, onLog: (text: string) => void): Promise<Probe> {
  const child = startChild(started, onLog);
  try {
    return await ask(child);
  } finally {
    await child.end();
  }
}

async function ask(child: Child): Promise<Probe> {
  const failure = await findFailure(child);
  if (failure !== undefined) return { kind: "failed", reason: failure };
  const { supportedVersions } = resultOf(await child.ask("server/discover", { _meta: envelope }));
  const { tools } = resultOf(await child.ask("tools/list", { _meta: envelope }));
  const revisions = Array.isArray(supportedVersions) ? supportedVersions.filter(isText) : [];
  return { kind: "served", revisions, tools: Array.isArray(tools) ? tools.length : 0 };
}

/** Revision 2026-07-28, "Per-request protocol fields". */
const envelope = {
  "io.modelcontextprotocol/protocolVersion": "2026-07-28",
  "io.modelcontextprotocol/clientCapabilities": {},
  "io.modelcontextprotocol/clientInfo": { name: "mcpgen", version: "0" },
};

function resultOf(answer: Answer | undefined): Readonly<Record<string, unknown>> {
  return answer ? memberOf(answer.json, "result") : {};
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}
