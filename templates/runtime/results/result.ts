// The answer to a tool call, as the protocol has it.

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
