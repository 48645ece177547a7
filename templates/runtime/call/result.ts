// The answer to a tool call, as the protocol has it.

/**
 * `structured`: an object, as `structuredContent` and as text. `text`: JSON text, or the string itself.
 * `empty`: nothing. `content`: MCP content, passed through.
 */
export type ResultKind = "structured" | "text" | "empty" | "content";

export interface CallResult {
  readonly content: readonly object[];
  readonly structuredContent?: object;
  readonly isError?: boolean;
}

export function textResult(text: string): CallResult {
  return { content: [{ type: "text", text }] };
}

/** A failure that the model sees and can act on. */
export function errorResult(text: string): CallResult {
  return { content: [{ type: "text", text }], isError: true };
}
