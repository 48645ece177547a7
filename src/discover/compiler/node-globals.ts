/**
 * Names that say a source needs the types of Node.js. Loading them costs about 100 ms, so they are loaded
 * only for projects whose own files use one of these names, or that import a built-in module.
 */
import type { ts } from "ts-morph";
import { loadCompiler } from "./compiler-options.js";

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
  if (file.isDeclarationFile) return inDeclarations.some((name) => identifiers.has(name));
  const candidates = library === "plain" ? [...nodeOnly, ...web] : nodeOnly;
  const used = new Set(candidates.filter((name) => identifiers.has(name)));
  // What the module declares or imports itself means that, in all of it.
  for (const name of ownNames(file)) used.delete(name);
  return used.size > 0 && refersTo(file, used);
}

function ownNames(file: ts.SourceFile): readonly string[] {
  const { ts } = loadCompiler();
  if (!ts.isExternalModule(file)) return [];
  return file.statements.flatMap((statement) => {
    if (ts.isImportDeclaration(statement)) return importedNames(statement);
    if (ts.isVariableStatement(statement))
      return statement.declarationList.declarations.flatMap(({ name }) => (ts.isIdentifier(name) ? [name.text] : []));
    const name = ts.isDeclarationStatement(statement) ? statement.name : undefined;
    return name && ts.isIdentifier(name) ? [name.text] : [];
  });
}

function importedNames({ importClause }: ts.ImportDeclaration): readonly string[] {
  const { ts } = loadCompiler();
  const bindings = importClause?.namedBindings;
  const named = !bindings
    ? []
    : ts.isNamespaceImport(bindings)
      ? [bindings.name]
      : bindings.elements.map(({ name }) => name);
  return [...(importClause?.name ? [importClause.name] : []), ...named].map(({ text }) => text);
}

/** Whether one of the names stands where it means a variable or a type, and not as the name of a member. */
function refersTo(file: ts.SourceFile, names: ReadonlySet<string>): boolean {
  const { ts } = loadCompiler();
  const visit = (node: ts.Node, parent: ts.Node): boolean => {
    if (ts.isIdentifier(node)) return names.has(node.text) && !isMemberName(node, parent);
    return ts.forEachChild(node, (child) => visit(child, node) || undefined) ?? false;
  };
  return visit(file, file);
}

function isMemberName(node: ts.Identifier, parent: ts.Node): boolean {
  const { ts } = loadCompiler();
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node;
  if (ts.isQualifiedName(parent)) return parent.right === node;
  if (ts.isBindingElement(parent)) return parent.propertyName === node;
  const isMember =
    ts.isPropertyAssignment(parent) ||
    ts.isPropertySignature(parent) ||
    ts.isPropertyDeclaration(parent) ||
    ts.isMethodDeclaration(parent) ||
    ts.isMethodSignature(parent) ||
    ts.isEnumMember(parent);
  return isMember && parent.name === node;
}
