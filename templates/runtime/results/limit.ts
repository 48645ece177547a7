// Results are read by a model, whose context is small: a text above the limit is refused with a way out, in whatever
// content it comes. Images, audio and blobs are measured by a limit of their own: the clients' for a whole message.
import { errorResult, type CallResult } from "../call/result.js";

const maxTextBytes = 100_000;
const defaultMaxMedia = 5_000_000;

/** `narrowing` are the names of the tool's optional arguments, by which a call can ask for less. */
export function limitResult(result: CallResult, tool: string, narrowing: readonly string[]): CallResult {
  const sum = (sizeOf: (piece: Piece) => number): number =>
    result.content.reduce((total, piece) => total + sizeOf(piece), 0);
  const refuse = (bytes: number, what: string, max: number): CallResult => {
    const size = `${inKilobytes(bytes)} of ${what}`;
    return errorResult(
      `The result of \`${tool}\` is ${size}, more than the ${inKilobytes(max)} a call may return. ${wayOut(narrowing)}`,
    );
  };
  // Clients show the text or the structure: where it is in both, it is read once.
  const text = Math.max(sum(textBytes), structuredBytes(result));
  if (text > maxTextBytes) return refuse(text, "text", maxTextBytes);
  const media = sum(mediaBytes);
  if (media === 0) return result;
  const maxMedia = readMaxMedia(process.env["MCP_MAX_MEDIA_BYTES"] ?? "");
  return media > maxMedia ? refuse(media, "images, audio or blobs, in base64", maxMedia) : result;
}

function wayOut(narrowing: readonly string[]): string {
  if (narrowing.length === 0) return "Ask for less, or for one part at a time.";
  return `Narrow the call with ${narrowing.join(", ")}.`;
}

function inKilobytes(bytes: number): string {
  return `${String(Math.ceil(bytes / 1_000))} kB`;
}

/** Of content, what is measured; the pieces are checked before. */
interface Piece {
  readonly text?: unknown;
  readonly data?: unknown;
  readonly resource?: { readonly text?: unknown; readonly blob?: unknown };
}

function textBytes({ text, resource }: Piece): number {
  return bytesOf(text) + bytesOf(resource?.text);
}

function mediaBytes({ data, resource }: Piece): number {
  return bytesOf(data) + bytesOf(resource?.blob);
}

function bytesOf(text: unknown): number {
  return typeof text === "string" ? Buffer.byteLength(text) : 0;
}

function structuredBytes({ structuredContent }: CallResult): number {
  return structuredContent === undefined ? 0 : bytesOf(JSON.stringify(structuredContent));
}

function readMaxMedia(text: string): number {
  const max = text === "" ? defaultMaxMedia : Number(text);
  if (Number.isInteger(max) && max > 0) return max;
  throw new Error(`MCP_MAX_MEDIA_BYTES is ${JSON.stringify(text)}, not a number of bytes.`);
}
