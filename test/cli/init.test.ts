/**
 * `mcpgen init` in projects as people have them: an Express application with services, a Next one with `lib`, Nest-like
 * classes. From there to a client's call it takes three commands, the installation among them, which the workshop stands for.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { runMcpgen, type Ran } from "../support/fixtures/process.js";
import { emptySuite, writeText } from "../support/fixtures/workspace.js";
import { applications, type Application } from "../support/applications.js";
import { askMcpgen } from "../support/resident/ask.js";

const suite = emptySuite("init");

function project(name: string, files: Application["files"]): string {
  const folder = join(suite, name);
  for (const [path, text] of Object.entries(files)) writeText(join(folder, path), text);
  return folder;
}

const read = (folder: string, path: string) => readFileSync(join(folder, path), "utf8");
const lines = ({ stdout, stderr }: Ran) => (stdout + stderr).trim().split("\n").length;

describe.each(applications)("$name", ({ name, files, refused, config, call, answer, byHand }) => {
  const cwd = project(name, files);

  test("from there to a call, with output that fits a screen", () => {
    const first = runMcpgen({ cwd }, "init", "--yes");
    expect(first).toMatchObject({ status: 0 });
    expect(lines(first)).toBeLessThanOrEqual(40);
    for (const text of [...refused, ...byHand]) expect(first.stdout).toContain(text);
    expect(JSON.parse(read(cwd, "mcpgen.json"))).toEqual(config);
    expect(askMcpgen({ cwd }, "call", ...call)).toMatchObject({ status: 0, stdout: expect.stringContaining(answer) });
  });

  test("a second time changes nothing", () => {
    const paths = ["mcpgen.json", "package.json", "tsconfig.json"];
    const before = paths.map((path) => read(cwd, path));
    const { status, stdout } = askMcpgen({ cwd }, "init", "--yes");
    expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringContaining("are as they should be") });
    expect(stdout).toContain("up to date");
    expect(paths.map((path) => read(cwd, path))).toEqual(before);
  });

  test("the compiler of the project and its tests stay apart from the output", () => {
    expect(askMcpgen({ cwd }, "check")).toMatchObject({ status: 0, stderr: expect.not.stringContaining("MG114") });
  });
});

const small = {
  "package.json": '{ "name": "small", "type": "module" }\n',
  "src/a.ts":
    "/** Adds. */\nexport function add(a: number): number { return a; }\n/** Takes. */\nexport function take(a: number): number { return a; }\n",
  "src/b.ts": "/** Names.\n * @tool */\nexport function nameOf(a: string): string { return a; }\n",
  "src/deep/c.ts": "/** Calls. */\nexport function call(f: () => void): void { f(); }\n",
};

