/** Servers whose tools need providers, as processes: every call over stdio and HTTP, the end of the process, a start that fails. */
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import type { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { bundleSample, startServer } from "./runtime/support/subprocess.js";
import { checkCall } from "./support/fixtures/calls.js";
import { readCases, type Case } from "./support/fixtures/cases.js";
import { connectOver, runMcpgen, runNode, serveHttp } from "./support/fixtures/process.js";
import { copyCase, emptySuite } from "./support/fixtures/workspace.js";

const suite = emptySuite("container");
const cases = readCases().filter(({ name }) => name.startsWith("provide-"));
const outputs = new Map<string, string>();
let started: ReturnType<typeof startServer>[] = [];

beforeAll(() => {
  for (const found of cases) {
    const { folder, output } = copyCase(found, suite);
    expect(runMcpgen({ cwd: folder }, "build", "src", "--out", "server")).toMatchObject({ status: 0, stderr: "" });
    expect(runNode({ cwd: output }, "build.mjs")).toEqual({ status: 0, stdout: "", stderr: "" });
    outputs.set(found.name, output);
  }
}, 120_000);

afterEach(() => {
  for (const { child } of started) child.kill("SIGKILL");
  started = [];
});

function start(file: string, env: Record<string, string> = {}) {
  const server = startServer(file, { env });
  started.push(server);
  return server;
}

const serverOf = (name: string): string => `${outputs.get(name) ?? ""}/dist/server.js`;

async function wrongCalls(client: Client, { calls }: Case): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const call of calls) wrong.push(...[await checkCall(client, call)].filter((problem) => problem !== undefined));
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

test("the generated tests of a tool with needs pass", { timeout: 30_000 }, () => {
  const ran = runNode({ cwd: outputs.get("provide-request") ?? "" }, "build.mjs", "--test");
  expect(ran).toMatchObject({ status: 0 });
  expect(ran.stdout).toContain("isMine is listed");
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
  import { main } from "./templates/runtime/sdk-v1/main.js";
  const wait = (name) => process.env.SLOW === name ? new Promise((resolve) => setTimeout(resolve, 60_000)) : undefined;
  async function* openSlow() {
    console.error("opening");
    await wait("start");
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
    },
    async openSingletons(open) {
      const early = open.value("early", () => ({ [Symbol.dispose]: () => console.error("early closed") }));
      return { early, slow: await open.generator("slow", openSlow) };
    },
  });
  const input = z.strictObject({});
  const tool = defineTool({ name: "t", input, result: "empty", needs: ["slow"], call: () => undefined });
  const surface = { tools: [{ name: "t", inputSchema: { type: "object" } }] };
  await main(defineServer({ name: "slow", version: "1", surface, tools: [tool], container }));`;

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

  test("a second one ends it at once", async () => {
    const server = start(file, { SLOW: "end" });
    await server.initialize();
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
      server.child.stdin.end();
      expect(await server.exited).toBe(0);
      expect(server.stderr).toContain("early closed");
    }
    expect(late.stderr.at(-1)).toContain("closing `slow` took longer than 5 s");
    expect(failing.stderr.at(-1)).toContain("cannot close");
  });
});
