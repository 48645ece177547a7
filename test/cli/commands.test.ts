/** The command line as a person and a program meet it: what is printed where, and what each command returns. */
import { cpSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { repository } from "../support/fixtures/cases.js";
import { runMcpgen, runNode, type Ran } from "../support/fixtures/process.js";
import { emptySuite, writeText } from "../support/fixtures/workspace.js";
import { askMcpgen } from "../support/resident/ask.js";

const suite = emptySuite("cli");
const folder = join(suite, "project");
const build = ["build", "src", "--out", "server"];

const source = `
/**
 * Adds two numbers.
 * @param a The first.
 */
export function add(a: number, b = 1): number { return a + b; }

/** Says who is there. */
export function list(names: string[], loud = false): { text: string } {
  const text = names.join(" and ");
  return { text: loud ? text.toUpperCase() : text };
}

/** Always fails. */
export function fail(): string { throw Object.assign(new Error("no luck today"), { expose: true }); }
`;

beforeAll(() => {
  writeText(join(folder, "package.json"), '{ "type": "module" }\n');
  writeText(join(folder, "src/a.ts"), source);
});

function mcpgen(...args: readonly string[]): Ran {
  return runMcpgen({ cwd: folder }, ...args);
}

test("--json is JSON also where the usage is wrong", () => {
  for (const [args, reason] of [
    [["build", "--unheard-of", "--json"], "unknown option '--unheard-of'"],
    [["call", "--json"], "missing required argument 'tool'"],
    [["explain", "--json", "MG999"], "there is no code MG999; `mcpgen explain` lists all of them"],
    [["explain", "--json", "@cahce"], "there is no tag @cahce; did you mean @cache?"],
    [["build", "src", "--src", "lib", "--json"], "the source is named twice: src and --src lib"],
  ] as const) {
    const { status, stdout, stderr } = mcpgen(...args);
    expect({ status, stderr }).toEqual({ status: 2, stderr: "" });
    expect(JSON.parse(stdout)).toEqual({ status: "failed", reason, diagnostics: [] });
  }
});

describe("help", () => {
  test.each(["build", "upgrade", "check", "list", "diff", "call", "bench", "explain", "graph"])("%s", (command) => {
    const place = { cwd: folder };
    const all = askMcpgen(place, "--help");
    expect(all).toMatchObject({ status: 0, stderr: "", stdout: expect.stringContaining(`  ${command} `) });
    const { status, stdout } = askMcpgen(place, command, "--help");
    expect(status).toBe(0);
    expect(stdout).toMatch(new RegExp(`^Usage: mcpgen ${command} `));
    expect(stdout).toContain("Options:");
  });

  test("version", () => expect(mcpgen("--version").stdout).toMatch(/^\d+\.\d+\.\d+\n$/));
});

describe("wrong usage returns 2, and says so on stderr", () => {
  test.each([
    [["nope"], "unknown command 'nope'"],
    [["build", "--nope"], "unknown option '--nope'"],
    [["build", "src", "--naming", "shouting"], "Allowed choices are as-is, snake_case, file_function"],
    [["diff", "HEAD", "other"], "too many arguments"],
    [["call"], "missing required argument 'tool'"],
    [["explain", "MG999"], "there is no code MG999"],
  ])("mcpgen %s", (args, complaint) => {
    expect(mcpgen(...args)).toMatchObject({ status: 2, stdout: "", stderr: expect.stringContaining(complaint) });
  });
});

describe("build, check, list", () => {
  test("first nothing is up to date, then everything is", () => {
    expect(mcpgen("check", "src", "--out", "server")).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("MG604"),
    });
    const first = mcpgen(...build);
    expect(first).toMatchObject({ status: 0, stderr: "" });
    expect(first.stdout).toMatch(
      /^src → server {3}3 functions in 1 file, [\d.]+ s\n {2}3 tools {6}tools\/list costs \d+ tokens\n/,
    );
    expect(mcpgen(...build).stdout).toMatch(/^src → server {3}up to date, [\d.]+ s\n$/);
    expect(mcpgen("check", "src", "--out", "server")).toMatchObject({ status: 0, stderr: "" });
  });

  test("--json is one document", () => {
    const { status, tools, diagnostics } = JSON.parse(mcpgen(...build, "--json").stdout) as Record<string, unknown>;
    expect({ status, diagnostics }).toEqual({ status: "unchanged", diagnostics: [] });
    expect(tools).toMatchObject([{ name: "add" }, { name: "fail" }, { name: "list" }]);
  });

  test("list prints a table, or what a client sees", () => {
    const { stdout } = mcpgen("list", "src", "--out", "server");
    expect(stdout).toMatch(/^TOOL +ARGUMENTS +RESULT +TOKENS\nadd +a: number, b\?: number +text +\d+\n/);
    const { tools } = JSON.parse(mcpgen("list", "src", "--out", "server", "--json").stdout) as {
      tools: { name: string }[];
    };
    expect(tools.map(({ name }) => name)).toEqual(["add", "fail", "list"]);
  });

  test("errors go to stderr with their place, without colour", () => {
    const broken = join(suite, "broken");
    writeText(join(broken, "src/b.ts"), "/** A. */\nexport function a(f: () => void): void { f(); }\n");
    const { status, stdout, stderr } = runMcpgen({ cwd: broken }, ...build);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toMatch(/^error MG301: .*\n {2}src\/b.ts:2:22\n/);
    expect(stderr).not.toContain("\u001b[");
    expect(stderr).toMatch(/\nread more: mcpgen explain MG301\n1 error/);
    const { diagnostics } = JSON.parse(askMcpgen({ cwd: broken }, ...build, "--json").stdout) as Record<
      string,
      unknown
    >;
    expect(diagnostics).toMatchObject([{ code: "MG301", span: { file: "src/b.ts", start: { line: 2, column: 22 } } }]);
  });
});

