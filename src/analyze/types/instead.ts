/** Types of the language and of Node.js that JSON cannot carry → what is to be written in their place. */
import type { ts } from "ts-morph";
import type { Analysis } from "../checker/analysis.js";
import { isBuiltIn } from "../checker/built-in-types.js";
import { symbolOf } from "../checker/symbols.js";

const rows: readonly (readonly [names: string, help: string])[] = [
  ["AsyncIterable AsyncIterableIterator AsyncIterator AsyncGenerator ReadableStream", "use an array of its items"],
  ["IterableIterator IteratorObject Iterator Generator", "use an array of its items"],
  ["Promise PromiseLike", "use the type that it resolves to"],
  ["RegExp", "use a string, its pattern"],
  ["URLSearchParams Headers FormData", "use a `Record<string, string>`"],
  ["Response Request", "use its text, or what that says as JSON"],
  ["Blob File", "use a `Uint8Array`"],
  ["Int8Array Int16Array Int32Array Uint16Array Uint32Array Float32Array Float64Array", "use a `number[]`"],
  ["BigInt64Array BigUint64Array", "use a `bigint[]`"],
  ["Error", "use a string, its message"],
];

const helps: ReadonlyMap<string, string> = new Map(
  rows.flatMap(([names, help]) => names.split(" ").map((name) => [name, help] as const)),
);

export function helpInstead(analysis: Analysis, type: ts.Type): string | undefined {
  const symbol = symbolOf(type);
  return symbol && isBuiltIn(analysis, symbol) ? helps.get(symbol.name) : undefined;
}
