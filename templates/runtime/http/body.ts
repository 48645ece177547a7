// A request's body → one parsed JSON value, or the error that the request deserves. Never more than the limit is
// kept in memory.
import type { IncomingMessage } from "node:http";
import { errorCodes } from "../dispatch/reply.js";
import { refusedCode, type HttpError } from "./respond.js";

const maxBodyBytes = 4_000_000;

export type Body =
  | { readonly kind: "body"; readonly value: unknown }
  | { readonly kind: "refused"; readonly error: HttpError };

export async function readBody(request: IncomingMessage): Promise<Body> {
  const type = (request.headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") return refuse({ status: 415, code: refusedCode, message: "Content-Type must be application/json" });
  if (Number(request.headers["content-length"] ?? 0) > maxBodyBytes) return tooLarge();
  const bytes = await readBytes(request);
  if (bytes === undefined) return tooLarge();
  try {
    return { kind: "body", value: JSON.parse(bytes.toString("utf8")) };
  } catch {
    return refuse({ status: 400, code: errorCodes.parseError, message: "Parse error: the body is not JSON" });
  }
}

/** Undefined when there are more than allowed. Reading with `for await` would close the connection on leaving it. */
async function readBytes(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  return new Promise((resolve, reject) => {
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBodyBytes) chunks.push(chunk);
      else resolve(undefined);
    });
    request.once("end", () => resolve(Buffer.concat(chunks)));
    request.once("error", reject);
  });
}

/** The rest of the body is read and dropped until the connection closes; it cannot be used again. */
function tooLarge(): Body {
  const message = `The body is larger than ${String(maxBodyBytes)} bytes`;
  return refuse({ status: 413, code: refusedCode, message, headers: { connection: "close" } });
}

function refuse(error: HttpError): Body {
  return { kind: "refused", error };
}
