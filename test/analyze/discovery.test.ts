/** Which files and exports become functions, how they are imported, and how the project's own settings count. */
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, test } from "vitest";
import { analyze, analyzeFolder, find, lines, problems, project, type Analyzed, type Files } from "./sources.js";

function references({ model }: Analyzed): string[] {
  return model.functions.map(({ name, reference }) => `${name} = ${reference.module}#${reference.export}`);
}

describe("files", () => {
  const files: Files = {
    "src/a.ts": "export function a(): void {}",
    "src/deep/b.mts": "export function b(): void {}",
    "src/types.d.ts": "export declare function hidden(): void;",
    "src/a.test.ts": "export function test(): void {}",
    "src/a.spec.ts": "export function spec(): void {}",
    "src/__tests__/c.ts": "export function inTests(): void {}",
    "src/node_modules/x/index.ts": "export function inPackage(): void {}",
    "src/.hidden/x.ts": "export function inHidden(): void {}",
    "src/view.tsx": "export function View(): void {}",
    "src/old.js": "export function old() {}",
    "src/server/out.ts": "export function inOutput(): void {}",
    "src/fixtures/data.ts": "export function excluded(): void {}",
    "outside.ts": "export function outside(): void {}",
  };

  it("are TypeScript modules of the source, but for tests, declarations, output and what is excluded", () => {
    const root = project(files);
    const analyzed = analyzeFolder(root, { output: join(root, "src/server"), exclude: ["fixtures"] });
    expect(references(analyzed)).toEqual(["a = src/a.ts#a", "b = src/deep/b.mts#b"]);
  });

  it.each([
    ["deep", ["a"]],
    ["deep/**", ["a"]],
    ["**/b.mts", ["a"]],
    ["**/*.{mts,cts}", ["a"]],
    ["*.ts", ["b"]],
    ["./a.ts", ["b"]],
    ["?.ts", ["b"]],
    ["e", ["a", "b"]],
  ])("excludes %s", (glob, expected) => {
    const analyzed = analyze(
      { "src/a.ts": files["src/a.ts"]!, "src/deep/b.mts": files["src/deep/b.mts"]! },
      { exclude: [glob] },
    );
    expect(analyzed.model.functions.map(({ name }) => name)).toEqual(expected);
  });

  it("are read once where links lead in circles", () => {
    const root = project({ "src/a.ts": "export function a(): void {}" });
    symlinkSync(join(root, "src"), join(root, "src/loop"));
    expect(references(analyzeFolder(root))).toEqual(["a = src/a.ts#a"]);
  });

  it("that do not parse are reported and left out", () => {
    const analyzed = analyze({ "src/a.ts": "export function a( {}", "src/b.ts": "export function b(): void {}" });
    expect(references(analyzed)).toEqual(["b = src/b.ts#b"]);
    expect(lines(analyzed.diagnostics)).toEqual(["MG109 ')' expected. @ src/a.ts:1:22-22"]);
  });

  it.each([
    [{ "src/readme.md": "" }, {}, "MG102 `src` exports no function to serve"],
    [{ "src/a.ts": "export const a = 1;" }, {}, "MG102 `src` exports no function to serve"],
    [{ "src/a.ts": "export function a() {}" }, { expose: "tagged" }, "MG102 `src` exports no function tagged `@tool`"],
  ] as const)("without a function are an error", (given, overrides, expected) => {
    expect(problems(analyze(given, overrides))).toEqual([expected]);
  });
});

