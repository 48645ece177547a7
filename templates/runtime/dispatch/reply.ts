// What a method answers, before any transport has seen it, and the text that it becomes.

export type RequestId = string | number;

export type Reply =
  | { readonly kind: "result"; readonly result: object }
  /** A result that is JSON text already. */
  | { readonly kind: "rendered"; readonly json: string }
  | { readonly kind: "error"; readonly code: number; readonly message: string }
  /** The client has withdrawn the request: it gets no answer. */
  | { readonly kind: "cancelled" };

/** JSON-RPC's codes, as far as we use them. */
export const errorCodes = {
  parseError: -32_700,
  invalidRequest: -32_600,
  methodNotFound: -32_601,
  invalidParams: -32_602,
  internalError: -32_603,
} as const;

export function result(value: object): Reply {
  return { kind: "result", result: value };
}

export function protocolError(code: number, message: string): Reply {
  return { kind: "error", code, message };
}

/** Undefined where there is nothing to send. */
export function renderReply(id: RequestId, reply: Reply): string | undefined {
  switch (reply.kind) {
    case "result":
      return `{"jsonrpc":"2.0","id":${renderId(id)},"result":${toJson(reply.result)}}`;
    case "rendered":
      return `{"jsonrpc":"2.0","id":${renderId(id)},"result":${reply.json}}`;
    case "error":
      return renderError(id, reply.code, reply.message);
    case "cancelled":
      return undefined;
  }
}

/** The id is null when the request's own could not be read. */
export function renderError(id: RequestId | null, code: number, message: string): string {
  const idText = id === null ? "null" : renderId(id);
  return `{"jsonrpc":"2.0","id":${idText},"error":${toJson({ code, message })}}`;
}

export function renderNotification(method: string, params: object): string {
  return `{"jsonrpc":"2.0","method":${JSON.stringify(method)},"params":${toJson(params)}}`;
}

function renderId(id: RequestId): string {
  return typeof id === "number" ? String(id) : toJson(id);
}

/** As JSON escapes it: the only place where a text that is cut within a character shows. */
const loneSurrogate = /\\ud[89a-f]/;

/** JSON allows them within a string, and readers of lines (Node's `readline`) end one there. */
const separators = /[\u2028\u2029]/g;

/** Half a surrogate pair is no text that a client in another language can read (RFC 8259, section 8.2): U+FFFD instead. */
function toJson(value: unknown): string {
  let text = JSON.stringify(value);
  if (loneSurrogate.test(text)) text = JSON.stringify(wellFormed(value));
  return text.search(separators) < 0 ? text : text.replace(separators, escapeSeparator);
}

function escapeSeparator(character: string): string {
  return character === "\u2028" ? "\\u2028" : "\\u2029";
}

function wellFormed(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_key, member: unknown) => {
    if (typeof member === "string") return replaceLone(member);
    return isPlain(member)
      ? Object.fromEntries(Object.entries(member).map(([key, inner]) => [replaceLone(key), inner]))
      : member;
  }) as unknown;
}

function replaceLone(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\uFFFD");
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
