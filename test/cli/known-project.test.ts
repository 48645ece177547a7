/** After one build no command has to be told where the project is; with `keepGoing` none stops at what cannot be served. */
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { askMcpgen } from "../support/resident/ask.js";
import { emptySuite, writeText } from "../support/fixtures/workspace.js";

const suite = emptySuite("known");
const folder = join(suite, "project");

beforeAll(() => {
  writeText(join(folder, "package.json"), '{ "type": "module" }\n');
  writeText(join(folder, "lib/orders/a.ts"), "/** Adds. */\nexport function addAll(a: number): number { return a; }\n");
  askMcpgen({ cwd: folder }, "build", "lib", "--out", "mcp", "--naming", "snake_case");
});

describe.each([
  ["the project", "."],
  ["the source", "lib/orders"],
  ["the output", "mcp/generated"],
])("from %s", (_, place) => {
  test.each([["check"], ["build"]])("%s finds it up to date", (command) => {
    const { status, stdout } = askMcpgen({ cwd: join(folder, place) }, command);
    expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringContaining("up to date") });
  });

  test("list, graph and explain know the tool by the name it was built with", () => {
    const run = (...args: readonly string[]) => askMcpgen({ cwd: join(folder, place) }, ...args).stdout;
    expect(run("list")).toContain("\nadd_all ");
    expect(run("graph")).toContain("add_all");
    expect(run("explain", "add_all")).toMatch(/^add_all /);
  });
});

test("several outputs are named, and one can be", () => {
  const two = join(suite, "two");
  writeText(join(two, "lib/a.ts"), "/** Adds. */\nexport function add(a: number): number { return a; }\n");
  for (const out of ["one", "other"]) askMcpgen({ cwd: two }, "build", "lib", "--out", out);
  const { status, stderr } = askMcpgen({ cwd: two }, "check");
  expect(status).toBe(1);
  expect(stderr).toContain("error MG101: 2 projects are known here, and none was named\n");
  expect(stderr).toContain("    one\n    other\n  help: name one of them: --out one\n");
  expect(askMcpgen({ cwd: two }, "check", "--out", "other").status).toBe(0);
});

test("a source that mcpgen.json names outweighs what an earlier build was told", () => {
  const moved = join(suite, "moved");
  for (const source of ["lib", "src"])
    writeText(join(moved, source, "a.ts"), `/** In ${source}. */\nexport function of_${source}(): void {}\n`);
  askMcpgen({ cwd: moved }, "build", "lib");
  writeText(join(moved, "mcpgen.json"), '{ "source": "src" }\n');
  expect(askMcpgen({ cwd: join(moved, "server") }, "list").stdout).toContain("of_src");
});

test('"keepGoing": what can be served is, each build names the rest, and check agrees', () => {
  const partly = join(suite, "partly");
  const served = "/** Adds. */\nexport function add(a: number): number { return a; }\n";
  const refused = "/** Calls. */\nexport function call(f: () => void): void { f(); }\n";
  writeText(join(partly, "src/a.ts"), served + refused);
  writeText(join(partly, "mcpgen.json"), '{ "source": "src", "keepGoing": true }\n');
  const built = askMcpgen({ cwd: partly }, "build");
  expect(built).toMatchObject({ status: 0, stdout: expect.stringContaining("\n  left out 1 function: `call`\n") });
  expect(built.stderr).toContain("error MG301");
  const checked = askMcpgen({ cwd: partly }, "check");
  expect(checked).toMatchObject({ status: 0, stdout: expect.stringContaining("\n  left out 1 function: `call`\n") });
  expect(askMcpgen({ cwd: partly }, "call", "add", "--a", "2")).toMatchObject({ status: 0, stdout: "2\n" });
  writeText(join(partly, "src/a.ts"), served.replace("Adds", "Sums") + refused);
  expect(askMcpgen({ cwd: partly }, "check").status).toBe(1);
});
