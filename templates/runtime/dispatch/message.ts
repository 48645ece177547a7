// One line of text → a JSON-RPC message, or the error response that it deserves. No SDK, no schema library: the
// shape of the envelope is small enough to check by hand.
import { errorCodes } from "./reply.js";

export type ReadMessage =
  | { readonly kind: "message"; readonly message: object }
  | Refused
  /** An empty line. */
  | { readonly kind: "nothing" };

export interface Refused {
  readonly kind: "refused";
  readonly response: ErrorResponse;
}

export interface ErrorResponse {
  readonly jsonrpc: "2.0";
  /** Null when the request's own id could not be read. */
  readonly id: string | number | null;
  readonly error: { readonly code: number; readonly message: string };
}

/** `undefined` is a line that was too long to be kept. */
export function readMessage(line: string | undefined): ReadMessage {
  if (line === undefined) return refuse(null, errorCodes.invalidRequest, "Invalid request: the message is too long");
  if (line.trim() === "") return { kind: "nothing" };
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return refuse(null, errorCodes.parseError, "Parse error: the message is not JSON");
  }
  return checkMessage(value);
}

export function checkMessage(value: unknown): ReadMessage {
  if (!isObject(value)) return refuse(null, errorCodes.invalidRequest, "Invalid request: a message is one JSON object");
  const problem = findProblem(value);
  if (problem === undefined) return { kind: "message", message: envelope(value) };
  // A broken notification or response has no request to answer; a broken request has an id.
  const id = isId(value["id"]) ? value["id"] : null;
  return refuse(id, errorCodes.invalidRequest, `Invalid request: ${problem}`);
}

function findProblem(message: Readonly<Record<string, unknown>>): string | undefined {
  if (message["jsonrpc"] !== "2.0") return '`jsonrpc` must be "2.0"';
  const isResponse = "result" in message || "error" in message;
  if (isResponse) return isId(message["id"]) || "error" in message ? undefined : "`id` must be a string or an integer";
  if (typeof message["method"] !== "string") return "`method` is missing";
  if ("id" in message && !isId(message["id"])) return "`id` must be a string or an integer";
  return message["params"] === undefined ? undefined : findParamsProblem(message["params"]);
}

function findParamsProblem(params: unknown): string | undefined {
  if (!isObject(params)) return "`params` must be an object";
  const meta = params["_meta"];
  if (meta === undefined) return undefined;
  if (!isObject(meta)) return "`_meta` must be an object";
  const token = meta["progressToken"];
  return token === undefined || isId(token) ? undefined : "`progressToken` must be a string or an integer";
}

/** What the protocol knows of: a member that it does not know is ignored, as in all of JSON-RPC. */
function envelope({ jsonrpc, id, method, params, ...rest }: Readonly<Record<string, unknown>>): object {
  if (method === undefined) return { jsonrpc, id, ...rest };
  return { jsonrpc, ...(id !== undefined && { id }), method, ...(params !== undefined && { params }) };
}

export function refuse(id: ErrorResponse["id"], code: number, message: string): Refused {
  return { kind: "refused", response: { jsonrpc: "2.0", id, error: { code, message } } };
}

function isId(value: unknown): value is string | number {
  return typeof value === "string" || Number.isSafeInteger(value);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
