/**
 * What a user gets: the packed package, installed somewhere else, scaffolds a project whose server answers a
 * client over stdio and HTTP. Installs from the registry, so it runs where CI is set, and takes a minute or two.
 */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { explainedTypes, injected } from "../../src/language/injected/injected.js";
import { sourceTaking } from "../support/injected.js";

const root = join(import.meta.dirname, "../..");
const minutes = 60_000;

describe.runIf(process.env["CI"])("the packed package", () => {
  const work = mkdtempSync(join(tmpdir(), "mcpgen-package-"));
  const user = join(work, "user");
  const project = join(user, "my-server");
  let serving: ChildProcess | undefined;

  beforeAll(() => {
    mkdirSync(user);
    writeFileSync(join(user, "package.json"), JSON.stringify({ name: "user", private: true, type: "module" }));
    // Without scripts: the bundle is there, and building it again would pull it from under tests that use it.
    run(root, "npm", "pack", "--ignore-scripts", "--pack-destination", work);
    run(user, "npm", "install", "--no-audit", "--no-fund", ...tarballs());
  }, 5 * minutes);
  afterAll(() => {
    serving?.kill();
    rmSync(work, { recursive: true, force: true });
  }, minutes);

  const tarballs = () =>
    readdirSync(work)
      .filter((name) => name.endsWith(".tgz"))
      .map((name) => join(work, name));

  test(
    "has every type that a build knows as one of ours, for a compiler that checks libraries too",
    () => {
      const names = contractNames();
      expect(names).toEqual(expect.arrayContaining([...explainedTypes, "ProviderSet", "bind"]));
      const compilerOptions = {
        ...{ strict: true, module: "nodenext", target: "es2023", types: ["node"], skipLibCheck: false, noEmit: true },
      };
      // What stands in the pages, one file for each of the types.
      const pages = injected.filter((row) => row.package === "mcpgen");
      for (const row of pages) writeFileSync(join(user, `${row.type}.ts`), sourceTaking(row) ?? "");
      const files = ["contracts.ts", ...pages.map(({ type }) => `${type}.ts`)];
      writeFileSync(join(user, "tsconfig.json"), JSON.stringify({ compilerOptions, files }));
      const imports = names.map((name) => `import type { ${name} } from "mcpgen";\n`);
      writeFileSync(join(user, "contracts.ts"), `${imports.join("")}export type { ${names.join(", ")} };\n`);
      run(user, process.execPath, join(root, "node_modules/typescript/bin/tsc"));
    },
    minutes,
  );

  test("scaffolds a project that installs, builds, and is up to date", { timeout: 5 * minutes }, () => {
    const created = run(
      user,
      join("node_modules", ".bin", "create-mcp-server"),
      "my-server",
      "--yes",
      "--template",
      "weather",
      "--no-install",
      "--no-git",
    );
    expect(created).toContain(JSON.stringify(join(project, "dist", "server.js")));
    // The version in package.json is not in the registry before it is published.
    run(project, "npm", "pkg", "set", `devDependencies.mcpgen=file:${tarballs()[0] ?? ""}`);
    run(project, "npm", "install", "--no-audit", "--no-fund");
    expect(run(project, "npm", "run", "generate")).toContain("up to date");
    run(project, "npx", "--no", "mcpgen", "check");
    run(project, "npm", "run", "build");
  });

  test("whose own tests pass", { timeout: 2 * minutes }, () => {
    expect(run(project, "npm", "test")).toMatch(/# pass [1-9]|pass [1-9]/);
  });

  test("whose server answers over stdio", { timeout: minutes }, async () => {
    await talk(
      new StdioClientTransport({ command: process.execPath, args: ["dist/server.js"], cwd: project, stderr: "ignore" }),
    );
  });

  test("and over HTTP", { timeout: minutes }, async () => {
    const port = await freePort();
    serving = spawn(process.execPath, ["dist/server.js", "--http", String(port)], { cwd: project, stdio: "ignore" });
    await untilReady(`http://127.0.0.1:${port}/health/ready`);
    await talk(new StreamableHTTPClientTransport(new URL(`http://127.0.0.1:${port}/mcp`)));
  });

  test("and the package that `npm create` runs hands over to it", { timeout: minutes }, () => {
    run(work, "npm", "pack", join(root, "bin/create-mcp-server"), "--pack-destination", work);
    const small = tarballs().filter((path) => path.includes("create-mcp-server"));
    run(user, "npm", "install", "--no-audit", "--no-fund", "--force", ...small);
    expect(run(user, process.execPath, join("node_modules", "create-mcp-server", "index.js"), "--help")).toContain(
      "--template",
    );
  });
});

/** What the contracts that builds resolve "mcpgen" to export. */
function contractNames(): readonly string[] {
  const program = ts.createProgram([join(root, "templates/runtime/contracts/index.ts")], { types: [], noLib: true });
  const [file] = program.getRootFileNames().map((name) => program.getSourceFile(name));
  const symbol = file && program.getTypeChecker().getSymbolAtLocation(file);
  return symbol
    ? program
        .getTypeChecker()
        .getExportsOfModule(symbol)
        .map(({ name }) => name)
    : [];
}

async function talk(transport: Transport): Promise<void> {
  const client = new Client({ name: "package-test", version: "1.0.0" });
  await client.connect(transport);
  const { tools } = await client.listTools();
  expect(tools.map(({ name }) => name)).toEqual(["compareCities", "findPlaces", "getForecast"]);
  const answer = await client.callTool({ name: "getForecast", arguments: { city: "Oslo", days: 2 } });
  expect(answer.structuredContent).toMatchObject({ place: { name: "Oslo", country: "Norway" }, units: "metric" });
  await client.close();
}

/** What the program printed; a failure shows all of it. */
function run(cwd: string, program: string, ...args: readonly string[]): string {
  // npm's own variables would tell the npm inside about the project outside.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^npm_(config_local_prefix|package_|lifecycle_)/.test(name)),
  );
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd,
    env,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  const output = `${stdout}${stderr}`;
  expect(status, `${program} ${args.join(" ")}\n${output}${error?.message ?? ""}`).toBe(0);
  return output;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function untilReady(url: string): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${url} was not ready within ten seconds`);
}
