// Results are read by a model, whose context is small: a text above the limit is refused with a way out.
import { errorResult, type CallResult } from "../call/result.js";

const maxResultBytes = 100_000;

/** `narrowing` are the names of the tool's optional arguments, by which a call can ask for less. */
export function limitResult(result: CallResult, tool: string, narrowing: readonly string[]): CallResult {
  const bytes = result.content.reduce((sum, piece) => sum + textBytes(piece), 0);
  if (bytes <= maxResultBytes) return result;
  const way =
    narrowing.length === 0
      ? "Ask for less, or for one part at a time."
      : `Narrow the call with ${narrowing.join(", ")}.`;
  const size = `${String(Math.ceil(bytes / 1_000))} kB`;
  return errorResult(
    `The result of \`${tool}\` is ${size} of text, more than the ${String(maxResultBytes / 1_000)} kB a call may return. ${way}`,
  );
}

function textBytes(piece: object): number {
  const text = (piece as { readonly text?: unknown }).text;
  return typeof text === "string" ? Buffer.byteLength(text) : 0;
}
