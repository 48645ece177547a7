/** What a person is asked in a terminal, by `mcpgen init`, `mcpgen install` and `create-mcp-server`, and what comes of their answers. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { repository } from "../support/fixtures/cases.js";
import { emptySuite, writeText } from "../support/fixtures/workspace.js";
import { converse, hasTerminal, keys, type Dialogue } from "../support/terminal.js";

const suite = emptySuite("dialogue");
const { enter, down, space, cancel } = keys;

if (!hasTerminal) console.info("dialogues are skipped: there is no `script` that makes a terminal");

function project(name: string): string {
  const folder = join(suite, name);
  writeText(join(folder, "package.json"), '{ "name": "small", "type": "module" }\n');
  writeText(join(folder, "lib/a.ts"), functionsOf("addOne", "addTwo"));
  writeText(join(folder, "lib/b.ts"), functionsOf("addThree"));
  return folder;
}

function functionsOf(...names: readonly string[]): string {
  return names.map((name) => `/** Adds. */\nexport function ${name}(a: number): number { return a; }\n`).join("");
}

describe.skipIf(!hasTerminal)("mcpgen init", { timeout: 60_000 }, () => {
  const init = (folder: string, dialogue: Dialogue) =>
    converse(folder, [process.execPath, join(repository, "bin/mcpgen.js"), "init", "--no-host"], dialogue);
  const settings = (folder: string): unknown => JSON.parse(readFileSync(join(folder, "mcpgen.json"), "utf8"));

  test("the first of what is proposed, in a folder of one's own", async () => {
    const folder = project("proposed");
    const { status, shown } = await init(folder, [
      ["Where are the functions?", enter],
      ["Folder of the server project?", ...Array.from("-mcp"), enter],
      ["Which functions are to be served?", enter],
      ["Write this, and build?", enter],
    ]);
    expect({ status, shown }).toEqual({ status: 0, shown: expect.stringContaining("3 tools") });
    expect(settings(folder)).toMatchObject({ source: "lib", out: "server-mcp" });
    expect(settings(folder)).not.toHaveProperty("functions");
  });

  test("functions one by one", async () => {
    const folder = project("single");
    const { status } = await init(folder, [
      ["Where are the functions?", enter],
      ["Folder of the server project?", enter],
      ["Which functions are to be served?", down, down, enter],
      // The first line is the file.
      ["Which functions?", down, space, enter],
      ["Write this, and build?", enter],
    ]);
    expect(status).toBe(0);
    expect(settings(folder)).toMatchObject({ functions: ["a.ts#addOne"] });
  });

  test.each([
    ["the first question", [["Where are the functions?", cancel]]],
    [
      "the last one",
      [
        ["Where are the functions?", enter],
        ["Folder of the server project?", enter],
        ["Which functions are to be served?", enter],
        ["Write this, and build?", "n"],
      ],
    ],
  ] as const)("nothing is written where %s is answered with no", async (name, dialogue) => {
    const folder = project(name.replaceAll(" ", "-"));
    await init(folder, dialogue);
    expect(["mcpgen.json", "server"].filter((path) => existsSync(join(folder, path)))).toEqual([]);
  });
});

test.skipIf(!hasTerminal)("create-mcp-server asks for what no flag has said", { timeout: 60_000 }, async () => {
  const command = [process.execPath, join(repository, "bin/create-mcp-server.js"), "--no-git"];
  const { status } = await converse(suite, command, [
    ["Name of the project?", ...Array.from("2 fast"), enter],
    ["would do", ...Array.from({ length: 6 }, () => "\u007f"), ...Array.from("fine"), enter],
    ["Which functions to start from?", down, enter],
    ["Which package manager?", enter],
    ["Which line of the official SDK", down, enter],
    ["Install with npm and build?", "n"],
  ]);
  expect(status).toBe(0);
  expect(existsSync(join(suite, "fine/src"))).toBe(true);
  expect(JSON.parse(readFileSync(join(suite, "fine/mcpgen.json"), "utf8"))).toMatchObject({ sdk: "v2" });
  expect(readFileSync(join(suite, "fine/package.json"), "utf8")).toContain('"@modelcontextprotocol/client"');
});

describe.skipIf(!hasTerminal)("mcpgen install", { timeout: 60_000 }, () => {
  const install = (folder: string, dialogue: Dialogue) =>
    converse(
      folder,
      [process.execPath, join(repository, "bin/mcpgen.js"), "install", "--url", "http://127.0.0.1:3000/mcp"],
      dialogue,
    );

  test("the client is chosen among all", async () => {
    const folder = project("client");
    const { status, shown } = await install(folder, [["Which client is to use the server?", down, down, enter]]);
    expect({ status, shown }).toEqual({ status: 0, shown: expect.stringContaining("into .cursor/mcp.json") });
    expect(existsSync(join(folder, ".cursor/mcp.json"))).toBe(true);
  });

  test("or none is", async () => {
    const { status, shown } = await install(project("no-client"), [["Which client is to use the server?", cancel]]);
    expect({ status, shown }).toEqual({
      status: 130,
      shown: expect.stringContaining("cancelled: nothing was written"),
    });
  });
});
