/**
 * `mcpgen install` of a built server: what each client's file is then, from none and from one with comments, and that the
 * entry which was written starts the server. `installed/` holds the files, with the machine's own paths taken out.
 */
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { parse } from "jsonc-parser";
import { parse as parseToml } from "smol-toml";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { clientIds, clientRow, type ClientId } from "../../src/cli/install/clients.js";
import { connectOver, type Ran } from "../support/fixtures/process.js";
import { emptySuite, writeText } from "../support/fixtures/workspace.js";
import { askMcpgen } from "../support/resident/ask.js";

const suite = emptySuite("install");
const cwd = join(suite, "shop");
const home = join(suite, "home");
const machine = { HOME: home, XDG_CONFIG_HOME: join(home, ".config"), APPDATA: join(home, "AppData"), CODEX_HOME: "" };
const server = join(cwd, "server/dist/server.js");
const source = `
/** What the shop is told. @config */
export interface ShopConfig {
  /** Key of the shop's API. @secret */
  apiKey: string;
  region: "north" | "south";
  /** @default 3 */
  retries: number;
  greeting?: string;
}
/** Where the shop is. @readonly */
export function findShop({ region, apiKey }: ShopConfig): string { return \`\${region} \${String(apiKey.length)}\`; }
`;
const projectFiles = [".mcp.json", ".cursor", ".vscode", ".zed", ".codex", ".gemini"];

const install = (...args: readonly string[]): Ran => askMcpgen({ cwd, environment: machine }, "install", ...args);

interface Told {
  readonly status: string;
  readonly file: string;
  readonly open: readonly string[];
}

const told = (...args: readonly string[]) => JSON.parse(install(...args, "--json").stdout) as Told;

/** The file of the client that is written where no scope is named. */
function fileOf(client: ClientId): string {
  const { project, user } = clientRow(client);
  const { platform } = process;
  return project === undefined ? user({ platform, home, environment: machine }) : join(cwd, project);
}

const anonymous = (text: string) =>
  text
    .replaceAll(JSON.stringify(process.execPath).slice(1, -1), "/NODE")
    .replaceAll(JSON.stringify(server).slice(1, -1), "/SERVER");
const golden = (name: string) => join(import.meta.dirname, "installed", name);

beforeAll(() => {
  writeText(join(cwd, "package.json"), '{ "name": "shop", "type": "module" }\n');
  writeText(join(cwd, "src/shop.ts"), source);
  expect(askMcpgen({ cwd }, "build", "src", "--out", "server")).toMatchObject({ status: 0 });
  const unbuilt = install("cursor");
  expect(unbuilt).toMatchObject({ status: 1, stderr: expect.stringContaining("run npm run build in server") });
  expect(unbuilt.stderr).toContain("MG554");
  const environment = { API_KEY: "k-1", REGION: "north" };
  expect(askMcpgen({ cwd, environment }, "call", "findShop")).toMatchObject({ stdout: "north 3\n" });
}, 60_000);

beforeEach(() => {
  for (const path of [home, ...projectFiles.map((name) => join(cwd, name))])
    rmSync(path, { recursive: true, force: true });
});

describe.each(clientIds)("%s", (client) => {
  const { format, key } = clientRow(client);
  const existing =
    format === "toml"
      ? '# Mine.\nmodel = "o4" # the one\n\n[mcp_servers.other]\ncommand = "npx" # theirs\n\n# Tools.\n[tools]\nweb_search = true\n'
      : `{\n    // Mine.\n    "theme": "dark",\n    "${key}": {\n        /* Theirs. */\n        "other": { "command": "npx" }, // other\n    },\n}\n`;

  test("a new file, and the same again", async () => {
    const { status, stdout, stderr } = install(client);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toContain("API_KEY, REGION");
    const text = readFileSync(fileOf(client), "utf8");
    await expect(anonymous(text)).toMatchFileSnapshot(golden(`${client}-new.txt`));
    const printed = install(client, "--print");
    expect(printed.stdout).toBe(`${printed.stdout.split("\n")[0] ?? ""}\n\n${text}`.replace(/\n?$/, "\n"));
    expect(told(client).status).toBe("unchanged");
    expect(readFileSync(fileOf(client), "utf8")).toBe(text);
  });

  test("a file that there is keeps what it has, and has it back", async () => {
    writeText(fileOf(client), existing);
    expect(install(client, "--env", "API_KEY=a=b")).toMatchObject({ status: 0, stderr: "" });
    const text = readFileSync(fileOf(client), "utf8");
    await expect(anonymous(text)).toMatchFileSnapshot(golden(`${client}-existing.txt`));
    expect(told(client, "--remove").status).toBe("removed");
    const left = readFileSync(fileOf(client), "utf8");
    expect(left.replace(/\n {4}"inputs": \[\],/, "")).toBe(existing);
    expect(told(client, "--remove").status).toBe("unchanged");
  });

  test.skipIf(format === "toml")("null in the place of servers and inputs is as if they were not there", () => {
    writeText(fileOf(client), `{ "theme": "dark", "${key}": null, "inputs": null }`);
    expect(install(client)).toMatchObject({ status: 0, stderr: "" });
    expect(JSON.parse(readFileSync(fileOf(client), "utf8"))).toMatchObject({ theme: "dark", [key]: { shop: {} } });
    expect(told(client, "--remove").status).toBe("removed");
  });

  test("what another server's entry is, and what cannot be read, stays", () => {
    const taken =
      format === "toml" ? `[${key}.shop]\ncommand = "npx"\n` : `{ "${key}": { "shop": { "command": "npx" } } }`;
    for (const [text, code] of [
      [taken, "MG551"],
      [`${existing}= {`, "MG550"],
    ] as const) {
      writeText(fileOf(client), text);
      const refused = install(client);
      expect(refused).toMatchObject({ status: 1, stdout: "", stderr: expect.stringContaining(code) });
      expect(refused.stderr).toContain("│");
      expect(readFileSync(fileOf(client), "utf8")).toBe(text);
    }
    writeText(fileOf(client), taken);
    expect(told(client, "--force").status).toBe("written");
    expect(readFileSync(fileOf(client), "utf8")).not.toContain("npx");
  });

  test("the entry that was written starts the server", { timeout: 30_000 }, async () => {
    install(client, "--env", "API_KEY=k-12", "--env", "REGION=south");
    const text = readFileSync(fileOf(client), "utf8");
    const data = (format === "toml" ? parseToml(text) : parse(text)) as Record<string, Record<string, Started>>;
    const { command = "", args = [], env = {} } = data[key]?.["shop"] ?? {};
    const connected = await connectOver(new StdioClientTransport({ command, args, env, cwd: suite, stderr: "ignore" }));
    const { content } = await connected.callTool({ name: "findShop", arguments: {} });
    await connected.close();
    expect(content).toEqual([{ type: "text", text: "south 4" }]);
  });
});

