/**
 * `npm run hosts`: the client libraries that hosts are made with, from npm, over stdio and over HTTP, against one server,
 * of `bench/sample/orders`. Each lists, calls with right and wrong arguments, reads and gets a prompt in its own way,
 * where it has one. Prints a table; ends with 1 where an answer is wrong. A word picks libraries: `-- mcporter`.
 */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { aiSdk } from "./hosts/ai-sdk.js";
import { checks, type Check } from "./hosts/checks.js";
import type { Host, Library, Load, Server } from "./hosts/host.js";
import { langchain } from "./hosts/langchain.js";
import { mcporter } from "./hosts/mcporter.js";
import { openaiAgents } from "./hosts/openai-agents.js";

interface Column {
  readonly library: string;
  readonly transport: Server["kind"];
  /** Of each check. */
  readonly cells: readonly Cell[];
}

type Cell =
  | { readonly kind: "right" }
  | { readonly kind: "wrong"; readonly problem: string }
  | { readonly kind: "absent"; readonly reason: string };

const root = process.cwd();
const work = mkdtempSync(join(tmpdir(), "mcpgen-hosts-"));
const [only = ""] = process.argv.slice(2);
const libraries = [aiSdk, langchain, openaiAgents, mcporter].filter(({ packages: [name] }) => name.includes(only));
try {
  const columns = await tryAll(buildServer());
  report(columns);
  const isWrong = columns.some(({ cells }) => cells.some(({ kind }) => kind === "wrong"));
  process.exitCode = isWrong || columns.length === 0 ? 1 : 0;
} finally {
  rmSync(work, { recursive: true, force: true });
}
// What a library leaves open ends with the process.
process.exit();

function buildServer(): string {
  const folder = join(work, "orders");
  cpSync(join(root, "bench/sample/orders"), join(folder, "src"), { recursive: true });
  write(join(folder, "package.json"), JSON.stringify({ name: "orders", version: "1.0.0", type: "module" }));
  const server = join(folder, "server");
  run(process.execPath, [join(root, "bin/mcpgen.js"), "build", "src"], folder);
  run("npm", ["install", "--no-audit", "--no-fund"], server);
  run("npm", ["run", "build"], server);
  return server;
}

async function tryAll(cwd: string): Promise<readonly Column[]> {
  const { child, url } = await startHttp(cwd);
  const stdio: Server = { kind: "stdio", command: process.execPath, args: ["dist/server.js"], cwd };
  const columns: Column[] = [];
  try {
    for (const library of libraries) {
      const load = await install(library);
      for (const server of [stdio, { kind: "http", url } as const])
        columns.push(await tryLibrary(library, load, server));
    }
  } finally {
    child.kill();
  }
  return columns;
}

/** On a port of its own choice, which it logs. */
async function startHttp(cwd: string): Promise<{ readonly child: ChildProcess; readonly url: string }> {
  const child = spawn(process.execPath, ["dist/server.js", "--http", "0"], {
    cwd,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const [line] = (await once(createInterface({ input: child.stderr }), "line")) as [string];
  const url = /http:[^"]+/.exec(line)?.[0];
  if (url === undefined) throw new Error(`the server does not serve over HTTP: ${line}`);
  return { child, url };
}

async function install({ packages }: Library): Promise<Load> {
  const folder = join(work, packages[0].replace(/\W+/g, "-"));
  write(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  run("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts", ...packages], folder);
  // An import resolves from the file that it stands in.
  write(join(folder, "load.js"), "export const load = (name) => import(name);\n");
  const { load } = (await import(pathToFileURL(join(folder, "load.js")).href)) as { readonly load: Load };
  return load;
}

async function tryLibrary(library: Library, load: Load, server: Server): Promise<Column> {
  const cells: Cell[] = [];
  try {
    const host = await library.connect(load, server);
    for (const check of checks) cells.push(await tryCheck(check, host, library));
    await host.close();
  } catch (error) {
    cells.splice(0, 1, { kind: "wrong", problem: `it does not connect, or does not close: ${String(error)}` });
  }
  return { library: nameOf(library), transport: server.kind, cells };
}

async function tryCheck({ part, run: ask }: Check, host: Host, library: Library): Promise<Cell> {
  const reason = part && library.lacks[part];
  if (reason !== undefined) return { kind: "absent", reason };
  const problem = await ask(host, library).catch((error: unknown) => String(error));
  return problem === undefined ? { kind: "right" } : { kind: "wrong", problem };
}

function report(columns: readonly Column[]): void {
  console.log(libraries.map(({ packages: [library] }) => library).join(", "));
  const words = { right: "right", wrong: "WRONG", absent: "not there" };
  const table = [
    ["", ...columns.map(({ library }) => library)],
    ["", ...columns.map(({ transport }) => `over ${transport}`)],
    ...checks.map(({ title }, row) => [title, ...columns.map(({ cells }) => words[cells[row]?.kind ?? "wrong"])]),
  ];
  const widths = (table[0] ?? []).map((_, at) => Math.max(...table.map((line) => line[at]?.length ?? 0)));
  for (const line of table)
    console.log(
      line
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join("  ")
        .trimEnd(),
    );
  const notes = columns.flatMap(({ library, transport, cells }) =>
    cells.map((cell, row) => noteOf(cell, checks[row]?.title ?? "", library, transport)),
  );
  const remarks = libraries.flatMap((library) =>
    (library.remarks ?? []).map((remark) => `${nameOf(library)}: ${remark}`),
  );
  for (const note of [...new Set(notes), ...remarks]) if (note !== undefined) console.log(note);
}

function nameOf({ packages: [library] }: Library): string {
  return library.replace(/@[^@]+$/, "");
}

function noteOf(cell: Cell, title: string, library: string, transport: string): string | undefined {
  switch (cell.kind) {
    case "right":
      return undefined;
    case "absent":
      return `not there: ${library}, ${title}: ${cell.reason}`;
    case "wrong":
      return `WRONG ${library} ${transport}, ${title}: ${cell.problem.slice(0, 500)}`;
  }
}

function run(command: string, args: readonly string[], cwd: string): void {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: "utf8", maxBuffer: 1 << 26 });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} failed: ${`${stdout}${stderr}`.slice(0, 1500)}`);
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
