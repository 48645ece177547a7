/**
 * `npm run repositories`: applications with their own packages, built, installed, type-checked, bundled, started and called,
 * in their own folder and from what an image takes along. What is refused is counted by code; nothing may fail after a build.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { applications, type Application } from "./applications.js";

const root = process.cwd();
const work = mkdtempSync(join(tmpdir(), "mcpgen-repositories-"));
const [only] = process.argv.slice(2);
let failed = 0;

for (const application of applications.filter(({ name }) => only === undefined || name.includes(only))) {
  const problems = await tryApplication(application).catch((error: unknown) => [String(error)]);
  failed += problems.length;
  for (const problem of problems) console.log(`  WRONG ${problem}`);
}
rmSync(work, { recursive: true, force: true });
process.exitCode = failed === 0 ? 0 : 1;

async function tryApplication(application: Application): Promise<readonly string[]> {
  const place = join(work, application.name.replace(/\W+/g, "-"));
  for (const [path, text] of Object.entries(application.files)) write(join(place, path), text);
  run("npm", ["install", "--no-audit", "--no-fund"], place);
  const folder = join(place, application.folder);
  const output = join(folder, "server");
  const mcpgen = join(root, "bin/mcpgen.js");
  const built = spawn(process.execPath, [mcpgen, "build", application.source, "--keep-going"], folder);
  const codes = countCodes(built.text);
  const summary = /\d+ functions? in \d+ files?/.exec(built.text)?.[0] ?? "nothing";
  console.log(`${application.name}: ${summary}${codes === "" ? "" : `; ${codes}`}`);
  if (built.text.includes("MG901")) return ["mcpgen crashed"];
  run("npm", ["install", "--no-audit", "--no-fund"], output);
  run("npm", ["run", "build"], output);
  const here = await callAll(output, application);
  const image = join(work, "image");
  rmSync(image, { recursive: true, force: true });
  run(process.execPath, ["build.mjs", "--image", image], output);
  renameSync(place, `${place}-gone`);
  const there = await callAll(join(image, application.folder, "server"), application);
  rmSync(`${place}-gone`, { recursive: true, force: true });
  return [...here, ...there.map((problem) => `from the image: ${problem}`)];
}

async function callAll(cwd: string, { calls }: Application): Promise<readonly string[]> {
  const client = new Client({ name: "repositories", version: "1.0.0" });
  const command = { command: process.execPath, args: ["dist/server.js"], cwd, stderr: "ignore" as const };
  await client.connect(new StdioClientTransport(command));
  const { tools } = await client.listTools();
  const problems: string[] = tools.length === 0 ? ["serves nothing"] : [];
  for (const [name, given, expected] of calls) {
    const { content } = await client.callTool({ name, arguments: given });
    const text = (content as readonly { readonly text?: string }[]).map((part) => part.text ?? "").join("");
    if (text !== expected) problems.push(`${name}: ${text.slice(0, 200)}`);
  }
  await client.close();
  return problems;
}

function countCodes(text: string): string {
  const counts = new Map<string, number>();
  for (const [, code = ""] of text.matchAll(/^(?:error|warning) (MG\d{3})/gm))
    counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts].map(([code, count]) => `${code} ×${String(count)}`).join(", ");
}

function run(command: string, args: readonly string[], cwd: string): void {
  const { status, text } = spawn(command, args, cwd);
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} failed: ${text.slice(0, 1500)}`);
}

function spawn(command: string, args: readonly string[], cwd: string): { status: number | null; text: string } {
  const env = { ...process.env, NO_COLOR: "1" };
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, env, encoding: "utf8", maxBuffer: 1 << 26 });
  return { status, text: `${stdout}${stderr}` };
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
