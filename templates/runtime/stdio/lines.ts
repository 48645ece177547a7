// Chunks of bytes ↔ lines of text, one JSON-RPC message each, as MCP frames them over stdio.
import type { Readable } from "node:stream";

/** A line longer than this is refused, so that no client can fill the memory with one. */
const maxLineBytes = 16_000_000;
const newline = 0x0a;

/** Cuts chunks into lines; undefined stands for one that was too long to keep. */
export function createLineReader(): (chunk: Buffer, line: (text: string | undefined) => void) => void {
  let parts: Buffer[] = [];
  let size = 0;

  const take = (last: Buffer): string | undefined => {
    if (size === 0 && last.length <= maxLineBytes) return last.toString("utf8");
    const length = size + last.length;
    const text = length > maxLineBytes ? undefined : Buffer.concat([...parts, last], length).toString("utf8");
    parts = [];
    size = 0;
    return text;
  };
  return (chunk, line) => {
    let start = 0;
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
      line(take(chunk.subarray(start, end)));
      start = end + 1;
    }
    if (start === chunk.length) return;
    const rest = chunk.subarray(start);
    size += rest.length;
    if (size > maxLineBytes) parts = [];
    else parts.push(rest);
  };
}

export interface LineWriter {
  /** Leaves the process with all lines of the same turn of the event loop, in one write. */
  write(line: string): void;
  /** Now, for those who know that the turn is over. */
  flush(): void;
}

export interface LineOutput {
  /** False where it has to wait: `onDrain` says for how long. */
  write(text: string): boolean;
  onDrain(continues: () => void): void;
}

/** Where the reader of our output is slow we read no further input: nothing piles up on either side. */
export function createLineWriter(output: LineOutput, input: Pick<Readable, "pause" | "resume">): LineWriter {
  let unsent = "";
  let scheduled = false;
  const flush = (): void => {
    scheduled = false;
    if (unsent === "") return;
    const text = unsent;
    unsent = "";
    if (output.write(text)) return;
    input.pause();
    output.onDrain(() => input.resume());
  };
  return {
    flush,
    write(line) {
      unsent += line;
      unsent += "\n";
      if (scheduled) return;
      scheduled = true;
      setImmediate(flush);
    },
  };
}
