/** mcpgen.json and the command line → the configuration, or what is wrong with it and where. */
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { draftConfig, fingerprint } from "../../src/config/draft.js";
import type { ConfigRequest } from "../../src/config/request.js";
import { loadConfig } from "../../src/config/load.js";
import { settingsJsonSchema } from "../../src/config/schema.js";
import { catalog } from "../../src/diagnostics/catalog.js";
import { formatDiagnostic } from "../../src/diagnostics/format.js";
import { makeFolder } from "../support/folder.js";

const source = { "src/a.ts": "export const a = () => 1;" };

/** The configuration of a folder with these files, and what was said, in the plain rendering without frames. */
async function load(name: string, files: Record<string, string>, request: Omit<ConfigRequest, "cwd"> = {}) {
  const folder = makeFolder(`config/${name}`, files);
  const { value, diagnostics } = await loadConfig({ cwd: folder, ...request });
  // After a build with these settings the validator is left out: it must have nothing to add to them.
  if (value) expect((await loadConfig({ cwd: folder, ...request }, true)).value).toEqual(value);
  const said = diagnostics.map(
    (each) => formatDiagnostic(each, { colour: "never", read: () => undefined }).split("\n  help:")[0],
  );
  return { folder, config: value, said };
}

describe("paths", () => {
  test("of the file start at the file, those of the command line at the current folder, and win", async () => {
    const files = { ...source, "deep/x.ts": "", "mcpgen.json": `{ "source": "nowhere", "out": "build/server" }` };
    const { folder, config } = await load("paths", files, { configFile: "mcpgen.json", source: "src" });
    expect(config).toMatchObject({ root: folder, source: join(folder, "src"), output: join(folder, "build/server") });
    const above = await loadConfig({ cwd: join(folder, "deep"), source: "../src", output: "here" });
    expect(above.value).toMatchObject({ root: folder, source: join(folder, "src"), output: join(folder, "deep/here") });
  });

  test.each([
    ["the source's parent", source, "."],
    ["the nearest package", { "p/package.json": "{}", "p/x/src/a.ts": "" }, "p"],
    ["the nearest tsconfig", { "p/tsconfig.json": "{}", "package.json": "{}", "p/x/src/a.ts": "" }, "p"],
    [
      "the nearest above a source with a tsconfig of its own",
      { "p/package.json": "{}", "p/x/src/tsconfig.json": "{}", "p/x/src/a.ts": "" },
      "p",
    ],
    [
      "a source with a tsconfig where nothing is above",
      { "p/x/src/.git/a": "", "p/x/src/tsconfig.json": "{}" },
      "p/x/src",
    ],
    ["a source that is a package", { "p/x/src/package.json": "{}", "p/x/src/a.ts": "" }, "p/x/src"],
  ])("without a file they start at %s", async (name, files, root) => {
    const from = "src/a.ts" in files ? "src" : "p/x/src";
    const { folder, config } = await load(`root-${name.replaceAll(" ", "-")}`, files, { source: from, output: "out" });
    expect(config?.root).toBe(join(folder, root));
  });

  test("the output is server/ beside the source unless it is named", async () => {
    const { folder, config } = await load("default-output", source, { source: "src" });
    expect(config?.output).toBe(join(folder, "server"));
  });

  test("the tsconfig is the nearest, or the one named", async () => {
    const files = { ...source, "tsconfig.json": "{}", "other.json": "{}" };
    const { folder, config } = await load("tsconfig", files, { source: "src" });
    expect(config?.tsconfig).toBe(join(folder, "tsconfig.json"));
    const named = await loadConfig({ cwd: folder, source: "src", tsconfig: "other.json" });
    expect(named.value?.tsconfig).toBe(join(folder, "other.json"));
    expect((await load("no-tsconfig", source, { source: "src" })).config?.tsconfig).toBeUndefined();
  });
});