interface Started {
  readonly command?: string;
  readonly args?: string[];
  readonly env?: Record<string, string>;
}

describe.each(clientIds.filter((client) => clientRow(client).http))("%s", (client) => {
  test("a URL takes no build, and no variable", async () => {
    expect(install(client, "--url", "https://shop.example/mcp", "--name", "remote")).toMatchObject({ status: 0 });
    await expect(readFileSync(fileOf(client), "utf8")).toMatchFileSnapshot(golden(`${client}-url.txt`));
    expect(told(client, "--url", "https://shop.example/mcp", "--name", "remote").status).toBe("unchanged");
  });
});

describe("values", () => {
  test("are never those of the environment", () => {
    const environment = { ...machine, API_KEY: "sesame", REGION: "north" };
    for (const client of clientIds) {
      const { stdout } = askMcpgen({ cwd, environment }, "install", client, "--json");
      expect(stdout + readFileSync(fileOf(client), "utf8")).not.toMatch(/sesame|north/);
    }
  });

  test("that the server finds in its .env are not asked for", () => {
    writeFileSync(join(cwd, "server/.env"), "API_KEY=sesame\nREGION=\n");
    expect(told("claude-code").open).toEqual(["REGION"]);
    expect(readFileSync(fileOf("claude-code"), "utf8")).not.toMatch(/API_KEY|sesame/);
    rmSync(join(cwd, "server/.env"));
  });

  test("that the user has written into the entry stay, and are told to no one", () => {
    install("zed");
    const text = readFileSync(fileOf("zed"), "utf8");
    writeFileSync(fileOf("zed"), text.replace('"args"', '"env": { "API_KEY": "sesame", "REGION": "south" }, "args"'));
    const { stdout } = install("zed", "--json", "--env", "REGION=north");
    expect(JSON.parse(stdout)).toMatchObject({ status: "written", open: [] });
    expect(stdout).not.toContain("sesame");
    expect(readFileSync(fileOf("zed"), "utf8")).toContain('"API_KEY": "sesame", "REGION": "north"');
  });
});

describe("files", () => {
  test("of a user are the user's alone where they are new", () => {
    const { file } = told("codex", "--scope", "user");
    expect(file).toBe(join(home, ".codex/config.toml"));
    expect(statSync(file).mode & 0o777).toBe(0o600);
    chmodSync(file, 0o640);
    install("codex", "--scope", "user", "--env", "REGION=north");
    expect(statSync(file).mode & 0o777).toBe(0o640);
  });

  test("of a project are in it: no link is followed out of it; a user's may be one", () => {
    mkdirSync(join(home, "elsewhere"), { recursive: true });
    symlinkSync(join(home, "elsewhere"), join(cwd, ".cursor"));
    const refused = install("cursor");
    expect(refused).toMatchObject({ status: 1, stderr: expect.stringContaining("MG553") });
    expect(existsSync(join(home, "elsewhere/mcp.json"))).toBe(false);
    symlinkSync(join(home, "elsewhere"), join(home, ".cursor"));
    expect(told("cursor", "--scope", "user").file).toBe(join(home, "elsewhere/mcp.json"));
  });

  test("that cannot be read are told of", () => {
    mkdirSync(join(cwd, ".mcp.json"));
    expect(install("claude-code")).toMatchObject({ status: 1, stderr: expect.stringContaining("MG550") });
  });

  test("that cannot be written are told of", () => {
    writeText(join(cwd, ".cursor"), "a file\n");
    const refused = install("cursor");
    expect(refused).toMatchObject({ status: 1, stderr: expect.stringContaining("MG555") });
    expect(readFileSync(join(cwd, ".cursor"), "utf8")).toBe("a file\n");
  });
});

describe("wrong usage", () => {
  test.each([
    ["no client is named", [], "name one of claude-desktop, claude-code"],
    ["an unknown one", ["emacs"], "`emacs` is not a client that is known"],
    ["a scope that a client has not", ["windsurf", "--scope", "project"], "no file of a project"],
    ["a URL for one that reads none", ["claude-desktop", "--url", "https://a.example"], "reads no URL"],
    ["a name that not all clients take", ["cursor", "--name", "a b"], "letters, digits"],
    ["no URL", ["cursor", "--url", "shop"], "begins with http://"],
    ["no variable", ["cursor", "--env", "KEY"], "NAME=VALUE"],
    ["variables for a server that runs", ["cursor", "--env", "A=b", "--url", "https://a.example"], "cannot be used"],
  ])("%s", (_, args, reason) => {
    expect(install(...args)).toMatchObject({ status: 2, stdout: "", stderr: expect.stringContaining(reason) });
  });
});
