/** A server with a database, as a process: what it answered is there after it was killed; a start without the database. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { hasPostgres, startPostgres, type PostgresServer } from "./runtime/support/postgres-server.js";
import { startServer, textOf, type Message } from "./runtime/support/subprocess.js";
import { readCase } from "./support/fixtures/cases.js";
import { runNode } from "./support/fixtures/process.js";
import { copyCase, emptySuite } from "./support/fixtures/workspace.js";
import { askMcpgen } from "./support/resident/ask.js";

const suite = emptySuite("database");
let output: string;
let started: ReturnType<typeof startServer>[] = [];

beforeAll(() => {
  const copied = copyCase(readCase("inject-database"), suite);
  ({ output } = copied);
  expect(askMcpgen({ cwd: copied.folder }, "build", "src", "--out", "server")).toMatchObject({ status: 0 });
  expect(runNode({ cwd: output }, "build.mjs")).toEqual({ status: 0, stdout: "", stderr: "" });
}, 60_000);

afterEach(() => {
  for (const { child } of started) child.kill("SIGKILL");
  started = [];
});

async function start(env: Record<string, string>) {
  const server = startServer(join(output, "dist/server.js"), { env: { LOG_LEVEL: "silent", ...env } });
  started.push(server);
  await server.initialize();
  return server;
}

const note = (id: number) => ({ id, text: `note ${String(id)}`, written: "2026-05-01T08:00:00Z" });

/** Starting the embedded database takes longer than other calls do. */
async function call(server: ReturnType<typeof startServer>, name: string, args: object = {}): Promise<Message> {
  const id = server.post("tools/call", { name, arguments: args });
  for (const end = Date.now() + 60_000; Date.now() < end;) {
    const answer = server.messages().find((message) => message.id === id);
    if (answer) return answer;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return expect.fail(`no answer to ${name}: ${server.stderr.join("\n")}`);
}

/** Adds notes one by one, and kills the server between an answer and the next. */
async function keepsWhatItAnswered(env: Record<string, string>): Promise<void> {
  const killed = await start(env);
  for (let id = 1; id <= 5; id += 1) await call(killed, "addNotes", { notes: [note(id)] });
  killed.post("tools/call", { name: "addNotes", arguments: { notes: [note(6)] } });
  killed.child.kill("SIGKILL");
  await killed.exited;
  const again = await start(env);
  for (let id = 1; id <= 5; id += 1)
    expect((await call(again, "editNote", { id, text: "kept" })).result.isError, `note ${String(id)}`).not.toBe(true);
  expect(textOf(await call(again, "editNote", { id: 5, text: "kept" }))).toContain('"kept"');
  again.child.stdin.end();
  expect(await again.exited).toBe(0);
}

describe("embedded", () => {
  afterEach(() => rmSync(join(output, ".data"), { recursive: true, force: true }));

  test("in the project's own folder, wherever the server is started from", async () => {
    await keepsWhatItAnswered({ DATABASE_URL: "", DATA_DIR: "" });
  }, 120_000);

  test("a second server on the same folder says what is in its way, and works when the first has ended", async () => {
    const env = { DATABASE_URL: "", DATA_DIR: ".data" };
    const first = await start(env);
    await call(first, "addNotes", { notes: [note(1)] });
    const second = await start(env);
    const refused = await call(second, "countWords");
    expect(refused.result.isError).toBe(true);
    expect(textOf(refused)).toContain(`in use by another process (${String(first.child.pid)})`);
    first.child.stdin.end();
    await first.exited;
    expect(textOf(await call(second, "countWords"))).toBe("2");
  }, 120_000);
});

describe.runIf(hasPostgres)("on a server", () => {
  let postgres: PostgresServer;
  beforeAll(async () => {
    postgres = await startPostgres();
  }, 60_000);
  afterAll(async () => postgres.remove());

  test("keeps what it answered", async () => keepsWhatItAnswered({ DATABASE_URL: postgres.url }), 60_000);

  test("goes on when the server is killed and comes back, and tells the client nothing but that", async () => {
    const server = await start({ DATABASE_URL: postgres.url });
    await call(server, "addNotes", { notes: [note(10)] });
    await postgres.kill();
    const failed = await call(server, "countWords");
    expect(textOf(failed)).toMatch(/^`countWords` is temporarily unavailable \(request [\w-]+\)\.$/);
    await postgres.start();
    expect((await call(server, "countWords")).result.isError).not.toBe(true);
  }, 60_000);
});

test("a start without the database: one message, no password, nothing on stdout, exit code 1", async () => {
  const env = { DATABASE_URL: "postgres://ann:hidden-word@127.0.0.1:1/shop", LOG_LEVEL: "silent" };
  const server = startServer(join(output, "dist/server.js"), { env });
  started.push(server);
  expect(await server.exited).toBe(1);
  expect(server.stdout).toEqual([]);
  expect(server.stderr).toEqual([
    "The server cannot start: `database` could not be made.",
    "  Database (mcpgen): DATABASE_URL: nothing answers at 127.0.0.1:1 (ECONNREFUSED)",
    "  needed by the tool `addNotes`",
  ]);
});
