// What a method answers, before any transport or SDK has seen it.

export type Reply =
  | { readonly kind: "result"; readonly result: object }
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
