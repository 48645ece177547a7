// One JSON value → a JSON-RPC message, or the error response that it deserves. No SDK, no schema library: the shape
// of the envelope is small enough to check by hand.
import type { JsonObject } from "../call/tool-call.js";
import { errorCodes, renderError, type RequestId } from "./reply.js";

export type ReadMessage =
  | Request
  | { readonly kind: "notification"; readonly method: string; readonly params: JsonObject | undefined }
  /** The answer to a question that nobody here has asked. */
  | { readonly kind: "response" }
  | { readonly kind: "batch"; readonly items: readonly unknown[] }
  | { readonly kind: "refused"; readonly response: string }
  /** An empty line. */
  | { readonly kind: "nothing" };

export interface Request {
  readonly kind: "request";
  readonly id: RequestId;
  readonly method: string;
  readonly params: JsonObject | undefined;
}

const byteOrderMark = "\uFEFF";

/** `undefined` is a text that was too long to be kept. */
export function readMessage(text: string | undefined): ReadMessage {
  if (text === undefined) return refuse(null, errorCodes.invalidRequest, "Invalid request: the message is too long");
  const json = text.startsWith(byteOrderMark) ? text.slice(1) : text;
  if (json.trim() === "") return { kind: "nothing" };
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return refuse(null, errorCodes.parseError, "Parse error: the message is not JSON");
  }
  return Array.isArray(value) && value.length > 0 ? { kind: "batch", items: value } : checkMessage(value);
}

/** The only revision that has batches. */
const batchVersion = "2025-03-26";

/** A batch is a message only for clients that have agreed on the revision which has them. */
export function inVersion(read: ReadMessage, version: string | undefined): ReadMessage {
  return read.kind === "batch" && version !== batchVersion ? checkMessage(read.items) : read;
}

/** A member that the protocol does not know is ignored, as in all of JSON-RPC. */
export function checkMessage(value: unknown): Exclude<ReadMessage, { readonly kind: "batch" | "nothing" }> {
  if (!isObject(value)) return refuse(null, errorCodes.invalidRequest, "Invalid request: a message is one JSON object");
  const { id, method, jsonrpc } = value;
  // Clients that write all members send null for those that are absent.
  const params = value["params"] ?? undefined;
  const problem = jsonrpc === "2.0" ? findProblem(value, params) : '`jsonrpc` must be "2.0"';
  // A broken notification or response has no request to answer; a broken request has an id.
  if (problem !== undefined)
    return refuse(isId(id) ? id : null, errorCodes.invalidRequest, `Invalid request: ${problem}`);
  if (typeof method !== "string") return { kind: "response" };
  const given = params as JsonObject | undefined;
  return isId(id) ? { kind: "request", id, method, params: given } : { kind: "notification", method, params: given };
}

function findProblem(message: JsonObject, params: unknown): string | undefined {
  if ("result" in message || "error" in message)
    return isId(message["id"]) || "error" in message ? undefined : "`id` must be a string or an integer";
  if (typeof message["method"] !== "string") return "`method` is missing";
  if ("id" in message && !isId(message["id"])) return "`id` must be a string or an integer";
  return params === undefined ? undefined : findParamsProblem(params);
}

function findParamsProblem(params: unknown): string | undefined {
  if (!isObject(params)) return "`params` must be an object";
  const meta = params["_meta"] ?? undefined;
  if (meta === undefined) return undefined;
  if (!isObject(meta)) return "`_meta` must be an object";
  const token = meta["progressToken"] ?? undefined;
  return token === undefined || isId(token) ? undefined : "`progressToken` must be a string or an integer";
}

function refuse(id: RequestId | null, code: number, message: string): Extract<ReadMessage, { kind: "refused" }> {
  return { kind: "refused", response: renderError(id, code, message) };
}

function isId(value: unknown): value is RequestId {
  return typeof value === "string" || Number.isSafeInteger(value);
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
