/** A server with every kind of dependency as a process: it answers, leaves nothing open, and says why when it cannot start. */
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import pg from "pg";
import { build } from "esbuild";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { hasPostgres, startPostgres, type PostgresServer } from "./runtime/support/postgres-server.js";
import { startServer, textOf } from "./runtime/support/subprocess.js";
import { readCase } from "./support/fixtures/cases.js";
import { runNode } from "./support/fixtures/process.js";
import { readExit, watchExit } from "./support/fixtures/resources.js";
import { copyCase, emptySuite } from "./support/fixtures/workspace.js";
import { askMcpgen } from "./support/resident/ask.js";

const suite = emptySuite("injection");
const outputs = new Map<string, string>();

beforeAll(() => {
  for (const name of ["injection-full", "provide-redis", "provide-pg-pool", "type-primitives", "provide-dispatcher"]) {
    const { folder, output } = copyCase(readCase(name), suite);
    expect(askMcpgen({ cwd: folder }, "build", "src", "--out", "server")).toMatchObject({ status: 0, stderr: "" });
    expect(runNode({ cwd: output }, "build.mjs")).toEqual({ status: 0, stdout: "", stderr: "" });
    outputs.set(name, output);
  }
}, 240_000);

const started = new Set<ReturnType<typeof startServer>>();
afterEach(() => {
  for (const { child } of started) child.kill("SIGKILL");
  started.clear();
});

const bundleOf = (name: string): string => join(outputs.get(name) ?? "", "dist/server.js");

function start(file: string, env: Record<string, string> = {}) {
  const settings = { LOG_LEVEL: "warn", DATA_DIR: "memory://", ...watchExit(), ...env };
  const server = startServer(file, { env: settings });
  started.add(server);
  return server;
}

/** What is said of a start that fails, which is all that there is to say. */
async function failure(name: string, env: Record<string, string> = {}): Promise<readonly string[]> {
  const server = start(bundleOf(name), env);
  expect(await server.exited).toBe(1);
  expect(server.stdout).toEqual([]);
  expect(readExit(server.stderr).open).toEqual([]);
  return server.stderr.filter((line) => !line.startsWith("at exit "));
}

describe("a server with all kinds of dependencies", { timeout: 120_000 }, () => {
  let rates: Server;
  let settings: Record<string, string> = {};

  beforeAll(async () => {
    rates = createServer((_, response) => response.end('{"rate":11.5}')).listen(0, "127.0.0.1");
    await once(rates, "listening");
    const { port } = rates.address() as AddressInfo;
    settings = { RATES_URL: `http://127.0.0.1:${String(port)}/`, MCP_HTTP_ALLOW_PRIVATE: "127.0.0.1" };
  });
  afterAll(() => void rates.close());

  async function shop(env: Record<string, string>): Promise<void> {
    const server = start(bundleOf("injection-full"), { ...settings, ...env });
    await expect
      .poll(async () => Promise.race([server.initialize(), server.exited]), { timeout: 60_000 })
      .toBeTypeOf("object");
    expect(textOf(await server.call("addItem", { item: "tea", cents: 450 }))).toBe("450");
    expect(textOf(await server.call("addItem", { item: "milk", cents: 150 }))).toBe("600");
    expect(textOf(await server.call("totalIn", { currency: "NOK" }))).toBe("69.00 NOK");
    server.child.stdin.end();
    expect(await server.exited).toBe(0);
    expect(readExit(server.stderr).open).toEqual([]);
    expect(server.stderr).toHaveLength(1);
  }

  test("answers and leaves nothing open, with the embedded database", async () => shop({}));

  test("says at once what is missing, and opens nothing", async () => {
    expect(await failure("injection-full")).toEqual([
      "The server cannot start: a setting is missing or wrong.",
      expect.stringContaining("RATES_URL"),
      expect.stringContaining(".env.example"),
    ]);
  });

  test("says which database cannot be reached, and for whom", async () => {
    const url = "postgres://shop:hidden-word@127.0.0.1:1/shop";
    expect(await failure("injection-full", { ...settings, DATABASE_URL: url })).toEqual([
      "The server cannot start: `database` could not be made.",
      "  Database (mcpgen): DATABASE_URL: nothing answers at 127.0.0.1:1 (ECONNREFUSED)",
      "  needed by `orders`, from provideOrders (src/orders.ts)",
      "  needed by `basket`, from provideBasket (src/basket.ts)",
      "  needed by the tool `addItem`",
    ]);
  });

  describe.runIf(hasPostgres)("with a database server", () => {
    let server: PostgresServer;
    beforeAll(async () => {
      server = await startPostgres();
    }, 60_000);
    afterAll(async () => server.remove());

    const connections = async (): Promise<unknown> => {
      const client = new pg.Client(server.url);
      await client.connect();
      const sql = "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()";
      const { rows } = await client.query(sql);
      await client.end();
      return rows;
    };

    test("answers and leaves nothing open there either", async () => {
      await shop({ DATABASE_URL: server.url });
      expect(await connections()).toEqual([]);
    });

    test("a provider that fails after it: one message, and the connection is closed", async () => {
      const url = `${server.url}?options=-c%20default_transaction_read_only%3Don`;
      const said = await failure("injection-full", { ...settings, DATABASE_URL: url });
      expect(said.filter((line) => !line.startsWith("{"))).toEqual([
        "The server cannot start: `orders` could not be made.",
        expect.stringMatching(/^ {2}provideOrders \(src\/orders\.ts\): .*read-only transaction/),
        "  needed by `basket`, from provideBasket (src/basket.ts)",
        "  needed by the tool `addItem`",
      ]);
      expect(await connections()).toEqual([]);
    });
  });
});

