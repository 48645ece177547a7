/** Builds of one process after another, as `mcpgen dev` makes them: what has not changed is not parsed again, and means what it would in a process of its own. */
import { join } from "node:path";
import type { ts } from "ts-morph";
import { beforeEach, expect, test } from "vitest";
import { openParsedFiles } from "../../src/discover/compiler/parsed-files.js";
import { compiler } from "../../src/analyze/checker/compiler.js";
import { generateFiles } from "../support/fixtures/generate.js";
import { emptySuite, openWorkspace, writeText } from "../support/fixtures/workspace.js";

const folder = join(emptySuite("rebuilt"), "project");
const write = (path: string, text: string) => {
  writeText(join(folder, path), text);
};

beforeEach(() => {
  write(
    "src/find.ts",
    'import type { Id, User } from "./types.js";\n/** Finds. */\nexport function find(id: Id): User { return { id }; }\n',
  );
  write("src/types.ts", "export type Id = string;\nexport interface User { id: unknown }\n");
});

async function surface(): Promise<string> {
  const { files } = await generateFiles(openWorkspace("project", folder), {});
  return files.find(({ path }) => path === "generated/surface.json")?.text ?? "";
}

test.each([
  [
    "a constraint of an alias",
    "/** @minLength 3 */\nexport type Id = string;\nexport interface User { id: unknown }\n",
    '"minLength": 3',
  ],
  [
    "another type",
    "export type Id = number;\nexport interface User { id: unknown; nickname?: string }\n",
    '"nickname"',
  ],
  [
    "a global",
    "declare global { interface Size { width: number } }\nexport type Id = Size;\nexport interface User { id: unknown }\n",
    '"width"',
  ],
])("a file that stays means what the changed one says: %s", async (_, types, expected) => {
  const before = await surface();
  expect(before).not.toContain(expected);
  write("src/types.ts", types);
  expect(await surface()).toContain(expected);
  write("src/types.ts", "export type Id = string;\nexport interface User { id: unknown }\n");
  expect(await surface()).toBe(before);
});

test("a file is parsed once for each of its texts, its options and its form", () => {
  let parsed = 0;
  const take = (options: ts.CompilerOptions, form: string, text: string) =>
    openParsedFiles(options, "whole").take({ name: "a.ts", form, text }, () => {
      parsed += 1;
      return compiler.createSourceFile("a.ts", text, compiler.ScriptTarget.ES2022);
    });
  const first = take({ strict: true }, "99", "let a;");
  expect(take({ strict: true, outDir: "elsewhere" }, "99", "let a;")).toBe(first);
  expect(parsed).toBe(1);
  for (const [options, form, text] of [
    [{ strict: true }, "99", "let b;"],
    [{ strict: true }, "1", "let a;"],
    [{ strict: false }, "99", "let a;"],
  ] as const)
    take(options, form, text);
  expect(parsed).toBe(4);
});

const make = (text: string) => () => compiler.createSourceFile("a.ts", text, compiler.ScriptTarget.ES2022);

test("what a program does not take is forgotten", () => {
  const options = { strictNullChecks: false };
  const first = openParsedFiles(options, "whole").take({ name: "a.ts", form: "1", text: "a" }, make("a"));
  openParsedFiles(options, "whole").take({ name: "b.ts", form: "1", text: "b" }, make("b"));
  expect(openParsedFiles(options, "whole").take({ name: "a.ts", form: "1", text: "a" }, make("a"))).not.toBe(first);
});

test("a program of a part forgets nothing of the whole", () => {
  const options = { strict: true, target: compiler.ScriptTarget.ES2022 };
  const file = { name: "whole.ts", form: "1", text: "a" };
  const first = openParsedFiles(options, "whole").take(file, make("a"));
  openParsedFiles(options, "part").take({ name: "part.ts", form: "1", text: "b" }, make("b"));
  expect(openParsedFiles(options, "whole").take(file, make("a"))).toBe(first);
});
