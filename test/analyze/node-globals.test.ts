/** The list of names that ask for the types of Node.js has to hold every global that these declare. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createRequire } from "node:module";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { loadCompiler } from "../../src/discover/compiler/compiler-options.js";
import { usesNodeGlobals } from "../../src/discover/compiler/node-globals.js";

const nodeTypes = dirname(createRequire(import.meta.url).resolve("@types/node/package.json"));

/** Names declared in the global scope: at the top of a script, or in `declare global`. */
function globalNames(): Set<string> {
  const names = new Set<string>();
  const add = (node: ts.Node): void => {
    if (ts.isVariableStatement(node))
      node.declarationList.declarations.forEach(({ name }) => names.add(name.getText()));
    else if (
      (ts.isFunctionDeclaration(node) ||
        ts.isClassDeclaration(node) ||
        ts.isInterfaceDeclaration(node) ||
        ts.isTypeAliasDeclaration(node)) &&
      node.name
    ) {
      names.add(node.name.text);
    } else if (ts.isModuleDeclaration(node) && ts.isIdentifier(node.name) && node.name.text !== "global")
      names.add(node.name.text);
  };
  const visit = (node: ts.Node, isGlobal: boolean): void => {
    if (isGlobal) add(node);
    if (!ts.isModuleDeclaration(node) || !node.body || !ts.isModuleBlock(node.body)) return;
    const opens = node.name.getText() === "global";
    if (opens || ts.isStringLiteral(node.name)) node.body.statements.forEach((statement) => visit(statement, opens));
  };
  for (const file of readdirSync(nodeTypes, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".d.ts"),
  )) {
    const source = ts.createSourceFile(file, readFileSync(join(nodeTypes, file), "utf8"), ts.ScriptTarget.Latest, true);
    source.statements.forEach((statement) => visit(statement, !ts.isExternalModule(source)));
  }
  return names;
}

/** Declared by the language's own libraries, or in short by ourselves; or of no use in a signature. */
const known = new Set(
  (
    "Array ArrayBuffer BigInt64Array BigUint64Array DataView Float32Array Float64Array Int16Array Int32Array Int8Array Iterable Iterator Map Set " +
    "RegExp RegExpConstructor String Uint16Array Uint32Array Uint8Array Uint8ArrayConstructor Uint8ClampedArray ReadonlyArray Promise " +
    "ErrorConstructor Error Symbol SymbolConstructor ImportMeta RelativeIndexable AsyncIterable AsyncIterator AsyncIteratorObject IteratorObject AsyncDisposable Disposable AsyncGenerator " +
    "Console console setTimeout setInterval clearTimeout clearInterval queueMicrotask structuredClone atob btoa SharedArrayBuffer"
  ).split(" "),
);

function asks(name: string): boolean {
  const file = loadCompiler().ts.createSourceFile("a.ts", `${name};`, loadCompiler().ts.ScriptTarget.ESNext);
  return usesNodeGlobals(file, "plain");
}

describe("the globals of Node.js", () => {
  it("are found in its types", () => {
    const names = globalNames();
    expect(names.size).toBeGreaterThan(60);
    for (const name of ["Buffer", "AbortSignal", "URL", "fetch", "NodeJS", "__dirname"]) expect(names).toContain(name);
  });

  it("ask for these types when a source uses them", () => {
    expect(
      [...globalNames()].filter((name) => !/^_[A-Z]/.test(name) && !known.has(name) && !asks(name)).sort(),
    ).toEqual([]);
  });

  it("are not asked for by other names", () => {
    expect(["Date", "Map", "order", "console", "setTimeout"].filter(asks)).toEqual([]);
  });
});

describe("names of the user's own", () => {
  const uses = (text: string): boolean => {
    const { ts: compiler } = loadCompiler();
    return usesNodeGlobals(compiler.createSourceFile("a.ts", text, compiler.ScriptTarget.ESNext), "plain");
  };

  it.each([
    "export interface File { name: string }\nexport const open = (file: File) => file.name;",
    'import type { Request } from "./model.js";\nexport const read = (request: Request) => request;',
    'import File, * as process from "./a.js";\nexport const read = (file: File) => process.read(file);',
    "export const settings = { process: 1, module: { exports: 2 } };\nexport const one = settings.module.exports;",
    "export interface Job { process(): void; performance: number }",
    "export const { process: run } = start();\ndeclare function start(): { process: number };",
  ])("%s", (text) => expect(uses(text)).toBe(false));

  it.each([
    "export const size = (file: File) => file.size;",
    "interface File { own: true }\nconst a = 1;",
    "export const now = () => process.hrtime();",
    "export function f(process: number) { return process; }",
  ])("but for %s", (text) => expect(uses(text)).toBe(true));
});