test("what has one cause is told once; --verbose tells each, --quiet errors alone", () => {
  const bare = join(suite, "bare");
  writeText(
    join(bare, "src/b.ts"),
    "export function a(): number { return 1; }\nexport function b(): number { return 2; }\n",
  );
  const run = (...args: readonly string[]) => askMcpgen({ cwd: bare }, ...build, "--force", ...args);
  expect(run().stderr).toMatch(/^warning MG504: no description, 2 times\n {2}`a`, `b`\n/);
  expect(run("--verbose").stderr.match(/^warning MG504: `[ab]` has no description$/gm)).toHaveLength(2);
  const { stdout, stderr } = run("--quiet");
  expect(stderr).toBe("");
  expect(stdout).toMatch(/^src → server {3}up to date, .* s\n$/);
  const { diagnostics } = JSON.parse(run("--json").stdout) as { readonly diagnostics: readonly unknown[] };
  expect(diagnostics).toHaveLength(2);
});

describe("call", () => {
  const call = (...words: readonly string[]) => mcpgen("call", "--src", "src", "--out", "server", ...words);

  test.each([
    ["options", ["add", "--a", "2", "--b=3"], "5\n"],
    ["a JSON object", ["add", '{"a":2}'], "3\n"],
    ["lists and flags", ["list", "--names", "Ada", "--names", "Bob", "--loud"], '{\n  "text": "ADA AND BOB"\n}\n'],
  ])("by %s", { timeout: 30_000 }, (_, words, printed) => {
    expect(call(...words)).toMatchObject({ status: 0, stdout: printed });
  });

  test.each([
    ["a refused argument", ["add", "--a", "x"], 1, "`a`: expected a number"],
    ["a failing tool", ["fail"], 1, "no luck today"],
    ["an unknown tool", ["nope"], 1, "Unknown tool: nope"],
    ["arguments that are no JSON", ["add", "{a}"], 2, "JSON"],
  ])("%s", { timeout: 30_000 }, (_, words, status, complaint) => {
    expect(call(...words)).toMatchObject({ status, stdout: "", stderr: expect.stringContaining(complaint) });
  });

  test("before npm install: MG609", () => {
    const bare = join(emptySuite("cli-bare"), "project");
    rmSync(join(bare, "../node_modules"));
    writeText(join(bare, "src/a.ts"), source);
    const ran = runMcpgen({ cwd: bare }, "call", "--src", "src", "--out", "server", "add", "--a", "1");
    expect(ran).toMatchObject({ status: 1, stderr: expect.stringContaining("error MG609: not installed:") });
  });

  test("a source that cannot be bundled: MG611", { timeout: 30_000 }, () => {
    writeText(join(suite, "lost/src/a.ts"), `import "./lost.js";\n${source}`);
    const ran = runMcpgen({ cwd: join(suite, "lost") }, "call", "--src", "src", "--out", "server", "add", "--a", "1");
    expect(ran).toMatchObject({ status: 1, stderr: expect.stringContaining("error MG611: ") });
    expect(ran.stderr).toContain("./lost.js");
  });

  test("a server that does not start: MG612", { timeout: 30_000 }, () => {
    writeText(join(suite, "dead/src/a.ts"), `${source}\nthrow new Error("no configuration");\n`);
    const ran = runMcpgen({ cwd: join(suite, "dead") }, "call", "--src", "src", "--out", "server", "add", "--a", "1");
    expect(ran).toMatchObject({ status: 1, stderr: expect.stringContaining("error MG612: the server did not start") });
    expect(ran.stderr).toContain("no configuration");
  });
});

test("explain tells the long form, and lists all codes", () => {
  const { stdout } = mcpgen("explain", "mg301");
  expect(stdout).toMatch(/^error MG301: type cannot be served\n\nFunctions, symbols, class instances/);
  expect(stdout).toMatch(
    /\nWhat to do:\n {2}change the member .*\n[^]*\nExample:\n {2}\/\/ src\/.*\n[^]*error MG301: /,
  );
  expect(mcpgen("explain").stdout.match(/^MG\d{3} /gm)?.length).toBeGreaterThan(40);
});

test("a bug in mcpgen returns 70 and says that it is ours: MG901", () => {
  const copy = join(suite, "damaged");
  for (const part of ["bin", "dist", "package.json", "templates/build"])
    cpSync(join(repository, part), join(copy, part), { recursive: true });
  writeFileSync(join(copy, "templates/empty"), "");
  const ran = runNode({ cwd: folder }, join(copy, "bin/mcpgen.js"), "build", "src", "--out", "elsewhere");
  expect(ran).toMatchObject({
    status: 70,
    stdout: "",
    stderr: expect.stringContaining("error MG901: this is a bug in mcpgen"),
  });
});
