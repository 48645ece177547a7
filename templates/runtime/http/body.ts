// A request's body → its text. Never more than the limit is kept in memory.
import type { IncomingMessage } from "node:http";
import { refusedCode, type HttpError } from "./respond.js";

const maxBodyBytes = 4_000_000;
const maxDroppedBytes = 64_000_000;

/** Calls back once: with the text, with the error that the request deserves, or never where the client is gone. */
export function readBody(
  request: IncomingMessage,
  done: (text: string) => void,
  refuse: (error: HttpError) => void,
): void {
  if (!isJson(request.headers["content-type"])) {
    refuse(notJson);
    return;
  }
  let chunks: Buffer[] = [];
  let size = 0;
  request.on("data", (chunk: Buffer) => {
    const wasWithin = size <= maxBodyBytes;
    size += chunk.length;
    if (size <= maxBodyBytes) {
      chunks.push(chunk);
      return;
    }
    chunks = [];
    // What is too much is read on and dropped for a while: a client that is still sending would see a broken connection.
    if (wasWithin) refuse(tooLarge);
    if (size > maxDroppedBytes) request.destroy();
  });
  request.once("end", () => {
    if (size <= maxBodyBytes)
      done((chunks.length === 1 ? (chunks[0] ?? noBytes) : Buffer.concat(chunks)).toString("utf8"));
  });
  // The client is gone: whatever is answered, nobody reads it.
  request.once("error", () => undefined);
}

const noBytes = Buffer.alloc(0);

function isJson(type: string | undefined): boolean {
  return type === "application/json" || type?.split(";")[0]?.trim().toLowerCase() === "application/json";
}

const notJson: HttpError = { status: 415, code: refusedCode, message: "Content-Type must be application/json" };

const tooLarge: HttpError = {
  status: 413,
  code: refusedCode,
  message: `The body is larger than ${String(maxBodyBytes)} bytes`,
};
