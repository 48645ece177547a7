/**
 * Names that say a source needs the types of Node.js. Loading them costs about 100 ms, so they are loaded
 * only for projects whose own files use one of these names, or that import a built-in module.
 */
import type { ts } from "ts-morph";

/** Globals that no library of the language declares. */
const nodeOnly = (
  "AllowSharedBuffer Buffer BufferConstructor BufferEncoding Global NodeJS NodeModule NodeRequire " +
  "NonSharedBuffer RequireResolve __dirname __filename clearImmediate exports gc global module " +
  "process require setImmediate"
).split(" ");

/** Globals that the `dom` library declares as well. */
const web = (
  "AbortController AbortSignal Blob BroadcastChannel ByteLengthQueuingStrategy CloseEvent " +
  "CompressionStream CountQueuingStrategy Crypto CryptoKey CustomEvent DOMException " +
  "DecompressionStream Event EventListenerOptions EventSource EventSourceInit EventTarget File " +
  "FormData Headers MessageChannel MessageEvent MessageEventInit MessagePort Navigator Performance " +
  "PerformanceEntry PerformanceMark PerformanceMeasure PerformanceObserver " +
  "PerformanceObserverEntryList PerformanceResourceTiming QueuingStrategy " +
  "ReadableByteStreamController ReadableStream ReadableStreamBYOBReader ReadableStreamBYOBRequest " +
  "ReadableStreamDefaultController ReadableStreamDefaultReader Request RequestInit Response " +
  "ResponseInit Storage SubtleCrypto TextDecoder TextDecoderStream TextEncoder TextEncoderStream " +
  "TransformStream TransformStreamDefaultController URL URLSearchParams WebAssembly WebSocket " +
  "WebSocketInit WritableStream WritableStreamDefaultController WritableStreamDefaultWriter crypto " +
  "fetch localStorage navigator performance sessionStorage"
).split(" ");

/**
 * What function bodies use all the time and signatures almost never: declared here in short, in place of
 * the types of Node.js where nothing else asks for those.
 */
export const bodyGlobals = `
interface Console { [method: string]: (...data: any[]) => void }
declare var console: Console;
interface TimerHandle { ref(): this; unref(): this; hasRef(): boolean; [Symbol.toPrimitive](): number }
declare function setTimeout<A extends any[]>(callback: (...args: A) => void, delay?: number, ...args: A): TimerHandle;
declare function setInterval<A extends any[]>(callback: (...args: A) => void, delay?: number, ...args: A): TimerHandle;
declare function clearTimeout(handle: TimerHandle | string | number | undefined): void;
declare function clearInterval(handle: TimerHandle | string | number | undefined): void;
declare function queueMicrotask(callback: () => void): void;
declare function structuredClone<T>(value: T, options?: { transfer?: any[] }): T;
declare function atob(data: string): string;
declare function btoa(data: string): string;
`;

/** What the signatures of packages speak of; all else in their declarations is seldom asked for. */
const inDeclarations = "AbortSignal Buffer Headers NodeJS ReadableStream Request Response".split(" ");

export function usesNodeGlobals(file: ts.SourceFile, library: "dom" | "plain"): boolean {
  // Every identifier of a file, gathered by the parser; not part of TypeScript's public types.
  const { identifiers } = file as ts.SourceFile & { readonly identifiers: ReadonlyMap<string, string> };
  const uses = (name: string): boolean => identifiers.has(name);
  if (file.isDeclarationFile) return inDeclarations.some(uses);
  return nodeOnly.some(uses) || (library === "plain" && web.some(uses));
}