describe("answers as flags", () => {
  const init = (cwd: string, ...flags: readonly string[]) => askMcpgen({ cwd }, "init", ...flags);
  const config = (cwd: string): unknown => JSON.parse(read(cwd, "mcpgen.json"));

  test("each refusal has its reason, wherever that is told", () => {
    const uninstalled = `import type { Box } from "boxes";\n/** Packs. */\nexport function pack(box: Box): void { void box; }\n`;
    const same = "/** Adds. */\nexport function add(a: number): number { return a; }\n";
    const cwd = project("reasons", {
      ...{ "package.json": `{ "dependencies": { "boxes": "1.0.0" } }`, "src/ok.ts": same.replace("add", "other") },
      ...{ "src/a.ts": same, "src/b.ts": same, "src/c.ts": uninstalled },
    });
    const { stdout } = init(cwd, "--dry-run");
    expect(stdout.match(/add +refused: two tools are called `add` \(MG501\)/g)).toHaveLength(2);
    expect(stdout).toMatch(/pack +refused: Cannot find module 'boxes'.*\(MG110\)/);
  });

  test("--dry-run shows the lines and writes nothing", () => {
    const cwd = project("dry", small);
    const { status, stdout } = init(cwd, "--dry-run");
    expect(status).toBe(0);
    expect(stdout).toContain('+    "b.ts"');
    expect(stdout).toContain("call   refused: `f` is a function (MG301)");
    expect(() => read(cwd, "mcpgen.json")).toThrow();
  });

  test("single functions, another folder, no scripts", () => {
    const cwd = project("flags", small);
    const flags = ["--files", "a.ts#add", "--files", "b.ts", "--out", "api/mcp", "--no-scripts", "--no-build"];
    expect(init(cwd, ...flags).status).toBe(0);
    expect(config(cwd)).toEqual({ source: "src", out: "api/mcp", functions: ["a.ts#add", "b.ts"] });
    expect(read(cwd, "package.json")).toBe(small["package.json"]);
    const listed = JSON.parse(askMcpgen({ cwd }, "list", "--json").stdout) as { tools: { name: string }[] };
    expect(listed.tools.map(({ name }) => name)).toEqual(["add", "nameOf"]);
  });

  test("a file, and several folders, are the source", () => {
    const cwd = project("sources", small);
    init(cwd, "--source", "src/a.ts", "--no-build");
    expect(config(cwd)).toEqual({ source: "src", out: "server", functions: ["a.ts"] });
    init(cwd, "--source", "src/a.ts", "--source", "src/b.ts", "--no-build");
    expect(config(cwd)).toEqual({ source: "src", out: "server", functions: ["a.ts", "b.ts"] });
  });

  test("tagged functions only", () => {
    const cwd = project("tagged", small);
    const { status, stdout } = init(cwd, "--expose", "tagged");
    expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringContaining("1 tool ") });
    expect(config(cwd)).toEqual({ source: "src", out: "server", expose: "tagged" });
  });

  test("nothing is built where nothing is tagged yet, and the lines to tag are named", () => {
    const cwd = project("untagged", { ...small, "src/b.ts": "" });
    const { status, stdout } = init(cwd, "--expose", "tagged");
    expect(status).toBe(0);
    expect(stdout).toContain("such as add (src/a.ts:2), take (src/a.ts:4)");
    expect(askMcpgen({ cwd }, "build").stderr).toContain("MG102");
  });

  test("--json asks nothing and tells all", () => {
    const cwd = project("json", small);
    const said = JSON.parse(init(cwd, "--json", "--no-build").stdout) as Record<string, unknown>;
    expect(said).toMatchObject({ status: "written", source: "src", out: "server", serves: ["a.ts", "b.ts"] });
    expect(said["functions"]).toContainEqual(
      expect.objectContaining({ name: "call", fate: "refused", reasons: [expect.objectContaining({ code: "MG301" })] }),
    );
  });

  test("an output that is taken is left alone", () => {
    const cwd = project("taken", { ...small, "server/main.js": "" });
    init(cwd, "--no-build");
    expect(config(cwd)).toMatchObject({ out: "mcp" });
  });
});

test("comments and other keys of mcpgen.json stay", () => {
  const text = '{\n  // Ours.\n  "name": "shop", // to clients\n  "source": "lib",\n  "naming": "snake_case"\n}\n';
  const cwd = project("comments", { ...small, "mcpgen.json": text });
  expect(askMcpgen({ cwd }, "init", "--source", "src", "--no-build").status).toBe(0);
  const now = read(cwd, "mcpgen.json");
  for (const kept of ["// Ours.", '"name": "shop", // to clients', '"naming": "snake_case"'])
    expect(now).toContain(kept);
  expect(now).toContain('"source": "src"');
});

describe("nothing is written", () => {
  test("where there is no project, and where nothing can be served", () => {
    const bare = askMcpgen(
      { cwd: join(project("bare", { "bare/src/a.txt": "", "bare/.git/HEAD": "" }), "bare") },
      "init",
    );
    expect(bare).toMatchObject({ status: 2, stderr: expect.stringContaining("there is no package.json") });
    const none = project("none", { "package.json": "{}", "src/c.ts": small["src/deep/c.ts"] });
    const ran = askMcpgen({ cwd: none }, "init");
    expect(ran).toMatchObject({ status: 1, stderr: expect.stringContaining("MG301") });
    expect(ran.stderr).toContain("nothing here can be served");
    expect(() => read(none, "mcpgen.json")).toThrow();
  });
});

test("a build of an application's folder that fails points here, once there is much to choose", () => {
  const refused = [1, 2, 3].map((at) => `export function call${String(at)}(f: () => void): void { f(); }\n`).join("");
  const cwd = project("points", { "package.json": "{}", "src/a.ts": `${refused}${small["src/b.ts"]}` });
  expect(askMcpgen({ cwd }, "build", "src").stderr).toContain("`mcpgen init` lets you choose among them");
  writeText(join(cwd, "mcpgen.json"), '{ "source": "src" }');
  expect(askMcpgen({ cwd }, "build").stderr).not.toContain("mcpgen init");
});