describe("the name", () => {
  test.each([
    [
      "from mcpgen.json",
      { ...source, "mcpgen.json": `{ "source": "src", "name": "@me/told" }`, "package.json": `{"name":"p"}` },
      "@me/told",
    ],
    ["from the package, without its scope", { ...source, "package.json": `{"name":"@me/shop"}` }, "shop"],
    [
      "in a workspace, which has no two packages with one name",
      { ...source, "package.json": `{ "name": "orders", "workspaces": ["packages/*"] }` },
      "orders-mcp",
    ],
    ["from nothing: not from the root, whose name differs between checkouts", source, "mcp-server"],
  ])("%s", async (name, files, expected) => {
    const { config } = await load(`name-${name.slice(0, 12).replaceAll(" ", "-")}`, files, { source: "src" });
    expect(config?.name).toBe(expected);
  });

  test("from a telling source folder", async () => {
    expect((await load("name-folder", { "Acme Weather/a.ts": "" }, { source: "Acme Weather" })).config?.name).toBe(
      "acme-weather",
    );
  });
});

describe("refused", () => {
  const refused: readonly (readonly [string, string, readonly string[]])[] = [
    [
      "unknown-key",
      `{\n  "source": "src",\n  "expsoe": "all"\n}`,
      ["error MG103: unknown key `expsoe`; did you mean `expose`?\n  mcpgen.json:3:3"],
    ],
    [
      "other-word",
      `{ "source": "src", "output": "x" }`,
      ["error MG103: unknown key `output`; did you mean `out`?\n  mcpgen.json:1:20"],
    ],
    ["no-guess", `{ "source": "src", "backoffs": 3 }`, ["error MG103: unknown key `backoffs`\n  mcpgen.json:1:20"]],
    [
      "enum",
      `{ "source": "src", "expose": "some" }`,
      [`error MG104: \`expose\` is "some"; expected "all" or "tagged"\n  mcpgen.json:1:30`],
    ],
    ["type", `{ "source": "src", "title": 5 }`, ["error MG104: `title` is 5; expected a string\n  mcpgen.json:1:29"]],
    [
      "empty",
      `{ "source": "src", "title": "" }`,
      ['error MG104: `title` is ""; expected a string that is not empty\n  mcpgen.json:1:29'],
    ],
    [
      "list",
      `{ "source": "src", "exclude": {} }`,
      ["error MG104: `exclude` is an object; expected a list of strings\n  mcpgen.json:1:31"],
    ],
    [
      "item",
      `{ "source": "src", "exclude": ["a", null] }`,
      ["error MG104: `exclude.1` is null; expected a string\n  mcpgen.json:1:37"],
    ],
    [
      "name",
      `{ "source": "src", "name": "My Server" }`,
      [
        'error MG104: `name` is "My Server"; expected a package name: lower-case letters, digits, `-`, `.` and `_`\n  mcpgen.json:1:28',
      ],
    ],
    [
      "not-object",
      `["src"]`,
      [
        "error MG104: `mcpgen.json` holds a list; expected an object\n  mcpgen.json:1:1",
        "error MG101: no source folder was named",
      ],
    ],
    ["syntax", `{ "source": }`, ["error MG105: `mcpgen.json` is not JSON: value expected\n  mcpgen.json:1:13"]],
    ["no-folder", `{ "source": "gone" }`, ["error MG101: there is no folder `gone`\n  mcpgen.json:1:13"]],
    [
      "a-file",
      `{ "source": "src/a.ts" }`,
      ["error MG101: the source `src/a.ts` is a file, not a folder\n  mcpgen.json:1:13"],
    ],
    [
      "tsconfig",
      `{ "source": "src", "tsconfig": "x.json" }`,
      ["error MG111: there is no file `x.json`\n  mcpgen.json:1:32"],
    ],
  ];
  test.each(refused)("%s", async (name, json, expected) => {
    const { config, said } = await load(`refused-${name}`, { ...source, "mcpgen.json": json });
    expect(said).toEqual(expected);
    expect(config).toBeUndefined();
  });

  test.each([
    ["src", { "src/deep/a.ts": "", "lib/b.ts": "" }],
    ["lib", { "src/a.js": "", "lib/b.ts": "", "app/c.ts": "" }],
    ["app", { "lib/types.d.ts": "", "app/page.tsx": "" }],
    [undefined, { "source/a.ts": "" }],
  ])("without a source, %s is proposed", async (folder, files) => {
    const cwd = makeFolder(`config/proposed-${folder ?? "none"}`, files);
    const { diagnostics } = await loadConfig({ cwd });
    const usual = catalog.MG101.help;
    const expected = folder === undefined ? usual : `name it: mcpgen build ${folder} --out server`;
    expect(diagnostics.map(({ code, help }) => [code, help])).toEqual([["MG101", expected]]);
  });

  test("all at once", async () => {
    const { said } = await load("refused-all", { "mcpgen.json": `{ "source": "gone", "foo": 1, "naming": 2 }` });
    expect(said.map((text) => text?.slice(6, 11))).toEqual(["MG104", "MG103", "MG101"]);
  });

  test("a value of the command line is not the file's fault", async () => {
    const { said } = await load(
      "refused-option",
      { ...source, "mcpgen.json": "{}" },
      { source: "src", expose: "some" },
    );
    expect(said).toEqual(['error MG104: `expose` is "some"; expected "all" or "tagged"']);
  });

  test("a configuration file that is not there", async () => {
    const { said } = await load("refused-config", source, { source: "src", configFile: "conf/mcp.json" });
    expect(said).toEqual(["error MG113: there is no configuration file `conf/mcp.json`"]);
  });
});