describe("exports", () => {
  it.each<[string, string, string[]]>([
    ["declarations", "export function f(): void {}\nexport async function g(): Promise<void> {}", ["f#f", "g#g"]],
    [
      "arrows and function expressions",
      "export const f = () => 1;\nexport const g = function () {};\nexport const h = (async () => 1);",
      ["f#f", "g#g", "h#h"],
    ],
    [
      "typed variables",
      "type F = (a: string) => number;\nexport const f: F = (a) => a.length;\nexport const g = ((a) => 1) satisfies F;",
      ["f#f", "g#g"],
    ],
    [
      "functions made by functions",
      "const memo = <T,>(f: T): T => f;\nexport const f = memo((a: string) => a);\nexport const n = memo(1);",
      ["f#f"],
    ],
    ["export lists", "function f() {}\nconst g = () => 1;\nexport { f, g as other };", ["f#f", "other#other"]],
    ["a named default export", "export default function f() {}", ["f#default"]],
    ["an anonymous default export by its file", "export default () => 1;", ["a#default"]],
    ["an anonymous function by its file", "export default function () {}", ["a#default"]],
    ["a default export by name", "function f() {}\nexport default f;", ["f#default"]],
    ["a name over `default`", "export function f() {}\nexport default f;", ["f#f"]],
    ["its own name over another", "export function f() {}\nexport { f as a };", ["f#f"]],
    [
      "nothing else",
      "export class C { m() {} }\nexport const o = { m() {} };\nexport enum E { A }\nexport type T = () => void;\nexport const n = 5, s = 'x';\nexport namespace N { export function f() {} }",
      [],
    ],
    [
      "no application object",
      "interface App { (): void; a(): void; b(): void; c(): void; d(): void; e(): void; f(): void; g(): void; h(): void; use(): void }\ndeclare const app: App;\nexport const server = app;\nexport { app };",
      [],
    ],
    ["no type-only export", "function f() {}\nexport type { f };", []],
    ["two declarations of one statement", "export const f = () => 1, g = () => 2;", ["f#f", "g#g"]],
  ])("%s", (_title, source, expected) => {
    expect(references(analyze(source)).map((each) => each.replace(" = src/a.ts", ""))).toEqual(expected);
  });

  it("are served once, from the module that declares them", () => {
    const analyzed = analyze({
      "src/index.ts": `export * from "./math.js";\nexport { half as halve } from "./math.js";\nexport * as math from "./math.js";`,
      "src/api/all.ts": `export { double } from "../index.js";`,
      "src/math.ts":
        "export function double(n: number): number { return n * 2; }\nexport const half = (n: number): number => n / 2;",
    });
    expect(references(analyzed)).toEqual(["double = src/math.ts#double", "half = src/math.ts#half"]);
  });

  it("of a package are served by its declarations; what the source itself only declares is not", () => {
    const analyzed = analyze({
      "src/index.ts": `export { half } from "pack";\nexport declare function elsewhere(): void;`,
      "node_modules/pack/package.json": `{ "name": "pack", "version": "1.0.0", "types": "./index.d.ts" }`,
      "node_modules/pack/index.d.ts": "export declare function half(n: number): number;",
    });
    expect(references(analyzed)).toEqual(["half = src/index.ts#half"]);
    expect(problems(analyzed).filter((line) => line.startsWith("MG115"))).toHaveLength(1);
  });

  it("from outside of the source are served from where they come in", () => {
    const analyzed = analyze({
      "src/b.ts": `export { far } from "../lib/far.js";`,
      "src/a.ts": `export { far as near } from "../lib/far.js";`,
      "lib/far.ts": "export function far(n: number): number { return n; }\nexport function unserved(): void {}",
    });
    expect(references(analyzed)).toEqual(["far = src/b.ts#far"]);
    expect(find(analyzed, "far").span.file).toBe("lib/far.ts");
  });

  it("that lead nowhere are errors", () => {
    const source = `export * from "./gone.js";\nexport { lost } from "./b.js";\nexport function f() {}`;
    expect(problems(analyze({ "src/a.ts": source, "src/b.ts": "export const b = 1;" }))).toEqual([
      "MG110 Cannot find module './gone.js' or its corresponding type declarations. @ src/a.ts:1:15-26",
      `MG110 Module '"./b.js"' has no exported member 'lost'. @ src/a.ts:2:10-14`,
    ]);
  });
});

describe("tags that decide what is served", () => {
  const source = `/** @internal */ export function a() {}
/** Text. @ignore */ export const b = () => 1;
/**
 * Text.
 * @tool
 */
export function c() {}
export function d() {}`;

  it("leave out what is internal", () => {
    expect(analyze(source).model.functions.map(({ name }) => name)).toEqual(["c", "d"]);
  });

  it("name the tools where only tagged ones are served", () => {
    expect(analyze(source, { expose: "tagged" }).model.functions.map(({ name }) => name)).toEqual(["c"]);
  });

  it("say what else than a tool a function is", () => {
    const analyzed = analyze(
      "/** @prompt */\nexport function greeting() { return 1; }\n/**\n * @resource users://{id}\n */\nexport function user() {}",
    );
    expect(analyzed.model.functions.map(({ name, role }) => [name, role])).toEqual([
      ["greeting", "prompt"],
      ["user", "resource"],
    ]);
    expect(lines(analyzed.diagnostics)).toEqual([]);
  });
});

describe("functions that cannot be tools", () => {
  it.each([
    [
      "export function f<T>(a: T): T & { b: 1 } { return { ...a, b: 1 }; }",
      "MG302 `f` has the type parameter `T`, which only a call can say @ src/a.ts:1:19-20",
    ],
    [
      "export const f = <T, K extends keyof T>(a: T, b: K): T[K] => a[b];",
      "MG302 `f` has the type parameter `K`, which only a call can say @ src/a.ts:1:22-39",
    ],
    ["export function f(this: Date): void {}", "MG303 `f` has a `this` parameter @ src/a.ts:1:19-29"],
    [
      "export function f(a: string): void;\nexport function f(a: number): void;\nexport function f(a: unknown): void {}",
      "MG304 `f` has 2 signatures @ src/a.ts:3:17-18",
    ],
    [
      "export function f([a, b]: [string, string]): void {}",
      "MG307 an array pattern gives its parameter no name @ src/a.ts:1:19-25",
    ],
  ])("%s", (source, expected) => {
    const analyzed = analyze(source);
    expect(analyzed.model.functions).toEqual([]);
    expect(lines(analyzed.diagnostics)).toEqual([expected]);
  });
});

