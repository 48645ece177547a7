/**
 * The README tells the truth: its functions are built, its generated file is what comes out of them, its commands
 * and flags exist, its configuration loads, its types are served.
 * `UPDATE_DOCS=1` writes the generated parts anew.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadConfig } from "../src/config/load.js";
import { clientConfig } from "../src/create/next-steps.js";
import { engine } from "./support/engine.js";
import { readBlocks, tableRows, type Block } from "./support/readme.js";

const root = join(import.meta.dirname, "..");
const readmePath = join(root, "README.md");
const work = join(root, `node_modules/.cache/mcpgen-test/docs-${process.pid}`);
const blocks = readBlocks(readFileSync(readmePath, "utf8"));
const GENERATED = "// server/generated/";

const sources = blocks.filter(({ language, text }) => language === "ts" && text.startsWith("// src/"));
const generated = blocks.filter(({ language, text }) => language === "ts" && text.startsWith(GENERATED));
const commands = blocks.filter(({ language }) => language === "sh").flatMap(({ text }) => text.trim().split("\n"));
const json = blocks.filter(({ language }) => language === "json");

beforeAll(() => {
  for (const { text } of sources) write(firstLine(text).replace("// ", ""), text);
  write("types/functions.ts", typesTable().join("\n"));
  expect(mcpgen("build", "src", "--out", "server")).toMatchObject({ status: 0 });
  if (process.env["UPDATE_DOCS"]) updateReadme();
}, 60_000);
afterAll(() => rmSync(work, { recursive: true, force: true }));

test("every block is of a kind that is checked", () => {
  expect(
    sources.length + generated.length + json.length + blocks.filter(({ language }) => language === "sh").length,
  ).toBe(blocks.length);
  expect(Math.min(sources.length, generated.length, json.length, commands.length)).toBeGreaterThan(0);
});

describe("TypeScript", () => {
  test("the functions are served without a complaint", () => {
    expect(mcpgen("check", "src", "--out", "server").output).not.toMatch(/warning|error/);
  });
  test.each(generated.map(({ text }) => [firstLine(text), text]))("%s is what mcpgen makes of them", (path, text) => {
    expect(text).toBe(`${path}\n${readFileSync(join(work, path.replace("// ", "")), "utf8")}`);
  });
  test("functions and generated files type-check", { timeout: 60_000 }, () => {
    const tsc = join(root, "node_modules/typescript/bin/tsc");
    expect(run(tsc, "-p", "server")).toEqual({ status: 0, output: "" });
  });
});

describe("commands", () => {
  const own = scripts(join(root, "package.json"));
  test.each(commands)("%s", (line) => {
    const words = line
      .replace(/\s*#.*/, "")
      .replace(/^npx /, "")
      .split(" ");
    if (words[0] === "mcpgen") return expectCommand(words.slice(1));
    if (line.startsWith("npm create mcp-server ")) return expectProject(words.slice(3));
    if (words[0] === "cd") return expect(words[1]).toBe("server");
    // What is run in the project itself is also what CI runs.
    const ci = readFileSync(join(root, ".ci/run"), "utf8").replaceAll("--silent ", "");
    if (words.includes("ci")) return line.split(" && ").forEach((command) => expect(ci).toContain(command));
    if (line === "npm install") return;
    expect(scripts(join(work, "server/package.json"))).toContain(words.at(-1));
  });
  test.each(["demo", "test", "bench"])("npm run %s is a script", (name) => expect(own).toContain(name));
});

describe("JSON", () => {
  test.each(json.map(({ text }) => [Object.keys(JSON.parse(text) as object).join(), text]))(
    "%s",
    async (keys, text) => {
      if (keys === "mcpServers")
        return expect(JSON.parse(text)).toEqual(JSON.parse(clientConfig("my-server", "/absolute/path/to/server")));
      const folder = join(work, "configured");
      write("configured/mcpgen.json", text);
      write("configured/src/orders.ts", sources[0]?.text ?? "");
      write("configured/tsconfig.json", "{}");
      const { value, diagnostics } = await loadConfig({ cwd: folder });
      expect(diagnostics).toEqual([]);
      expect(value).toMatchObject({
        source: join(folder, "src"),
        output: join(folder, "server"),
        naming: "snake_case",
      });
    },
  );
});

describe("tables", () => {
  test("every type of the table is served", { timeout: 30_000 }, () => {
    const { status, output } = mcpgen("build", "types", "--out", "served");
    const complaints = (output.match(/^(?:error|warning) .*/gm) ?? []).filter((line) => !line.includes("`unknown`"));
    expect({ status, complaints }).toEqual({ status: 0, complaints: [] });
  });
});

/** The command exists, and so do its flags; values in capitals stand for the user's own. */
function expectCommand([name = "", ...words]: readonly string[]): void {
  const { status, output } = mcpgen(name, "--help");
  expect({ name, status }).toEqual({ name, status: 0 });
  expect(output).toContain(`mcpgen ${name}`);
  // `call` takes the tool's own arguments as flags.
  const flags = words.filter((word) => word.startsWith("--") && name !== "call");
  for (const flag of flags) expect(output).toContain(flag);
}

function expectProject(words: readonly string[]): void {
  const { status, output } = run(join(root, "bin/create-mcp-server.js"), ...words, "--yes", "--no-install", "--no-git");
  expect({ status, output }).toMatchObject({ status: 0 });
  expect(output).toContain(`cd ${words[0] ?? ""}`);
}

/** One function for each type in the table's first column. */
function typesTable(): readonly string[] {
  const types = tableRows(readFileSync(readmePath, "utf8"), "| TypeScript ").flatMap(([cell = ""]) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, type = ""]) => type),
  );
  expect(types.length).toBeGreaterThan(10);
  return types.map(
    (type, index) =>
      `/** Takes a value and gives it back. */\nexport function f${index}(value: ${type.replaceAll("\\|", "|")}, times: number): { value: ${type.replaceAll("\\|", "|")} } { return { value }; }`,
  );
}

function updateReadme(): void {
  let text = readFileSync(readmePath, "utf8");
  for (const block of generated) text = text.replace(block.text, () => refreshed(block));
  writeFileSync(readmePath, text);
}

function refreshed({ text }: Block): string {
  const path = firstLine(text);
  return `${path}\n${readFileSync(join(work, path.replace("// ", "")), "utf8")}`;
}

function mcpgen(...args: readonly string[]) {
  return run(join(root, "bin/mcpgen.js"), ...args);
}

function run(script: string, ...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...engine, script, ...args], {
    cwd: work,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1" },
  });
  return { status, output: `${stdout}${stderr}` };
}

function scripts(packageJson: string): readonly string[] {
  return Object.keys((JSON.parse(readFileSync(packageJson, "utf8")) as { scripts: object }).scripts);
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(work, path)), { recursive: true });
  writeFileSync(join(work, path), text);
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? "";
}

test("the map names each folder of src, and no other", () => {
  const rows = [...readFileSync(join(root, "src/README.md"), "utf8").matchAll(/^\| `(\w+)\/` \|/gm)].map(
    ([, name]) => name,
  );
  const folders = readdirSync(join(root, "src"), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(rows.toSorted()).toEqual(folders.map(({ name }) => name).toSorted());
});
