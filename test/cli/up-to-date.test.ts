/**
 * Every kind of change that a build would see: `check` reports it, and the build after it gives what a build into an
 * empty folder gives. What changes nothing costs no build.
 */
import { cpSync, existsSync, renameSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { thisProcess } from "../../src/cli/owner.js";
import { check, generate } from "../../src/pipeline.js";
import { project, type Files } from "../analyze/sources.js";
import { readFolder, writeFiles } from "../support/folder.js";
import { parseLibrariesOnce } from "../support/parsed-libraries.js";

parseLibrariesOnce();

const base: Files = {
  "package.json": `{ "name": "app", "type": "module", "imports": { "#kinds": "./kinds/one.ts" } }`,
  "tsconfig.base.json": `{ "compilerOptions": { "paths": { "@lib/*": ["./lib/*"] } } }`,
  "tsconfig.json": JSON.stringify({
    extends: ["./tsconfig.base.json", "presets/tsconfig.json"],
    compilerOptions: { strict: true, target: "ES2022", module: "ESNext", moduleResolution: "Bundler", types: ["*"] },
    include: ["src", "globals/**/*"],
  }),
  "src/app.d.ts": "interface User { name: string }",
  "globals/extra.d.ts": "interface User { extra: string }",
  "src/users.ts": `import type { Row } from "rows";
import type { Part } from "parts";
import type { Kind } from "#kinds";
import type { Size } from "@lib/size";
import type { Shape } from "./shape";
import type { Outline } from "./outline";
/** Finds. */
export function find(user: User, row: Row, part: Part, kind: Kind, size: Size): string { return ""; }
/** Draws. */
export function draw(shape: Shape, outline: Outline): string { return ""; }
`,
  "src/shape/index.ts": "export interface Shape { sides: number }",
  "src/outline.d.ts": "export interface Outline { width: number }",
  "lib/size.ts": "export type Size = 1 | 2;",
  "kinds/one.ts": `export type Kind = "one";`,
  "kinds/two.ts": `export type Kind = "two";`,
  "other/size.ts": `export type Size = "other";`,
  "packages/parts/package.json": `{ "name": "parts", "version": "1.0.0", "types": "index.d.ts" }`,
  "packages/parts/index.d.ts": "export interface Part { id: string }",
  "node_modules/presets/package.json": `{ "name": "presets", "version": "1.0.0" }`,
  "node_modules/presets/tsconfig.json": `{ "compilerOptions": { "exactOptionalPropertyTypes": false } }`,
  "node_modules/rows/package.json": `{ "name": "rows", "version": "1.0.0", "types": "index.d.ts" }`,
  "node_modules/rows/index.d.ts": `export type { Row } from "./row.js";\nexport type { Inner } from "inner";`,
  "node_modules/rows/row.d.ts": "export interface Row { id: string }",
  "node_modules/rows/node_modules/inner/package.json": `{ "name": "inner", "version": "1.0.0", "types": "index.d.ts" }`,
  "node_modules/rows/node_modules/inner/index.d.ts": "export type Inner = string;",
  "node_modules/rows/more.d.ts": "export interface Row { id: string; more: string }",
};

const request = (cwd: string) => ({ cwd, source: "src", output: "server" });
const build = (cwd: string) => generate({ ...request(cwd), owner: thisProcess });
const codes = ({ diagnostics }: Awaited<ReturnType<typeof check>>) => diagnostics.map(({ code }) => code);

/** With a workspace package behind a link. */
function start(files: Files = base): string {
  const root = project(files);
  if ("packages/parts/package.json" in files) symlinkSync("../packages/parts", join(root, "node_modules/parts"), "dir");
  return root;
}

function copyOf(root: string): string {
  const copy = project({});
  cpSync(root, copy, { recursive: true, verbatimSymlinks: true });
  return copy;
}

const write = (path: string, text: string) => (root: string) => {
  writeFiles(root, { [path]: text });
};
const remove = (path: string) => (root: string) => {
  rmSync(join(root, path));
};
const user = (member: string) => `interface User { ${member}: string }`;
const row = "export interface Row { key: string }";
/** Settings of a tsconfig that has other paths. */
const otherPaths = `{ "compilerOptions": { "paths": { "@lib/*": ["./other/*"] } } }`;

const visible: readonly (readonly [what: string, change: (root: string) => void])[] = [
  ["a source", write("src/users.ts", (base["src/users.ts"] ?? "").replace("Finds.", "Seeks."))],
  ["a new source", write("src/more.ts", "/** More. */\nexport const more = (id: string): string => id;")],
  ["a file outside of the source", write("lib/size.ts", "export type Size = 3;")],
  ["a new declaration in the source", write("src/more.d.ts", user("age"))],
  ["a new declaration that the tsconfig includes", write("globals/deep/more.d.ts", user("age"))],
  ["a new global script that the tsconfig includes", write("globals/more.ts", user("age"))],
  ["a declaration that goes", remove("globals/extra.d.ts")],
  ["a package's file", write("node_modules/rows/row.d.ts", row)],
  ["a package's file of the same size and date", keepDate("node_modules/rows/row.d.ts", row.replace("key", "ab"))],
  ["a package of the workspace", write("packages/parts/index.d.ts", "export interface Part { key: string }")],
  ["a link to another package", relink],
  ["a package that becomes a link", link],
  ["a package of a package that the project gets too", hoist],
  [
    "where a package has its types",
    write("node_modules/rows/package.json", `{ "name": "rows", "version": "1.0.0", "types": "more.d.ts" }`),
  ],
  [
    "`exports` of a package",
    write("node_modules/rows/package.json", `{ "name": "rows", "exports": { "types": "./more.d.ts" } }`),
  ],
  [
    "`imports` of the project",
    write("package.json", `{ "name": "app", "type": "module", "imports": { "#kinds": "./kinds/two.ts" } }`),
  ],
  ["a tsconfig that is extended", write("tsconfig.base.json", otherPaths)],
  ["a tsconfig of a package", write("node_modules/presets/tsconfig.json", otherPaths.replace("./", "../../"))],
  [
    "a tsconfig nearer to the source",
    write("src/tsconfig.json", `{ "extends": "../tsconfig.json", "include": ["."] }`),
  ],
  ["a file before a folder's index", write("src/shape.ts", "export interface Shape { corners: number }")],
  ["a file before its declaration", write("src/outline.ts", "export interface Outline { height: number }")],
  ["a package nearer to the source", install("src/node_modules/rows")],
  ["types that are installed", types],
  ...["package.json", "tsconfig.json", "Dockerfile", "README.md", "test/find.test.ts"].map(
    (path) => [`the scaffold's ${path}, deleted`, remove(`server/${path}`)] as const,
  ),
  ["a generated file, deleted", remove("server/generated/tools/find.ts")],
];

/** Scaffold files keep what an earlier configuration gave them. */
function outputOf(root: string, output = "server"): Readonly<Record<string, string>> {
  const files = Object.entries(readFolder(join(root, output))).filter(([path]) => path !== ".mcpgen/memory.json");
  return Object.fromEntries(files.map(([path, text]) => [path, path.startsWith("generated/") ? text : ""]));
}

function keepDate(path: string, text: string) {
  return (root: string): void => {
    const at = join(root, path);
    const { atime, mtime, size } = statSync(at);
    writeFileSync(at, text.padEnd(size).slice(0, size));
    utimesSync(at, atime, mtime);
  };
}

function relink(root: string): void {
  writeFiles(root, {
    "packages/pieces/package.json": `{ "name": "parts", "version": "1.0.0", "types": "index.d.ts" }`,
    "packages/pieces/index.d.ts": "export interface Part { piece: string }",
  });
  rmSync(join(root, "node_modules/parts"));
  symlinkSync("../packages/pieces", join(root, "node_modules/parts"), "dir");
}

/** As `npm link` does: the same text, from the project's own folder. */
function link(root: string): void {
  renameSync(join(root, "node_modules/rows"), join(root, "packages/rows"));
  symlinkSync("../packages/rows", join(root, "node_modules/rows"), "dir");
}

/** As `pnpm add` does with a package that another one depends on. */
function hoist(root: string): void {
  symlinkSync("rows/node_modules/inner", join(root, "node_modules/inner"), "dir");
}

function install(folder: string) {
  return (root: string): void => {
    writeFiles(join(root, folder), { "package.json": `{ "name": "rows", "types": "i.d.ts" }`, "i.d.ts": row });
  };
}

function types(root: string): void {
  const folder = join(root, "node_modules/@types/users");
  writeFiles(folder, {
    "package.json": `{ "name": "@types/users", "types": "index.d.ts" }`,
    "index.d.ts": user("age"),
  });
}

describe("a change is seen", { timeout: 60_000 }, () => {
  const first = start();
  const built = build(first);

  test.each(visible)("%s", async (_what, change) => {
    expect(codes(await built)).toEqual([]);
    const root = copyOf(first);
    await build(root);
    expect((await check(request(root))).value.unchanged).toBe(true);
    change(root);
    expect(codes(await check(request(root)))).toEqual(["MG604"]);
    expect(codes(await build(root))).toEqual([]);
    const output = outputOf(root);
    rmSync(join(root, "server"), { recursive: true });
    await build(root);
    expect(output).toEqual(outputOf(root));
  });

  test("a tsconfig that goes", async () => {
    const root = start({ ...base, "src/tsconfig.json": `{ "extends": "../tsconfig.json", "include": ["."] }` });
    await build(root);
    rmSync(join(root, "src/tsconfig.json"));
    expect(codes(await check(request(root)))).toEqual(["MG604"]);
  });

  test("another mcpgen", async () => {
    const root = copyOf(first);
    await build(root);
    const place = readFolder(join(root, "node_modules/.cache/mcpgen"));
    for (const [path, text] of Object.entries(place))
      writeFiles(join(root, "node_modules/.cache/mcpgen"), { [path]: text.replace(/"builder":"/, "$&0") });
    expect((await check(request(root))).value.unchanged).toBeUndefined();
  });
});

describe("what changes nothing", { timeout: 60_000 }, () => {
  const warned = `const seen: string[] = [];\n/** Sees. */\nexport const see = (id: string): number => seen.push(id);\n`;

  test("a package that is installed again costs no build", async () => {
    const root = start();
    await build(root);
    writeFiles(root, { "node_modules/rows/row.d.ts": base["node_modules/rows/row.d.ts"] ?? "" });
    expect((await build(root)).value.unchanged).toBe(true);
    expect((await check(request(root))).value.unchanged).toBe(true);
  });

  test("another checkout, with what this one remembers or without, is up to date", async () => {
    const root = start();
    await build(root);
    const copy = copyOf(root);
    expect(await check(request(copy))).toMatchObject({ value: { root: copy }, diagnostics: [] });
    rmSync(join(copy, "node_modules/.cache"), { recursive: true });
    expect(codes(await check(request(copy)))).toEqual([]);
    expect(readFolder(join(copy, "server"))).toEqual(readFolder(join(root, "server")));
  });

  test("the warnings of the last build are counted", async () => {
    const root = start({ "package.json": "{}", "src/see.ts": warned });
    const { diagnostics } = await build(root);
    expect(diagnostics).toHaveLength(1);
    expect((await build(root)).value).toMatchObject({ unchanged: true, warnings: 1 });
  });

  test("without a node_modules, the memory lies in the output, where no repository sees it", async () => {
    const root = start({ "package.json": "{}", "src/see.ts": warned });
    await build(root);
    expect(readFolder(join(root, "server/.mcpgen"))[".gitignore"]).toBe("*\n!/base.json\n");
    expect(existsSync(join(root, "server/.mcpgen/memory.json"))).toBe(true);
  });

  test("another output beside this one is no part of the source", async () => {
    const note = `import type { Logger } from "mcpgen";\n/** Notes. */\nexport function note(text: string, log: Logger): void { log.info(text); }`;
    const root = start({ "package.json": "{}", "tsconfig.json": "{}", "src/note.ts": note });
    const other = { cwd: root, source: "src", output: "other" };
    await build(root);
    await generate({ ...other, owner: thisProcess });
    const beside = outputOf(root, "other");
    // The tsconfig takes both for parts of the project, and that alone is told.
    expect(codes(await check(request(root)))).toEqual(["MG114"]);
    for (const output of ["server", "other"]) rmSync(join(root, output), { recursive: true });
    await generate({ ...other, owner: thisProcess });
    expect(outputOf(root, "other")).toEqual(beside);
  });

  test("the lock of an editor beside a source is no source", async () => {
    const root = start({ "package.json": "{}", "src/see.ts": warned });
    await build(root);
    symlinkSync("me@host.123", join(root, "src/.#see.ts"));
    expect((await build(root)).value.unchanged).toBe(true);
  });

  test("a build that fails forgets nothing", async () => {
    const root = start({ "package.json": "{}", "src/see.ts": warned });
    await build(root);
    writeFiles(root, { "src/see.ts": "export const see = (;" });
    expect(codes(await build(root))).toContain("MG109");
    writeFiles(root, { "src/see.ts": warned });
    expect((await build(root)).value.unchanged).toBe(true);
  });

  test("an edit of the configuration while a build runs is a change for the next one", async () => {
    const root = start({ "package.json": "{}", "src/see.ts": warned });
    const onStage = (stage: string): void => {
      if (stage === "compare") writeFiles(root, { "mcpgen.json": '{ "title": "Sights" }' });
    };
    await generate({ ...request(root), owner: thisProcess, onStage });
    expect((await build(root)).value.unchanged).toBeUndefined();
    const output = outputOf(root);
    rmSync(join(root, "server"), { recursive: true });
    await build(root);
    expect(output).toEqual(outputOf(root));
  });
});