test("comments, trailing commas and a byte order mark are welcome", async () => {
  const { config, said } = await load("lenient", {
    ...source,
    "mcpgen.json": '\uFEFF{\n  // the functions\n  "source": "src",\n}',
  });
  expect(said).toEqual([]);
  expect(config?.expose).toBe("all");
});

describe("the output", () => {
  const refused: readonly (readonly [string, string, string])[] = [
    ["src", "src", "MG106: the output `src` is the source folder itself"],
    ["src", "src/server", "MG106: the output `src/server` is inside the source `src`"],
    [
      "server/generated/src",
      "server",
      "MG106: the output `server` would write its `generated` folder over the source `server/generated/src`",
    ],
    ["server/test", "server", "MG106: the output `server` would write its `test` folder over the source `server/test`"],
    ["src", "file", "MG107: `file` is a file, not a folder"],
    ["src", "file/below", "MG107: `file` is a file, not a folder"],
    ["src", "link", "MG108: the output `link` is a symbolic link"],
    ["src", "link/below", "MG108: the output is reached through the symbolic link `link`"],
    ["src", "broken", "MG108: the output `broken` is a symbolic link"],
    ["real/src", "alias/server", "MG108: the output is reached through the symbolic link `alias`"],
  ];
  test.each(refused)("%s → %s", async (from, to, expected) => {
    const folder = makeFolder(`config/output-${from}-${to}`.replaceAll("/", "_"), {
      "package.json": "{}",
      file: "x",
      [`${from}/a.ts`]: "",
      "real/src/a.ts": "",
    });
    mkdirSync(join(folder, "elsewhere"));
    symlinkSync("elsewhere", join(folder, "link"));
    symlinkSync("gone", join(folder, "broken"));
    symlinkSync("real", join(folder, "alias"));
    const { value, diagnostics } = await loadConfig({ cwd: folder, source: from, output: to });
    expect(diagnostics.map(({ code, message }) => `${code}: ${message}`)).toEqual([expected]);
    expect(value).toBeUndefined();
  });

  test("a source reached through a link is the folder that the link leads to", async () => {
    const folder = makeFolder("config/output-linked-source", { "server/generated/a.ts": "" });
    symlinkSync("server/generated", join(folder, "src"));
    const { diagnostics } = await loadConfig({ cwd: folder, source: "src", output: "server" });
    expect(diagnostics.map(({ code }) => code)).toEqual(["MG106"]);
  });

  test.each([
    ["src", "."],
    ["src", "../beside"],
    ["src", "src-server"],
    ["server/src", "server"],
  ])("%s → %s is fine", async (from, to) => {
    const { said } = await load(
      `output-fine-${from}-${to}`.replaceAll("/", "_"),
      { [`${from}/a.ts`]: "" },
      { source: from, output: to },
    );
    expect(said).toEqual([]);
  });
});

