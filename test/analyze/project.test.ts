/** The project around the source: its tsconfig, its packages, the types of Node.js, and `mcpgen` itself. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { analyze, analyzeFolder, find, lines, parameter, problems, project, shown, type Analyzed } from "./sources.js";

describe("the project's settings", () => {
  it("resolve aliases, every kind of extension, packages and JSON", () => {
    const analyzed = analyze({
      "tsconfig.base.json": `{ "compilerOptions": { "paths": { "@lib/*": ["./lib/*"] }, "strict": true } }`,
      "tsconfig.json": `{ "extends": "./tsconfig.base.json", "compilerOptions": { "module": "ESNext", "moduleResolution": "Bundler", "target": "ES2022", "lib": ["ES2022"] }, "include": ["src"] }`,
      "src/a.ts": `import type { A } from "@lib/a"; import type { B } from "../lib/b.js"; import type { C } from "../lib/c.ts"; import type { D } from "../lib/d";
import type { P } from "pack"; import data from "../lib/data.json" with { type: "json" };
export function f(a: A, b: B, c: C, d: D, p: P): typeof data { return data; }`,
      "lib/a.ts": "export type A = 1;",
      "lib/b.ts": "export type B = 2;",
      "lib/c.ts": "export type C = 3;",
      "lib/d.ts": "export type D = 4;",
      "lib/data.json": `{ "x": [1] }`,
      "node_modules/pack/package.json": `{ "name": "pack", "version": "1.2.3", "types": "./index.d.ts" }`,
      "node_modules/pack/index.d.ts": "export interface P { from: 'pack' }",
    });
    expect(problems(analyzed)).toEqual([]);
    expect(find(analyzed, "f").parameters.map(({ type }) => shown(type))).toEqual([
      "1",
      "2",
      "3",
      "4",
      `{ from: "pack" }`,
    ]);
    expect(shown(find(analyzed, "f").result)).toBe("{ x: number[] }");
    expect(parameter(analyzed, "f", 4).key).toEqual({ name: "P", module: "pack", arguments: [] });
    expect(analyzed.model.inputs.map(({ path }) => path)).toEqual([
      "lib/a.ts",
      "lib/b.ts",
      "lib/c.ts",
      "lib/d.ts",
      "lib/data.json",
      "node_modules/pack",
      "src/a.ts",
      "tsconfig.base.json",
      "tsconfig.json",
    ]);
  });

  it("see null even where the project's compiler does not", () => {
    const analyzed = analyze({
      "tsconfig.json": `{ "compilerOptions": { "strict": false, "target": "ES2022", "lib": ["ES2022"] } }`,
      "src/a.ts": "export function f(a: string | null, b?: number): void {}",
    });
    expect(find(analyzed, "f").parameters.map(({ type, optional }) => [shown(type), optional])).toEqual([
      ["(string | null)", false],
      ["number", true],
    ]);
  });

  it("give ambient types, those beside the source and those that the tsconfig includes", () => {
    const analyzed = analyze({
      "tsconfig.json": `{ "compilerOptions": { "lib": ["ES2022"], "target": "ES2022" }, "include": ["src", "types"] }`,
      "src/ambient.d.ts": "interface Beside { a: 1 }",
      "types/global.d.ts": "declare namespace App { interface Included { b: 2 } }",
      "src/a.ts": "export function f(a: Beside, b: App.Included): void {}",
    });
    expect(find(analyzed, "f").parameters.map(({ type }) => shown(type))).toEqual(["{ a: 1 }", "{ b: 2 }"]);
  });

  it("that are malformed are refused, at their place", () => {
    const analyzed = analyze({
      "tsconfig.json": `{\n  "compilerOptions": { "target": "ES1" }, "extends": "./gone.json"\n}`,
      "src/a.ts": "export function f() {}",
    });
    const found = lines(analyzed.diagnostics);
    expect(found.every((line) => line.startsWith("MG111 "))).toBe(true);
    expect(found.join("\n")).toMatch(/target.*tsconfig\.json:2:34-39/);
    expect(found.join("\n")).toContain("gone.json");
  });
});

describe("types of Node.js", () => {
  const source = "export function f(data: Buffer, signal: AbortSignal, url: URL): void {}";
  const nodeFiles = ({ sources }: Analyzed): number =>
    sources.program.getSourceFiles().filter(({ fileName }) => fileName.includes("/@types/node/")).length;

  it("come with mcpgen where the project has none", () => {
    const analyzed = analyze(source);
    expect(find(analyzed, "f").parameters.map(({ type }) => shown(type))).toEqual([
      "<buffer>",
      "MG301 `signal` is an `AbortSignal`",
      "<url>",
    ]);
    expect(parameter(analyzed, "f", 1).key).toEqual({ name: "AbortSignal", module: "typescript", arguments: [] });
    expect(analyzed.model.inputs.map(({ path }) => path)).toEqual(["src/a.ts"]);
  });

  it("are the project's own where it has them", () => {
    const analyzed = analyze({
      "src/a.ts": "export function f(data: Buffer): void {}",
      "node_modules/@types/node/package.json": `{ "name": "@types/node", "version": "0.0.1", "types": "index.d.ts" }`,
      "node_modules/@types/node/index.d.ts": "interface Buffer extends Uint8Array { own: true }",
    });
    expect(shown(parameter(analyzed, "f").type)).toBe("<buffer>");
    expect(analyzed.model.inputs.map(({ path }) => path)).toEqual(["node_modules/@types/node", "src/a.ts"]);
  });

  it("are not loaded where nothing needs them", () => {
    const analyzed = analyze(
      "export function f(a: string) { console.log(a); setTimeout(() => {}, 1); return structuredClone(a); }",
    );
    expect(shown(find(analyzed, "f").result)).toBe("string");
    expect(nodeFiles(analyzed)).toBe(0);
  });

  it("are loaded for a built-in module, also where only a package imports it", () => {
    expect(nodeFiles(analyze(`import { sep } from "path";\nexport const f = () => sep;`))).toBeGreaterThan(10);
    const analyzed = analyze({
      "src/a.ts": `import type { S } from "pack";\nexport function f(s: S): void {}`,
      "node_modules/pack/package.json": `{ "name": "pack", "version": "1.0.0", "types": "index.d.ts" }`,
      "node_modules/pack/index.d.ts": `import { Server } from "node:http";\nexport type S = Server;`,
    });
    expect(parameter(analyzed, "f").key).toMatchObject({ name: "Server", module: "node:http" });
  });

  it("are not needed for what the dom library gives", () => {
    const tsconfig = `{ "compilerOptions": { "lib": ["ES2022", "DOM"], "target": "ES2022" } }`;
    const analyzed = analyze({
      "tsconfig.json": tsconfig,
      "src/a.ts": "export function f(url: URL, signal: AbortSignal): void {}",
    });
    expect(shown(parameter(analyzed, "f").type)).toBe("<url>");
    expect(parameter(analyzed, "f", 1).key).toEqual({ name: "AbortSignal", module: "typescript", arguments: [] });
    expect(nodeFiles(analyzed)).toBe(0);
  });
});

describe("imports of mcpgen", () => {
  const source = `import type { Context, Logger as Log } from "mcpgen";
interface Context2 { requestId: string }
export function f(context: Context, log?: Log, own?: Context2): void {}`;

  it("lead to the contracts, whether or not it is installed", () => {
    const { parameters } = find(analyze(source), "f");
    expect(parameters.map(({ key }) => key && `${key.module}#${key.name}`)).toEqual([
      "mcpgen#Context",
      "mcpgen#Logger",
      "src/a.ts#Context2",
    ]);
  });

  it("lead there even past what the output declares", () => {
    const root = project({ "src/a.ts": source, "tsconfig.json": `{ "compilerOptions": { "lib": ["ES2022"] } }` });
    mkdirSync(join(root, "server"));
    writeFileSync(
      join(root, "server/mcpgen.d.ts"),
      `declare module "mcpgen" { export type Context = string; export type Logger = string }`,
    );
    const { parameters } = find(analyzeFolder(root, { tsconfig: join(root, "tsconfig.json") }), "f");
    expect(parameters[0]!.key).toEqual({ name: "Context", module: "mcpgen", arguments: [] });
    rmSync(join(root, "server"), { recursive: true });
  });
});
