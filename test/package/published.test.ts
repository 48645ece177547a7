/** A project that is named in the MCP registry is what its server.json says: a package of npm's, started by its program. */
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { spawnSync } from "node:child_process";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { expect, test } from "vitest";
import { repository } from "../support/fixtures/cases.js";
import { connectOver, runNode } from "../support/fixtures/process.js";
import { emptyPlace, emptySuite } from "../support/fixtures/workspace.js";
import { writeFiles } from "../support/folder.js";
import { askMcpgen } from "../support/resident/ask.js";

const suite = emptySuite("published");
const project = join(suite, "project");
const output = join(project, "server");
const shout = join(project, "node_modules/shout");

const files = {
  "package.json": JSON.stringify({ name: "orders", private: true, dependencies: { shout: "1.0.0" } }),
  "mcpgen.json": JSON.stringify({ source: "src", name: "@acme/orders", registry: "io.github.acme/orders" }),
  "src/orders.ts": `import { shout } from "shout";

/** Says it loudly. */
export function announce(text: string): string {
  return shout(text);
}

/**
 * Counts.
 * @worker
 */
export function count(limit: number): number {
  return limit + 1;
}
`,
  "node_modules/shout/package.json": `{ "name": "shout", "version": "1.0.0", "type": "module", "exports": "./index.js" }`,
  "node_modules/shout/index.js": "export const shout = (text) => `${text.toUpperCase()}!`;\n",
  "node_modules/shout/index.d.ts": "export declare const shout: (text: string) => string;\n",
};

test("is packed, installed elsewhere and started by its program", { timeout: 120_000 }, async () => {
  writeFiles(project, files);
  expect(askMcpgen({ cwd: project }, "build")).toMatchObject({ status: 0, stderr: "" });
  const bundled = runNode({ cwd: output }, "build.mjs");
  expect(bundled).toMatchObject({ status: 0, stdout: "" });
  expect(bundled.stderr).toContain("does not depend on shout, which your functions import");
  expect(bundled.stderr).toContain("npm install shout@1.0.0");

  const manifest = JSON.parse(readFileSync(join(output, "package.json"), "utf8")) as Manifest;
  expect(manifest).toMatchObject({
    mcpName: "io.github.acme/orders",
    bin: { orders: "dist/server.js" },
    scripts: { prepublishOnly: "npm run build" },
  });
  const dependencies = { ...manifest.dependencies, shout: "1.0.0" };
  writeFileSync(join(output, "package.json"), JSON.stringify({ ...manifest, dependencies }, undefined, 2));
  // What the tests bundle is not for others.
  writeFiles(output, { "dist/test/left.js": "" });
  expect(runNode({ cwd: output }, "build.mjs")).toEqual({ status: 0, stdout: "", stderr: "" });
  writeFiles(output, { "dist/test/left.js": "" });
  const tarball = pack();

  const place = emptyPlace("published-elsewhere");
  writeFiles(place, { "package.json": `{ "name": "elsewhere", "private": true }` });
  // No registry is asked: each package comes from where it is installed here.
  const names = withDependencies(Object.keys(manifest.dependencies));
  const installed = names.map((name) => `${name}@file:${join(repository, "node_modules", name)}`);
  const flags = ["--offline", "--install-links", "--no-audit", "--no-fund", "--ignore-scripts"];
  npm(place, "install", ...flags, ...installed, `shout@file:${shout}`, tarball);
  renameSync(project, join(suite, "gone"));

  const transport = new StdioClientTransport({ command: join(place, "node_modules/.bin/orders"), cwd: place });
  const client = await connectOver(transport);
  const { tools } = await client.listTools();
  expect(tools.map(({ name }) => name).sort()).toEqual(["announce", "count"]);
  const called = await client.callTool({ name: "announce", arguments: { text: "hey" } });
  expect(called).toMatchObject({ content: [{ text: "HEY!" }] });
  expect(await client.callTool({ name: "count", arguments: { limit: 2 } })).toMatchObject({ content: [{ text: "3" }] });
  expect(client.getServerVersion()).toMatchObject({ name: "@acme/orders", version: "0.1.0" });
  await client.close();
});

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
}

/** Nothing but the bundle, and what npm packs of any package. */
function pack(): string {
  const [{ filename = "", files: packed = [] } = {}] = JSON.parse(
    npm(output, "pack", "--json", "--pack-destination", suite),
  ) as readonly { readonly filename?: string; readonly files?: readonly { readonly path: string }[] }[];
  const paths = packed.map(({ path }) => path);
  expect(paths).toContain("dist/server.js");
  expect(paths.filter((path) => !/^dist\/(?!test\/)/.test(path)).sort()).toEqual(["README.md", "package.json"]);
  expect(readdirSync(suite)).toContain(filename);
  return join(suite, filename);
}

/** Everything lies flat in the repository's own node_modules. */
function withDependencies(names: readonly string[]): readonly string[] {
  const found = new Set(names);
  for (const name of found) {
    const text = readFileSync(join(repository, "node_modules", name, "package.json"), "utf8");
    const { dependencies = {} } = JSON.parse(text) as Partial<Manifest>;
    for (const each of Object.keys(dependencies))
      if (existsSync(join(repository, "node_modules", each))) found.add(each);
  }
  return [...found];
}

function npm(cwd: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync("npm", args, { cwd, encoding: "utf8" });
  expect({ status, stderr: status === 0 ? "" : stderr }).toEqual({ status: 0, stderr: "" });
  return stdout;
}
