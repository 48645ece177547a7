/** Server-sent events, as MCP sends messages over HTTP: their data, as it arrives, and one as text. */
import type { Readable } from "node:stream";

/** Resolves when the stream has ended, however it has. */
export async function readEvents(stream: Readable, onData: (data: string) => void): Promise<void> {
  let rest = "";
  stream.setEncoding("utf8");
  stream.on("data", (chunk: string) => {
    const events = (rest + chunk).split(/\r?\n\r?\n/);
    rest = events.pop() ?? "";
    for (const event of events) {
      const lines = event.split(/\r?\n/).filter((line) => line.startsWith("data:"));
      if (lines.length > 0) onData(lines.map((line) => line.replace(/^data: ?/, "")).join("\n"));
    }
  });
  await untilClosed(stream);
}

export async function readText(stream: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  stream.on("data", (chunk: Buffer) => chunks.push(chunk));
  await untilClosed(stream);
  return Buffer.concat(chunks).toString("utf8");
}

/** No more of it than that many bytes; what comes beyond is dropped for a while, and then the stream is. */
export async function readAtMost(stream: Readable, bytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  stream.on("data", (chunk: Buffer) => {
    if (size < bytes) chunks.push(chunk.subarray(0, bytes - size));
    size += chunk.length;
    if (size > mostDropped) stream.destroy();
  });
  await untilClosed(stream);
  return Buffer.concat(chunks).toString("utf8");
}

/** As templates/runtime/http/body.ts. */
const mostDropped = 64_000_000;

async function untilClosed(stream: Readable): Promise<void> {
  stream.on("error", () => undefined);
  await new Promise<void>((resolve) => {
    if (stream.closed) resolve();
    else stream.once("close", resolve);
  });
}

export function eventOf(text: string): string {
  return `event: message\ndata: ${text}\n\n`;
}