test.each([
  ["a list with a name", "interface Names extends Array<string> {}", "names: Names"],
  ["a tuple", "", "names: [string, T?]"],
  ["a class", "class Box<V> { constructor(readonly value: V) {} }", "names: Box<T>"],
  ["a tree", "interface Tree<V> { value: V; parts: Tree<V>[] }", "names: Tree<T>"],
  ["a bound that names itself", "interface Sized<V> { size(of: V): number }", "names: string, sized?: Sized<T>"],
])("a generic function is served beside %s", (_, declared, taken) => {
  const analyzed = analyze(`${declared}\nexport function first<T>(item: T, ${taken}): T { return item; }`);
  expect(references(analyzed)).toEqual(["first = src/a.ts#first"]);
  expect(lines(analyzed.diagnostics).filter((line) => line.includes("MG302"))).toEqual([]);
});

describe("functions of packages that are exported again", () => {
  const files: Files = {
    "node_modules/pack/package.json": `{ "name": "pack", "version": "1.0.0", "types": "index.d.ts" }`,
    "node_modules/pack/index.d.ts": `/** Lists of lists. */
export declare function chunk<T>(items: readonly T[], size: number): T[][];
/** Anything. */
export declare function open(options: { properties: { [name: string]: any } }): any;
export declare function zip<T>(a: readonly T[]): [T][];
export declare function zip<T, U>(a: readonly T[], b: readonly U[]): [T, U][];
`,
  };

  it("are served, and what takes everything there is not for the user to change", () => {
    const analyzed = analyze({ ...files, "src/a.ts": `export { chunk, open } from "pack";` });
    expect(references(analyzed)).toEqual(["chunk = src/a.ts#chunk", "open = src/a.ts#open"]);
    expect(lines(analyzed.diagnostics)).toEqual([]);
  });

  it("cannot be tagged", () => {
    const [refused] = analyze({ ...files, "src/a.ts": `export { zip } from "pack";` }).diagnostics;
    expect(refused).toMatchObject({
      code: "MG304",
      help: "export a function of your own with one signature, which calls it",
    });
  });

  it("keep their signatures: what is refused is to be called by another function", () => {
    const declared = `export declare class Version { raw: string; next(): Version; }
export declare function coerce(text: string): Version;
export declare function listen(done: () => void): void;`;
    const { model } = analyze({
      ...files,
      "node_modules/pack/index.d.ts": declared,
      "src/a.ts": `export { coerce, listen } from "pack";`,
    });
    const types = model.functions.flatMap(({ parameters, result }) => [...parameters.map(({ type }) => type), result]);
    const helps = types.flatMap((type) => (type.kind === "unservable" ? type.diagnostics : [])).map(({ help }) => help);
    expect(helps).toEqual([
      "export a function of your own that calls it and returns what JSON can carry",
      "export a function of your own that takes what JSON can carry and calls it",
    ]);
  });
});

test.each([
  ["a callback that may be missing", "done?: () => void", "void"],
  ["what the language makes", "from: AsyncIterable<string>", "string"],
  ["a result that is a function", "text: number", "() => string"],
  ["what it is called on", "this: Date, text: string", "string"],
])("of two signatures the one without %s is served", (_, taken, given) => {
  const source = `export function read(${taken}): ${given};\nexport function read(text: string, size: number): string;`;
  const analyzed = analyze(`${source}\nexport function read(): any {}`);
  const [read] = analyzed.model.functions;
  expect(read?.parameters.map(({ name }) => name)).toEqual(["text", "size"]);
  expect(problems(analyzed).map((line) => line.slice(0, 5))).toEqual(["MG315"]);
});

test.each([
  ["one takes what is provided", "clock: Clock", "string"],
  ["both take data", "text: string[]", "string"],
])("no signature is chosen where %s", (_, taken, given) => {
  const source = `export function read(${taken}): ${given};\nexport function read(text: string, size: number): string;`;
  const declared = "export interface Clock { now(): number }\n";
  const analyzed = analyze(`${declared}${source}\nexport function read(): any {}`);
  expect(problems(analyzed)[0]).toContain("MG304");
});

test.each([
  ["the package is not installed", {}, "install what package.json asks for: run npm install"],
  [
    "the package has no such module",
    { "node_modules/pack/package.json": `{ "name": "pack" }` },
    "correct the type: run tsc to see it in context",
  ],
])("a module that is not found, as %s", (_, installed: Files, help) => {
  const analyzed = analyze({
    ...installed,
    "package.json": `{ "type": "module", "dependencies": { "pack": "1.0.0" } }`,
    "src/a.ts": `import type { Box } from "pack/boxes";\nexport function width(box: Box): number { return box.width; }`,
  });
  expect(analyzed.model.functions.flatMap(({ parameters }) => parameters.map(({ type }) => type))).toMatchObject([
    { kind: "unservable", diagnostics: [{ code: "MG110", help }] },
  ]);
});