describe("a library's own client", { timeout: 60_000 }, () => {
  test.each([
    ["provide-redis", "redis", "Redis (ioredis): REDIS_URL is not set.", "visit"],
    ["provide-pg-pool", "pool", "Pool (pg): DATABASE_URL is not set.", "countUsers"],
  ])("%s: says which variable is missing", async (name, entry, reason, tool) => {
    expect(await failure(name, { REDIS_URL: "", DATABASE_URL: "" })).toEqual([
      `The server cannot start: \`${entry}\` could not be made.`,
      `  ${reason}`,
      `  needed by the tool \`${tool}\``,
    ]);
  });
});

describe("what is loaded", { timeout: 60_000 }, () => {
  const heavy = [
    "undici",
    "pg",
    "@electric-sql/pglite",
    "pino",
    "@opentelemetry/api",
    "ioredis",
    "lru-cache",
    "piscina",
  ];

  /** Packages from the folder that they are installed in: what is in a bundle cannot be told apart any more. */
  async function loaded(name: string): Promise<readonly string[]> {
    const output = outputs.get(name) ?? "";
    const outfile = join(output, "dist/unbundled.js");
    await build({
      entryPoints: [join(output, "generated/main.ts")],
      outfile,
      bundle: true,
      packages: "external",
      platform: "node",
      format: "esm",
      alias: { mcpgen: join(output, "generated/contracts.ts") },
      logLevel: "error",
    });
    const server = start(outfile);
    await server.initialize();
    await server.request("tools/list");
    server.child.stdin.end();
    expect(await server.exited).toBe(0);
    const { modules } = readExit(server.stderr);
    return heavy.filter((each) => modules.some((path) => path.includes(`/node_modules/${each}/`)));
  }

  test("nothing heavy, where no function needs it", async () => {
    expect(await loaded("type-primitives")).toEqual([]);
  });

  test("undici, where one asks for its dispatcher", async () => {
    expect(await loaded("provide-dispatcher")).toEqual(["undici"]);
  });

  test("no bundle holds what its server has no use for", () => {
    const { stdout } = runNode(
      { cwd: outputs.get("type-primitives") ?? "" },
      "-e",
      `const { readdirSync, readFileSync } = require("fs");
       const text = readdirSync("dist").map((name) => readFileSync("dist/" + name, "utf8")).join("");
       console.log(JSON.stringify([...new Set(Array.from(text.matchAll(/^\\s*\\/\\/ .*node_modules\\/((?:@[^/]+\\/)?[^/]+)\\//gm), (found) => found[1]))]))`,
    );
    const packages = JSON.parse(stdout) as readonly string[];
    expect(packages).toContain("zod");
    // pino is there for the first line of the log, and is not run before it.
    expect(heavy.filter((each) => packages.includes(each))).toEqual(["pino"]);
  });
});
