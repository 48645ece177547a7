/**
 * The main job on real input: the functions of a small web shop, built by the command line, bundled by the project's
 * own script, and called by the official client over both transports.
 */
import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { beforeAll, describe, expect, test } from "vitest";
import { checkCall } from "./support/fixtures/calls.js";
import { isCall, readCase } from "./support/fixtures/cases.js";
import { connectOver, runMcpgen, runNode, serveHttp } from "./support/fixtures/process.js";
import { copyCase, emptySuite } from "./support/fixtures/workspace.js";

const shop = readCase("shop");
const { folder } = copyCase(shop, emptySuite("shop"));
const server = join(folder, "server");

describe("a shop of 40 functions", () => {
  beforeAll(() => {
    const built = runMcpgen({ cwd: folder }, "build", "src", "--out", "server", "--verbose");
    // Its shelves are variables of modules, which a shop of more than one process could not have.
    expect(built).toMatchObject({ status: 0, stderr: expect.stringContaining(shop.diagnostics ?? "no") });
    expect(built.stdout).toContain("40 functions in 12 files");
    expect(runNode({ cwd: server }, "build.mjs")).toEqual({ status: 0, stdout: "", stderr: "" });
    // Nothing may be missing from the bundle.
    rmSync(join(server, "generated"), { recursive: true });
  }, 60_000);

  test("answers every call over stdio", { timeout: 60_000 }, async () => {
    const transport = new StdioClientTransport({
      command: process.execPath,
      args: ["dist/server.js"],
      cwd: server,
      stderr: "pipe",
    });
    const client = await connectOver(transport);
    expect(await wrongCalls(client)).toEqual([]);
    await client.close();
  });

  test("answers every call over HTTP", { timeout: 60_000 }, async () => {
    const { url, process } = await serveHttp(server);
    try {
      const client = await connectOver(new StreamableHTTPClientTransport(url));
      expect(await wrongCalls(client)).toEqual([]);
      await client.close();
    } finally {
      process.kill();
    }
  });

  test("has a call for each of its tools", () => {
    expect(new Set(shop.calls.map((call) => isCall(call) && call.tool)).size).toBe(40);
  });
});

/** The calls build on each other: a cart that was made is filled, then ordered. */
async function wrongCalls(client: Client): Promise<readonly string[]> {
  const { tools } = await client.listTools();
  const wrong = tools.length === 40 ? [] : [`${String(tools.length)} tools are listed`];
  for (const call of shop.calls) {
    const problem = await checkCall(client, call);
    if (problem !== undefined) wrong.push(problem);
  }
  return wrong;
}
