/** Where the files of clients are, and how an entry comes into one, changes and goes: everything else in it stays. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clientIds, clientRow, type ClientId, type Machine } from "../../src/cli/install/clients.js";
import { editFile, type Edited } from "../../src/cli/install/edit.js";
import type { Connection } from "../../src/cli/install/entry.js";
import { installHelp } from "../../src/cli/usage/help.js";

const server = "/work/shop/dist/server.js";
const stdio: Connection = { kind: "stdio", node: "/usr/bin/node", server, given: {}, required: [] };
const withKey: Connection = {
  ...stdio,
  required: [{ name: "API_KEY", secret: true, description: "The key.\nOf all." }],
};
const url = "https://shop.example/mcp";

interface Situation {
  readonly text?: string;
  readonly connection?: Connection | undefined;
  readonly force?: boolean;
  readonly url?: string;
}

function edit(client: ClientId, situation: Situation): Edited {
  const { text, force = false } = situation;
  const connection = "connection" in situation ? situation.connection : stdio;
  const known = { server, url: connection?.kind === "http" ? connection.url : situation.url };
  return editFile({ row: clientRow(client), name: "shop", file: "file", text, connection, known, force });
}

function textOf(edited: Edited): string {
  if (edited.kind === "refused") throw new Error(edited.diagnostic.message);
  return edited.text;
}

const codeOf = (edited: Edited) => (edited.kind === "refused" ? edited.diagnostic.code : undefined);
const spanOf = (edited: Edited) => (edited.kind === "refused" ? edited.diagnostic.span?.start : undefined);

describe("rows", () => {
  const machine = (platform: Machine["platform"], environment: Machine["environment"] = {}): Machine => ({
    ...{ platform, environment, home: "/home/me" },
  });
  const userFile = (client: ClientId, on: Machine) => clientRow(client).user(on).replaceAll("\\", "/");

  test.each([
    ["claude-desktop", machine("linux"), "/home/me/.config/Claude/claude_desktop_config.json"],
    ["claude-desktop", machine("darwin"), "/home/me/Library/Application Support/Claude/claude_desktop_config.json"],
    ["claude-desktop", machine("win32", { APPDATA: "C:/R" }), "C:/R/Claude/claude_desktop_config.json"],
    ["vscode", machine("linux", { XDG_CONFIG_HOME: "/x" }), "/x/Code/User/mcp.json"],
    ["vscode", machine("darwin"), "/home/me/Library/Application Support/Code/User/mcp.json"],
    ["vscode", machine("win32"), "/home/me/AppData/Roaming/Code/User/mcp.json"],
    ["zed", machine("darwin"), "/home/me/.config/zed/settings.json"],
    ["zed", machine("win32", { APPDATA: "C:/R" }), "C:/R/Zed/settings.json"],
    ["codex", machine("linux", { CODEX_HOME: "/codex" }), "/codex/config.toml"],
    ["codex", machine("linux"), "/home/me/.codex/config.toml"],
  ] as const)("%s keeps its user's file there: %#", (client, on, path) => {
    expect(userFile(client, on)).toBe(path);
  });

  test("the help names all of them, and no others", () => {
    const [, listed = ""] = /Clients: (.*)\./.exec(installHelp) ?? [];
    expect(listed.split(", ")).toEqual(clientIds);
  });
});

describe.each(clientIds)("%s", (client) => {
  test("what it is given twice it has once, and it goes again", () => {
    const once = textOf(edit(client, { connection: withKey }));
    expect(textOf(edit(client, { text: once, connection: withKey }))).toBe(once);
    const gone = textOf(edit(client, { text: once, connection: undefined }));
    expect(gone).not.toContain("shop");
    expect(textOf(edit(client, { text: gone, connection: undefined }))).toBe(gone);
    expect(textOf(edit(client, { text: gone, connection: withKey })).split("shop")).toHaveLength(
      once.split("shop").length,
    );
  });
});

describe.each(clientIds.filter((client) => clientRow(client).http))("%s", (client) => {
  test("from a process to a URL nothing of the process is left, and back by force", () => {
    const started = textOf(edit(client, { connection: { ...withKey, given: { MODE: "test" } } }));
    const reached = textOf(edit(client, { text: started, connection: { kind: "http", url } }));
    expect(reached).toContain(url);
    expect(reached).not.toMatch(/node|API_KEY|MODE/);
    expect(codeOf(edit(client, { text: reached }))).toBe("MG551");
    expect(textOf(edit(client, { text: reached, force: true }))).not.toContain(url);
    expect(textOf(edit(client, { text: reached, connection: undefined, url }))).not.toContain("shop");
  });
});

describe("JSON", () => {
  const existing = [
    "{",
    "\t// Ours.",
    '\t"servers": {',
    '\t\t"other": { "url": "http://other" }, // theirs',
    '\t\t"shop": {',
    '\t\t\t"command": "/old/node", // by hand',
    `\t\t\t"args": ["--inspect", "${server}"],`,
    '\t\t\t"disabled": true,',
    '\t\t\t"env": {',
    "\t\t\t\t// The key.",
    '\t\t\t\t"API_KEY": "k", "MODE": "live"',
    "\t\t\t}",
    "\t\t},",
    "\t},",
    "}",
  ].join("\r\n");

  test("only the values that differ are written", () => {
    const connection = { ...withKey, given: { MODE: "test" } };
    const expected = existing.replace("/old/node", "/usr/bin/node").replace('"live"', '"test"');
    const text = textOf(edit("vscode", { text: existing, connection }));
    expect(text.replace(/,?\s*"type": "stdio"/, "")).toBe(expected);
  });

  test("whatever the others are and however they are indented, they keep their lines", () => {
    const others = fc.dictionary(fc.string({ minLength: 1 }), fc.jsonValue({ maxDepth: 2 }), {
      minKeys: 1,
      noNullPrototype: true,
    });
    const law = fc.property(others, fc.constantFrom("  ", "    ", "\t"), fc.boolean(), (servers, indent, comma) => {
      fc.pre(!Object.hasOwn(servers, "shop") && !JSON.stringify(servers).includes("__proto__"));
      const plain = JSON.stringify({ mcpServers: servers }, undefined, indent);
      const text = comma ? plain.replace(/\n(\s*)\}\n\}$/, `, // last\n$1}\n}`) : plain;
      const added = textOf(edit("cursor", { text }));
      expect(
        added.startsWith(comma ? text.slice(0, text.lastIndexOf(", // last")) : plain.slice(0, -4 - indent.length)),
      ).toBe(true);
      expect(textOf(edit("cursor", { text: added, connection: undefined }))).toBe(text);
    });
    fc.assert(law, { numRuns: 200 });
  });

  test("a byte order mark stays, an empty file is an empty object", () => {
    expect(textOf(edit("cursor", { text: '\uFEFF{ "a": 1 }' }))).toMatch(/^\uFEFF\{\s*"a": 1,/);
    expect(textOf(edit("cursor", { text: "\n" }))).toBe(textOf(edit("cursor", {})));
  });

  test("an input goes with the last entry that refers to it", () => {
    const asked = textOf(edit("vscode", { connection: withKey }));
    expect(asked).toContain('"description": "The key."');
    expect(asked).toContain('"password": true');
    const shared = asked.replace('"servers": {', '"servers": { "two": { "env": { "K": "${input:shop-API_KEY}" } },');
    const own = asked.replace('"inputs": [', '"inputs": [{ "id": "own" },');
    expect(textOf(edit("vscode", { text: shared, connection: undefined }))).toContain('"id": "shop-API_KEY"');
    const left = textOf(edit("vscode", { text: own, connection: undefined }));
    expect(JSON.parse(left)).toEqual({ servers: {}, inputs: [{ id: "own" }] });
  });

  test.each([
    ["a comma is missing", '{\n  "a": 1\n  "b": 2\n}', { line: 3, column: 3 }],
    ["no object", "[]", { line: 1, column: 1 }],
    ["servers that are none", '{ "servers": [] }', { line: 1, column: 3 }],
    ["inputs that are none", '{ "servers": {},\n"inputs": {} }', { line: 2, column: 1 }],
  ])("%s", (_, text, place) => {
    const refused = edit("vscode", { text });
    expect([codeOf(refused), spanOf(refused)]).toEqual(["MG550", place]);
  });

  test("a key that stands twice is not changed: one of both would be read", () => {
    const text = `{ "mcpServers": { "shop": { "args": ["${server}"] } }, "mcpServers": { "shop": { "args": ["${server}"] } } }`;
    expect(codeOf(edit("cursor", { text }))).toBe("MG552");
  });

  test("an entry of another server stays, unless it is forced", () => {
    const text = '{ "mcpServers": { "shop": { "command": "npx", "args": ["shop"], "env": { "A": "b" } } } }';
    const refused = edit("cursor", { text });
    expect([codeOf(refused), spanOf(refused)]).toEqual(["MG551", { line: 1, column: 19 }]);
    expect(codeOf(edit("cursor", { text, connection: undefined }))).toBe("MG551");
    expect(textOf(edit("cursor", { text, force: true }))).not.toMatch(/npx|"A"/);
    expect(textOf(edit("cursor", { text, force: true, connection: undefined }))).not.toContain("shop");
  });

  test("names of JavaScript's own are names", () => {
    const row = clientRow("cursor");
    const asked = {
      row,
      name: "constructor",
      file: "f",
      text: "{}",
      connection: stdio,
      known: { server, url: undefined },
    };
    expect(textOf(editFile({ ...asked, force: false }))).toContain('"constructor": {');
  });
});

describe("TOML", () => {
  const existing = [
    'model = "o4" # the one',
    "",
    "[mcp_servers.other]",
    "args = [",
    '  "a", # first',
    "]",
    "",
    "# The shop.",
    '[ mcp_servers . "shop" ] # ours',
    'command = "/old/node"',
    `args = ["${server}"]`,
    "startup_timeout_sec = 20",
    "",
    "# Tools.",
    "[tools]",
    "web_search = true",
    "",
  ];
  const text = existing.join("\n");

  test("the lines that differ are replaced, others are added below them", () => {
    const expected = existing
      .with(9, 'command = "/usr/bin/node"')
      .toSpliced(12, 0, 'env_vars = [ "API_KEY" ]')
      .join("\n");
    expect(textOf(edit("codex", { text, connection: withKey }))).toBe(expected);
    const crlf = textOf(edit("codex", { text: text.replaceAll("\n", "\r\n"), connection: withKey }));
    expect(crlf).toBe(expected.replaceAll("\n", "\r\n"));
  });

  test("the table goes with the tables in it, what is about the next one stays", () => {
    const nested = text.replace("\n\n# Tools.", '\n[mcp_servers.shop.env]\nMODE = "live"\n\n# Tools.');
    const expected = existing.toSpliced(8, 4).join("\n");
    expect(textOf(edit("codex", { text, connection: undefined }))).toBe(expected);
    expect(textOf(edit("codex", { text: nested, connection: undefined }))).toBe(expected);
    expect(textOf(edit("codex", { text: nested }))).toContain('[mcp_servers.shop.env]\nMODE = "live"');
  });

  test("names and values are quoted where they have to be", () => {
    const given = { A: 'say "hi"\n\\ \u007f é' };
    const written = textOf(edit("codex", { connection: { ...stdio, given } }));
    expect(written).toContain('env = { A = "say \\"hi\\"\\n\\\\ \\u007f é" }');
  });

  test.each([
    ["an inline table", `mcp_servers = { shop = { command = "n", args = ["${server}"] } }\n`],
    ["dotted keys", `mcp_servers.shop.command = "n"\nmcp_servers.shop.args = ["${server}"]\n`],
    ["a value of several lines", `[mcp_servers.shop]\ncommand = """\nn"""\nargs = ["${server}"]\n`],
    ["an inline table of others", 'mcp_servers = { other = { command = "n" } }\n'],
    ["a header in a string", `a = """\n[mcp_servers.shop]\n"""\nmcp_servers.shop.args = ["${server}"]\n`],
  ])("%s is not changed", (_, given) => {
    expect(codeOf(edit("codex", { text: given }))).toBe("MG552");
  });

  test("what is no TOML is shown where it is not", () => {
    const refused = edit("codex", { text: "a = 1\nb = = 2\n" });
    expect([codeOf(refused), spanOf(refused)]).toEqual(["MG550", { line: 2, column: 5 }]);
  });
});
