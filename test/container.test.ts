/** Servers whose tools need providers, as processes: every call over stdio and HTTP, the end of the process, a start that fails. */
import { existsSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import type { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { bundleSample, startServer } from "./runtime/support/subprocess.js";
import { checkCall } from "./support/fixtures/calls.js";
import { generate } from "../src/pipeline.js";
import { thisProcess } from "../src/cli/owner.js";
import { readCases, repository, type Case } from "./support/fixtures/cases.js";
import { requestFor } from "./support/fixtures/generate.js";
import { connectOver, runNode, serveHttp } from "./support/fixtures/process.js";
import { copyCase, emptySuite, writeText } from "./support/fixtures/workspace.js";
import { parseLibrariesOnce } from "./support/parsed-libraries.js";

parseLibrariesOnce();

const suite = emptySuite("container");
const cases = readCases().filter(
  // What needs mocks needs a service that is not there.
  ({ name, folder }) => name.startsWith("provide-") && !existsSync(join(folder, "mocks.ts")),
);
const outputs = new Map<string, string>();
let started: ReturnType<typeof startServer>[] = [];

beforeAll(async () => {
  for (const found of cases) {
    const workspace = copyCase(found, suite);
    const { output } = workspace;
    const { value } = await generate({ ...requestFor(workspace), owner: thisProcess });
    expect(value.changes?.length).toBeGreaterThan(10);
    expect(runNode({ cwd: output }, "build.mjs")).toEqual({ status: 0, stdout: "", stderr: "" });
    outputs.set(found.name, output);
  }
}, 120_000);

afterEach(() => {
  for (const { child } of started) child.kill("SIGKILL");
  started = [];
});

function start(file: string, env: Record<string, string> = {}, args: string[] = []) {
  const server = startServer(file, { env, args });
  started.push(server);
  return server;
}

const serverOf = (name: string): string => `${outputs.get(name) ?? ""}/dist/server.js`;

async function wrongCalls(client: Client, { calls }: Case): Promise<readonly string[]> {
  const wrong: string[] = [];
  // Callers come with tokens, which nobody issues here.
  const anonymous = calls.filter((call) => !("caller" in call));
  for (const call of anonymous)
    wrong.push(...[await checkCall(client, call)].filter((problem) => problem !== undefined));
  return wrong;
}

describe("answers every call", { timeout: 30_000 }, () => {
  test.each(cases.map((found) => [found.name, found] as const))("%s", async (name, found) => {
    const args = [serverOf(name)];
    const client = await connectOver(new StdioClientTransport({ command: process.execPath, args, stderr: "ignore" }));
    expect(await wrongCalls(client, found)).toEqual([]);
    await client.close();
    const { url, process: server } = await serveHttp(outputs.get(name) ?? "");
    try {
      const overHttp = await connectOver(new StreamableHTTPClientTransport(url));
      expect(await wrongCalls(overHttp, found)).toEqual([]);
      await overHttp.close();
    } finally {
      server.kill();
    }
  });
});

const mine = `
import assert from "node:assert/strict";
import { test } from "node:test";
import { connect } from "../generated/testing.js";
import { Counter } from "../../src/session.js";

test("counts on with my counter", async () => {
  const client = await connect({ counter: Object.assign(new Counter(), { opened: 7 }) });
  const { content } = await client.callTool({ name: "countSessions", arguments: {} });
  assert.deepEqual(content, [{ type: "text", text: "7 opened, 0 closed" }]);
  await client.close();
});

// @ts-expect-error: no tool needs anything of this name
export const misspelt = () => connect({ countre: new Counter() });

// @ts-expect-error: this is no counter
export const mistaken = () => connect({ counter: new Date() });
`;

test("the generated tests of tools with needs pass, and so does one with a mock", { timeout: 30_000 }, () => {
  const cwd = outputs.get("provide-request") ?? "";
  writeText(`${cwd}/test/mine.test.ts`, mine);
  const ran = runNode({ cwd }, "build.mjs", "--test");
  expect(ran).toMatchObject({ status: 0 });
  expect(ran.stdout).toContain("isMine is listed");
  expect(ran.stdout).toContain("counts on with my counter");
  const tsc = join(repository, "node_modules/typescript/bin/tsc");
  expect(runNode({ cwd }, tsc, "-p", ".")).toEqual({ status: 0, stdout: "", stderr: "" });
});

describe("the end", { timeout: 30_000 }, () => {
  const closed = [
    "notes closed before the store with its 1 lines",
    "store closed with 1 lines",
    "index closed with 1 words",
  ];

  test.each(["end of input", "SIGTERM", "SIGINT"] as const)("%s closes all in reverse order", async (reason) => {
    const server = start(serverOf("provide-cleanup"));
    await server.initialize();
    await server.call("addNote", { line: "milk" });
    if (reason === "end of input") server.child.stdin.end();
    else server.child.kill(reason);
    expect(await server.exited).toBe(0);
    expect(server.stderr).toEqual(closed);
    expect(server.messages()).toHaveLength(2);
  });

  test("a port that is in use is noticed before anything is made, and exits with 1", async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
    const port = String((taken.address() as AddressInfo).port);
    const server = start(serverOf("provide-cleanup"), {}, ["--http", port]);
    expect(await server.exited).toBe(1);
    expect(server.stderr[0]).toBe(`Port ${port} on 127.0.0.1 is in use. Choose another one with --http PORT.`);
    expect(server.stderr).toHaveLength(1);
    taken.close();
  });

  test("a start that fails closes what is open, says why once, and exits with 1", async () => {
    const server = start(serverOf("provide-failure"), { DATABASE_URL: "unreachable://ola:secret@db" });
    expect(await server.exited).toBe(1);
    expect(server.stdout).toEqual([]);
    expect(server.stderr).toEqual([
      "files closed",
      "The server cannot start: `database` could not be made.",
      "  connectDatabase (src/reports.ts): no answer from unreachable://[redacted]@db",
      "  needed by `reports`, from provideReports (src/reports.ts)",
      "  needed by the tool `readReport`",
    ]);
  });
});

const slow = `
  import "./templates/runtime/lifecycle/stdout.js";
  import { z } from "zod";
  import { defineContainer } from "./templates/runtime/container/container.js";
  import { defineServer, defineTool } from "./templates/runtime/index.js";
  import { createContextCall } from "./templates/runtime/context/call.js";
  import { main } from "./templates/runtime/entry/main.js";
  const patience = { start: 60_000, brief: 500, end: 60_000 };
  const wait = (...names) =>
    names.includes(process.env.SLOW) && new Promise((resolve) => setTimeout(resolve, patience[process.env.SLOW]));
  async function* openSlow() {
    console.error("opening");
    await wait("start", "brief");
    yield "slow";
    console.error("closing");
    await wait("end");
    if (process.env.SLOW === "never") throw new Error("cannot close");
    console.error("closed");
  }
  const container = defineContainer({
    providers: {
      early: { provider: "openEarly (a.ts)", needs: [] },
      slow: { provider: "openSlow (a.ts)", needs: ["early"] },
      late: { provider: "openLate (a.ts)", needs: ["slow"] },
    },
    async openSingletons(open) {
      const early = open.value("early", () => ({ [Symbol.dispose]: () => console.error("early closed") }));
      const slow = await open.generator("slow", openSlow);
      return { early, slow, late: open.value("late", () => "late") };
    },
  });
  const input = z.strictObject({});
  const tool = defineTool({ name: "t", input, result: "empty", needs: ["late"], call: () => undefined });
  const surface = { tools: [{ name: "t", inputSchema: { type: "object" } }] };
  const server = defineServer({ calls: createContextCall, name: "slow", version: "1", surface, tools: [tool], container });
  await main({ ...server, load: () => Promise.resolve(server) });`;

describe("signals", { timeout: 30_000 }, () => {
  let file = "";
  beforeAll(async () => {
    file = await bundleSample("container-test", slow);
  }, 60_000);

  test("while it starts: what is there is closed, and no more is made", async () => {
    const server = start(file, { SLOW: "start" });
    await server.logged("opening");
    server.child.kill("SIGTERM");
    expect(await server.exited).toBe(0);
    expect(server.stderr).toEqual(["opening", "early closed"]);
    expect(server.stdout).toEqual([]);
  });

  test("what is just being made is waited for and closed, without a word of a start that failed", async () => {
    const server = start(file, { SLOW: "brief" });
    await server.logged("opening");
    server.child.kill("SIGTERM");
    expect(await server.exited).toBe(0);
    expect(server.stderr).toEqual(["opening", "closing", "closed", "early closed"]);
  });

  test("a second one ends it at once", async () => {
    const server = start(file, { SLOW: "end" });
    await server.initialize();
    await server.logged("opening");
    server.child.kill("SIGTERM");
    await server.logged("closing");
    server.child.kill("SIGTERM");
    expect(await server.exited).toBe(143);
    expect(server.stderr).toEqual(["opening", "closing"]);
  });

  test("a cleanup that takes too long is left behind, and one that fails is logged", async () => {
    const late = start(file, { SLOW: "end" });
    const failing = start(file, { SLOW: "never" });
    for (const server of [late, failing]) {
      await server.initialize();
      await server.logged("opening");
      server.child.stdin.end();
      expect(await server.exited).toBe(0);
      expect(server.stderr).toContain("early closed");
    }
    expect(late.stderr.at(-1)).toContain("closing `slow` took longer than 5 s");
    expect(failing.stderr.at(-1)).toContain("cannot close");
  });
});
