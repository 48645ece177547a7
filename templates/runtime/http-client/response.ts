// An answer as functions get it: decoded, bounded in size, its connection given back once it is read or given up.
import { Readable } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate, type Gunzip } from "node:zlib";
import type { HttpResponse } from "../contracts/http.js";
import { answerError, sizeError, type Asked } from "./errors.js";
import type { Answer } from "./send.js";

export interface Reading {
  readonly asked: Asked;
  readonly maxBytes: number;
  readonly signal: AbortSignal;
  /** Called once the answer is read, has failed, or nobody reads on. */
  readonly done: () => void;
}

/** What `accept-encoding` asks for. */
export const encodings = "gzip, deflate, br";

export function readAnswer(answer: Answer, reading: Reading): HttpResponse {
  const body = readBody(answer, reading);
  const text = async (): Promise<string> =>
    Buffer.concat(await collect(body))
      .toString("utf8")
      .replace(/^\uFEFF/, "");
  return {
    status: answer.status,
    headers: decodedHeaders(answer.headers),
    body,
    text,
    json: async <T>() => parse(await text(), answer.status, reading.asked) as T,
  };
}

async function collect(body: AsyncIterable<Uint8Array>): Promise<readonly Uint8Array[]> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return chunks;
}

/** What is announced as too long is refused before it comes, anything else when it gets too long. */
async function* readBody(answer: Answer, { asked, maxBytes, signal, done }: Reading): AsyncGenerator<Uint8Array> {
  try {
    if (announcedBytes(answer, asked) > maxBytes) throw sizeError(asked, maxBytes);
    let size = 0;
    for await (const chunk of decode(answer)) {
      size += chunk.length;
      if (size > maxBytes) throw sizeError(asked, maxBytes);
      yield chunk;
    }
  } catch (error) {
    throw signal.aborted ? signal.reason : readableError(error, asked);
  } finally {
    answer.discard();
    done();
  }
}

/** The answer to HEAD announces a body that does not come. */
function announcedBytes({ headers }: Answer, { method }: Asked): number {
  return method === "HEAD" ? 0 : Number(headers["content-length"] ?? 0);
}

/** zlib's codes, brotli's among them: what was sent is not what its header says. */
function readableError(error: unknown, asked: Asked): unknown {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  const isBroken = typeof code === "string" && /^(?:Z_|ERR__)/.test(code);
  return isBroken ? answerError(asked, "answered with a body that is not encoded as it says") : error;
}

function decode({ headers, body }: Answer): AsyncIterable<Uint8Array> {
  const decoder = decoders.get(encodingOf(headers))?.();
  if (decoder === undefined) return body;
  const source = Readable.from(body, { objectMode: false });
  source.once("error", (error) => decoder.destroy(error));
  decoder.once("close", () => source.destroy());
  return source.pipe(decoder);
}

const decoders: ReadonlyMap<string, () => Gunzip> = new Map<string, () => Gunzip>([
  ["gzip", createGunzip],
  ["x-gzip", createGunzip],
  ["deflate", createInflate],
  ["br", createBrotliDecompress],
]);

function encodingOf(headers: Answer["headers"]): string {
  return headers["content-encoding"]?.trim().toLowerCase() ?? "";
}

/** It tells of the answer as it came, which is not the body that is read. */
function decodedHeaders(headers: Answer["headers"]): Answer["headers"] {
  if (!decoders.has(encodingOf(headers))) return headers;
  const entries = Object.entries(headers).filter(([name]) => name !== "content-encoding" && name !== "content-length");
  return Object.fromEntries(entries);
}

function parse(text: string, status: number, asked: Asked): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw answerError(asked, `answered ${String(status)} with a body that is not JSON`);
  }
}
