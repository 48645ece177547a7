// A request's body → one parsed JSON value, or the error that the request deserves. Never more than the limit is
// kept in memory.
import type { IncomingMessage } from "node:http";
import { errorCodes } from "../dispatch/reply.js";
import { refusedCode, type HttpError } from "./respond.js";

const maxBodyBytes = 4_000_000;
const maxDroppedBytes = 64_000_000;

export type Body =
  { readonly kind: "body"; readonly value: unknown } | { readonly kind: "refused"; readonly error: HttpError };

export async function readBody(request: IncomingMessage): Promise<Body> {
  const type = (request.headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json")
    return refuse({ status: 415, code: refusedCode, message: "Content-Type must be application/json" });
  const bytes = await readBytes(request);
  if (bytes === undefined)
    return refuse({ status: 413, code: refusedCode, message: `The body is larger than ${maxBodyBytes} bytes` });
  try {
    return { kind: "body", value: JSON.parse(bytes.toString("utf8")) };
  } catch {
    return refuse({ status: 400, code: errorCodes.parseError, message: "Parse error: the body is not JSON" });
  }
}

/**
 * Undefined when there are more than allowed. What is too much is read on and dropped for a while: a client that
 * is still sending would see a broken connection instead of the answer.
 */
async function readBytes(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  return new Promise((resolve) => {
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBodyBytes) {
        chunks.push(chunk);
        return;
      }
      chunks.length = 0;
      resolve(undefined);
      if (size > maxDroppedBytes) request.destroy();
    });
    request.once("end", () => resolve(Buffer.concat(chunks)));
    // The client is gone: whatever is answered, nobody reads it.
    request.once("error", () => resolve(undefined));
  });
}

function refuse(error: HttpError): Body {
  return { kind: "refused", error };
}
