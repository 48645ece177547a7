/** Chunks of bytes → lines of text, one message each; a character may be cut by the end of a chunk. */
import type { Readable } from "node:stream";

export function readLines(stream: Readable, onLine: (line: string) => void): void {
  let rest: Buffer[] = [];
  stream.on("data", (chunk: Buffer) => {
    let start = 0;
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
      const line = Buffer.concat([...rest, chunk.subarray(start, end)]).toString("utf8");
      rest = [];
      start = end + 1;
      if (line.trim() !== "") onLine(line);
    }
    if (start < chunk.length) rest.push(chunk.subarray(start));
  });
}

const newline = 0x0a;
