/** One line of the protocol → what the proxy has to know of it; all else passes as it is. */
export type Id = string | number;
export type Json = Readonly<Record<string, unknown>>;

export interface Request {
  readonly kind: "request";
  readonly id: Id;
  readonly method: string;
  readonly json: Json;
}

export interface Notification {
  readonly kind: "notification";
  readonly method: string;
  readonly json: Json;
}

export interface Answer {
  readonly kind: "answer";
  /** Null for what could not be read. */
  readonly id: Id | null;
  readonly json: Json;
}

export type Message = Request | Notification | Answer;

export interface Parcel {
  readonly text: string;
  /** One, or those of a batch (revision 2025-03-26); none where nothing could be read. */
  readonly messages: readonly Message[];
  readonly isBatch: boolean;
}

export function readParcel(text: string): Parcel {
  const value = parse(text);
  const isBatch = Array.isArray(value);
  const messages = (isBatch ? value : [value]).flatMap((each) => readMessage(each) ?? []);
  return { text, messages, isBatch };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function readMessage(value: unknown): Message | undefined {
  if (!isJson(value)) return undefined;
  const { id, method } = value;
  if (typeof method !== "string") return { kind: "answer", id: isId(id) ? id : null, json: value };
  return isId(id) ? { kind: "request", id, method, json: value } : { kind: "notification", method, json: value };
}

export function isId(value: unknown): value is Id {
  return typeof value === "string" || typeof value === "number";
}

export function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function memberOf(value: Json, key: string): Json {
  const member = value[key];
  return isJson(member) ? member : {};
}

export function isFailure({ json }: Answer): boolean {
  return json["error"] !== undefined && json["error"] !== null;
}

/** JSON-RPC's code for what is no fault of the request's. */
const internalError = -32_603;

/** JSON-RPC's code for a method that a server does not have. */
export const methodNotFound = -32_601;

export function renderError(id: Id, message: string): string {
  return JSON.stringify({ jsonrpc: "2.0", id, error: { code: internalError, message } });
}

export function renderNotification(method: string, params?: Json): string {
  return JSON.stringify({ jsonrpc: "2.0", method, ...(params && { params }) });
}
