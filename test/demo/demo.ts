/**
 * `npm run demo`: the whole of mcpgen once, on the weather starter. A folder of functions becomes a server
 * project in a fresh folder, is installed, type-checked and bundled, and answers a real MCP client over stdio.
 * Exits 1 when anything is not as it should be.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { CallToolResultSchema } from "@modelcontextprotocol/sdk/types.js";

const root = process.cwd();
const work = mkdtempSync(join(tmpdir(), "mcpgen-demo-"));
const server = join(work, "server");
try {
  makeProject();
  await talk();
  say("\nAll of it as expected.");
} finally {
  rmSync(work, { recursive: true, force: true });
}

function makeProject(): void {
  cpSync(join(root, "templates/starters/weather/src"), join(work, "src"), { recursive: true });
  say("A folder of plain functions (templates/starters/weather/src):\n");
  for (const file of readdirSync(join(work, "src"))) say(`  ${file.padEnd(16)}${servedFunctions(file)}`);
  run("mcpgen build src --out server", [join(root, "bin/mcpgen.js"), "build", "src", "--out", "server"], work);
  run("npm install", npm("install", "--prefer-offline", "--no-audit", "--no-fund"), server);
  run("npm run build", npm("run", "build"), server);
}

async function talk(): Promise<void> {
  say("\nA client starts `node dist/server.js` and speaks MCP over stdio:\n");
  const client = new Client({ name: "mcpgen-demo", version: "1.0.0" });
  await client.connect(
    new StdioClientTransport({ command: process.execPath, args: ["dist/server.js"], cwd: server, stderr: "ignore" }),
  );
  const { tools } = await client.listTools();
  for (const tool of tools) say(`  ${tool.name.padEnd(16)}${tool.description?.split("\n")[0] ?? ""}`);
  assert.deepEqual(
    tools.map(({ name }) => name),
    ["compareCities", "findPlaces", "getForecast"],
  );

  const places = await call(client, "findPlaces", { name: "Os" });
  assert.match(places.text, /Osaka.*Oslo/s);
  const forecast = await call(client, "getForecast", { city: "Oslo", days: 2 });
  assert.match(forecast.text, /"days":\[\{.*\},\{.*\}\]/s);
  await call(client, "compareCities", { cities: ["Oslo", "Lisbon", "Quito"], wish: "dry" });
  const misspelt = await call(client, "getForecast", { city: "Oslo", dayz: 2 });
  assert.ok(
    misspelt.refused && misspelt.text.includes("`days`"),
    "a misspelt argument is refused, with the right name",
  );
  const unknown = await call(client, "getForecast", { city: "Atlantis" });
  assert.ok(unknown.refused && unknown.text.includes("Atlantis"), "the function's own error reaches the client");
  await client.close();
}

/** The answer's text, which for an object is its JSON. */
async function call(
  client: Client,
  name: string,
  args: Record<string, unknown>,
): Promise<{ text: string; refused: boolean }> {
  say(`\n  → ${name} ${JSON.stringify(args)}`);
  const result = CallToolResultSchema.parse(await client.callTool({ name, arguments: args }));
  const text = result.content.map((part) => (part.type === "text" ? part.text : `[${part.type}]`)).join("\n");
  const refused = result.isError === true;
  say(`  ← ${refused ? "refused: " : ""}${text.length > 300 ? `${text.slice(0, 299)}…` : text}`);
  return { text, refused };
}

function run(title: string, args: readonly string[], cwd: string): void {
  say(`\n$ ${title}`);
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1" },
  });
  const output = `${stdout}${stderr}`.trim();
  if (output !== "") say(output.replace(/^/gm, "  "));
  assert.equal(status, 0, `\`${title}\` exited ${String(status)}`);
  say(`  (${((performance.now() - started) / 1000).toFixed(1)} s)`);
}

/** npm's own script, so that no shell is needed; npm says where it is to the scripts that it runs. */
function npm(...args: readonly string[]): readonly string[] {
  const script = process.env["npm_execpath"];
  assert.ok(script, "run this as `npm run demo`");
  return [script, ...args];
}

/** Those that are to be served: not the ones tagged `@internal`. */
function servedFunctions(file: string): string {
  const text = readFileSync(join(work, "src", file), "utf8").replaceAll(/@internal\s[^/]*\*\/\nexport/g, "");
  return [...text.matchAll(/^export (?:async )?function (\w+)/gm)].map(([, name]) => name).join(", ");
}

function say(text: string): void {
  console.log(text);
}
