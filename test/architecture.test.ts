/** The house as a test: who imports whom, how large things are, what is used where. Each rule is also shown to go red. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { importCycles, importViolations } from "./support/architecture/import-rules.js";
import { folders, tangledFolders } from "./support/architecture/matrix.js";
import { readSources, type SourceText } from "./support/architecture/source.js";
import {
  fileSizeViolations,
  folderSizeViolations,
  functionSizeViolations,
  clockViolations,
  globalViolations,
  headerViolations,
  nameViolations,
  syntaxViolations,
} from "./support/architecture/text-rules.js";

const root = join(import.meta.dirname, "..");
const house = readSources(root, ["src", "templates/bench", "templates/runtime"]);
const tests = readSources(root, ["test"]);

describe("the house", () => {
  test("is there", () => expect(house.length).toBeGreaterThan(12));
  test("imports what the table allows", () => expect(importViolations(house)).toEqual([]));
  test("has no import cycles, type-only ones included", () => expect(importCycles(house)).toEqual([]));
  // One floor: a model carries diagnostics, and they carry spans of the model.
  test("has a table without rings", () => expect(tangledFolders(folders)).toEqual(["src/model", "src/diagnostics"]));
  test("keeps folders small", () => expect(folderSizeViolations(house)).toEqual([]));
  test("keeps files small", () => expect(fileSizeViolations([...house, ...tests])).toEqual([]));
  test("keeps functions small", () => expect(functionSizeViolations(house)).toEqual([]));
  test("has no enums, namespaces, `any`, `!`, default exports, flags", () =>
    expect(syntaxViolations(house)).toEqual([]));
  test("touches the world only where it may", () => expect(globalViolations(house)).toEqual([]));
  test("goes by the clock of the runtime", () => expect(clockViolations(house)).toEqual([]));
  test("opens each file with what it is for", () => expect(headerViolations([...house, ...tests])).toEqual([]));
  test("names files after what they contain", () =>
    expect(nameViolations([...house, ...tests].map(({ path }) => path))).toEqual([]));
  test("has only known folders at the top", () => {
    const known = ["bench", "bin", "dist", "docs", "fixtures", "node_modules", "src", "templates", "test"];
    const found = readdirSync(root, { withFileTypes: true }).filter(
      (entry) => entry.isDirectory() && !entry.name.startsWith("."),
    );
    expect(found.map(({ name }) => name).filter((name) => !known.includes(name))).toEqual([]);
  });
});

const at = (path: string, text: string): readonly SourceText[] => [{ path, text }];

describe("the rules go red", () => {
  const imports: readonly (readonly [path: string, text: string, complaint: string])[] = [
    ["src/plan/index.ts", `import { f } from "../analyze/index.js";`, "`src/plan` may not import `src/analyze`"],
    ["src/plan/index.ts", `export * from "../render/index.js";`, "`src/plan` may not import `src/render`"],
    ["src/analyze/index.ts", `import { f } from "../discover/index.js";`, "may import only types of `src/discover`"],
    [
      "src/analyze/index.ts",
      `import { type A, f } from "../discover/index.js";`,
      "may import only types of `src/discover`",
    ],
    ["src/model/plan.ts", `import { z } from "zod";`, "may not import `zod`"],
    ["src/model/plan.ts", `import { f } from "../pipeline.js";`, "`src/model` may not import `src/pipeline.ts`"],
    ["src/render/code/module.ts", `import Handlebars from "handlebars";`, "may not import `handlebars`"],
    ["src/plan/index.ts", `const { Project } = await import("ts-morph");`, "may not import `ts-morph`"],
    ["src/plan/index.ts", `type A = import("ts-morph").Node;`, "may not import `ts-morph`"],
    ["src/analyze/index.ts", `import { readFileSync } from "node:fs";`, "may not import `node:fs`"],
    ["src/render/index.ts", `import { join } from "path";`, "write `node:path`"],
    [
      "src/pipeline.ts",
      `import { f } from "./render/schema.js";`,
      "`src/render/schema.ts` is not a door of `src/render`",
    ],
    [
      "templates/runtime/tools/a.ts",
      `import { f } from "../../../src/pipeline.js";`,
      "may not import `src/pipeline.ts`",
    ],
    [
      "templates/runtime/tools/a.ts",
      `import { Server } from "@modelcontextprotocol/sdk/server/index.js";`,
      "only the sdk-* folders",
    ],
    [
      "src/analyze/checker/a.ts",
      `import type { A } from "../types/types.js";`,
      "`src/analyze/checker` may not import `src/analyze/types`",
    ],
    [
      "src/plan/policies/a.ts",
      `import { f } from "../injection/pools.js";`,
      "`src/plan/policies` may not import `src/plan/injection`",
    ],
    [
      "src/render/code/a.ts",
      `import { f } from "../files/served-file.js";`,
      "`src/render/code` may not import `src/render/files`",
    ],
    [
      "templates/runtime/logging/a.ts",
      `import { f } from "../lifecycle/running.js";`,
      "`templates/runtime/logging` may not import `templates/runtime/lifecycle`",
    ],
    ["src/extra/a.ts", ``, "belongs to no folder of the table"],
  ];
  test.each(imports)("%s: %s", (path, text, complaint) => {
    expect(importViolations(at(path, text)).join()).toContain(complaint);
  });

  test("allowed imports stay silent", () => {
    expect(importViolations(at("src/analyze/a.ts", `import type { Sources } from "../discover/index.js";`))).toEqual(
      [],
    );
    expect(
      importViolations(
        at("templates/runtime/sdk-v1/a.ts", `import { Server } from "@modelcontextprotocol/sdk/server/index.js";`),
      ),
    ).toEqual([]);
  });

  test("cycles", () => {
    const a = { path: "src/plan/a.ts", text: `import type { B } from "./b.js";` };
    const b = { path: "src/plan/b.ts", text: `import type { C } from "./c.js";` };
    const c = { path: "src/plan/c.ts", text: `import type { A } from "./a.js";` };
    expect(importCycles([b, c, a])).toEqual(["src/plan/a.ts -> src/plan/b.ts -> src/plan/c.ts -> src/plan/a.ts"]);
    expect(importCycles([a, b])).toEqual([]);
  });

  test("rings of folders", () => {
    const table = { a: { imports: ["b"] }, b: { types: ["c"] }, c: { imports: ["a"] }, d: { imports: ["a"] } };
    expect(tangledFolders(table)).toEqual(["a", "b", "c"]);
    expect(tangledFolders({ ...table, c: {} })).toEqual([]);
  });

  test("folders", () => {
    const many = (count: number) => Array.from({ length: count }, (_, at) => ({ path: `src/a/f${at}.ts`, text: "" }));
    expect(folderSizeViolations(many(21))).toEqual(["src/a: 21 files, at most 20"]);
    expect(folderSizeViolations(many(20))).toEqual([]);
  });

  test("sizes", () => {
    const lines = (count: number) => Array.from({ length: count }, () => "  f();").join("\n");
    expect(fileSizeViolations(at("src/a.ts", lines(401)))).toHaveLength(1);
    expect(fileSizeViolations(at("src/a.ts", lines(400)))).toEqual([]);
    expect(functionSizeViolations(at("src/a.ts", `function f() {\n${lines(59)}\n}`))).toHaveLength(1);
    expect(functionSizeViolations(at("src/a.ts", `const f = () => {\n${lines(58)}\n};`))).toEqual([]);
    const flat = (count: number) =>
      `function f(kind: "a") {\n  switch (kind) {\n    case "a":\n${lines(count)}\n  }\n}`;
    expect(functionSizeViolations(at("src/a.ts", flat(90)))).toEqual([]);
    expect(functionSizeViolations(at("src/a.ts", flat(96)))).toHaveLength(1);
  });

  test.each([
    ["enum A { B }", "an enum"],
    ["namespace A { export const b = 1; }", "a namespace"],
    ["const a: any = 1;", "an `any`"],
    ["const a = b!;", "a non-null `!`"],
    ["export default 1;", "a default export"],
    ["export default function f() {}", "a default export"],
    ["const f = (quiet: boolean) => quiet;", "a boolean parameter `quiet`"],
    ["function f(a: 1, b: 1, c: 1, d: 1) {}", "4 parameters"],
  ])("%s", (text, complaint) => {
    expect(syntaxViolations(at("src/plan/a.ts", text)).join()).toContain(complaint);
  });

  test.each([
    "process.exit()",
    "console.log(1)",
    "new Date()",
    "Math.random()",
    "a.localeCompare(b)",
    "f(process)",
    "performance.now()",
  ])("%s", (text) => {
    expect(globalViolations(at("src/plan/a.ts", text))).toHaveLength(1);
    expect(globalViolations(at("templates/runtime/context/a.ts", text))).toEqual([]);
  });

  test.each([
    "performance.now()",
    "Date.now()",
    "new Date()",
    "AbortSignal.timeout(1)",
    "setTimeout(f, 1)",
    "Math.random()",
    `import { setTimeout as sleep } from "node:timers/promises";`,
  ])("%s where time is the clock's and chance too", (text) => {
    expect(clockViolations(at("templates/runtime/policies/a.ts", text))).toHaveLength(1);
    expect(clockViolations(at("templates/runtime/time/a.ts", text))).toEqual([]);
    expect(clockViolations(at("src/dev/a.ts", text))).toEqual([]);
  });

  test("names that only look like globals stay silent", () => {
    const text = `interface A { process: 1; at: Date } const b = { console: 1, ...a.process }; type C = Date;`;
    expect(globalViolations(at("src/plan/a.ts", text))).toEqual([]);
  });

  test("headers and names", () => {
    expect(headerViolations(at("src/a.ts", "export const a = 1;"))).toHaveLength(1);
    expect(headerViolations(at("src/a.ts", "/** Says a. */\nexport const a = 1;"))).toEqual([]);
    const bad = [
      "src/utils/a.ts",
      "src/plan/helpers.ts",
      "src/plan/types.ts",
      "src/plan/toolName.ts",
      "src/plan/Tool.ts",
    ];
    expect(nameViolations(bad)).toHaveLength(bad.length);
    expect(nameViolations(["src/model/types.ts", "src/plan/tool-names.ts", "test/golden.test.ts"])).toEqual([]);
  });
});
