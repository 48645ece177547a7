// MCP over stdin and stdout: one JSON-RPC message a line. Unlike the SDK's own transport, it answers what is no
// message (-32700, -32600) instead of staying silent.
import type { Readable } from "node:stream";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import { readMessage } from "../dispatch/message.js";
import { toIncoming } from "./incoming.js";

/** A line longer than this is refused, so that no client can fill the memory with one. */
const maxLineBytes = 16_000_000;
const newline = 0x0a;

export interface LineStreams {
  readonly input: Readable;
  /** Calls `written` when the line has left the process. */
  readonly write: (line: string, written: () => void) => void;
}

export function createLineTransport({ input, write }: LineStreams): Transport {
  const lines = createLineReader();
  const send = async (message: object): Promise<void> =>
    new Promise((resolve) => write(`${JSON.stringify(message)}\n`, resolve));

  const receive = (line: string | undefined): void => {
    const read = toIncoming(readMessage(line));
    if (read.kind === "message") transport.onmessage?.(read.message);
    else if (read.kind === "refused") void send(read.response);
  };
  const onData = (chunk: Buffer): void => {
    for (const line of lines(chunk)) receive(line);
  };
  const onError = (error: Error): void => transport.onerror?.(error);

  const transport: Transport = {
    start() {
      input.on("data", onData);
      input.on("error", onError);
      return Promise.resolve();
    },
    send,
    close() {
      input.off("data", onData);
      input.off("error", onError);
      input.pause();
      transport.onclose?.();
      return Promise.resolve();
    },
  };
  return transport;
}

/** Cuts chunks into lines; undefined stands for one that was too long to keep. */
function createLineReader(): (chunk: Buffer) => readonly (string | undefined)[] {
  let parts: Buffer[] = [];
  let size = 0;

  const take = (last: Buffer): string | undefined => {
    const length = size + last.length;
    const line = length > maxLineBytes ? undefined : Buffer.concat([...parts, last], length).toString("utf8");
    parts = [];
    size = 0;
    return line;
  };
  return (chunk) => {
    const complete: (string | undefined)[] = [];
    let start = 0;
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
      complete.push(take(chunk.subarray(start, end)));
      start = end + 1;
    }
    const rest = chunk.subarray(start);
    size += rest.length;
    if (size > maxLineBytes) parts = [];
    else if (rest.length > 0) parts.push(rest);
    return complete;
  };
}