describe("the fingerprint", () => {
  const fingerprintOf = (json: string, request: Omit<ConfigRequest, "cwd"> = {}, name = "a") => {
    const files = { ...source, "package.json": `{"name":"shop"}`, "mcpgen.json": json };
    return fingerprint(draftConfig({ cwd: makeFolder(`config/fingerprint-${name}`, files), ...request }));
  };
  const base = fingerprintOf(`{ "source": "src" }`);

  test("is the same in another folder, with other spacing and order of keys, and said on the command line", () => {
    expect(fingerprintOf(`{ "source": "src" }`, {}, "b")).toBe(base);
    expect(fingerprintOf(`{\n "source": "./src", "$schema": "x" }`)).toBe(base);
    expect(fingerprintOf("{}", { source: "src" })).toBe(base);
    expect(fingerprintOf(`{ "source": "src", "expose": "all", "title": "T" }`)).toBe(
      fingerprintOf(`{ "title": "T", "source": "src", "expose": "all" }`),
    );
  });

  test.each([
    `{ "source": "src", "titel": "x" }`,
    `{ "source": "src", "title": "x" }`,
    `{ "source": "src", "out": "x" }`,
    `{ "source": "src", "expose": 5 }`,
  ])("changes with %s, valid or not", (json) => {
    expect(fingerprintOf(json)).not.toBe(base);
  });
});

test("the shipped schema knows every key, requires none, allows no other", () => {
  const schema = settingsJsonSchema();
  expect(Object.keys(schema["properties"] as object)).toEqual([
    ...["$schema", "source", "out", "name", "title", "description", "registry", "expose", "naming"],
    ...["exclude", "functions", "accept", "clients", "tokenBudget", "structured", "errors", "keepGoing", "policies"],
    ...["metrics", "sessions", "auth", "sdk", "client", "telemetry", "tsconfig"],
  ]);
  expect(schema).toMatchObject({ additionalProperties: false });
  expect(schema["required"]).toBeUndefined();
});

describe("sizes of policies", () => {
  test("what a tool is called is none of them: it is found by that", async () => {
    const { said } = await load("policy-name", {
      "src/a.ts": "",
      "mcpgen.json": `{ "source": "src", "policies": { "f": { "batch": { "max": 5, "as": "g" } } } }`,
    });
    expect(said).toEqual(["error MG103: unknown key `as`\n  mcpgen.json:1:62"]);
  });

  test("are held to the keys of their tags", async () => {
    const policies = `{ "f": { "retry": { "atempts": 3 }, "cahce": { "ttl": "1m" } }, "g": { "retry": 3, "cache": { "scope": "all" } } }`;
    const { said } = await load("policy-keys", {
      ...source,
      "mcpgen.json": `{ "source": "src", "policies": ${policies} }`,
    });
    expect(said.map((text) => text?.split("\n")[0])).toEqual([
      "error MG103: unknown key `atempts`; did you mean `attempts`?",
      "error MG103: unknown key `cahce`; did you mean `cache`?",
      'error MG104: `policies.g.cache.scope` is "all"; expected "private" or "public"',
      "error MG104: `policies.g.retry` is 3; expected an object",
    ]);
  });
});
