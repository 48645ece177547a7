/** What compose.yaml starts, without Docker: two replicas of a built server behind the proxy with its configuration. */
import { spawn, type ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { parse } from "yaml";
import { connectOver, freePort, runNode, untilReady } from "./support/fixtures/process.js";
import { emptySuite } from "./support/fixtures/workspace.js";
import { writeFiles } from "./support/folder.js";
import { hasProxy, startProxy } from "./support/proxy.js";
import { askMcpgen } from "./support/resident/ask.js";

const folder = emptySuite("replicas");
const addresses = ["127.0.0.2", "127.0.0.3"];

const files = {
  "package.json": `{ "name": "replicas", "private": true, "type": "module" }`,
  "src/replica.ts": `import type { Progress } from "mcpgen";

/** Says which replica answers. */
export function replica(): string {
  return process.env["HOST"] ?? "";
}

let release: (() => void) | undefined;

/** Says that it has begun, and ends when it is released. */
export async function hold(progress: Progress, signal: AbortSignal): Promise<string> {
  const released = new Promise<void>((resolve) => (release = resolve));
  const aborted = new Promise<never>((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
  progress(1, 2);
  await Promise.race([released, aborted]);
  return "released";
}

/** Releases what is held. */
export function letGo(): boolean {
  release?.();
  return release !== undefined;
}
`,
};

describe.runIf(hasProxy)("two replicas behind the proxy", () => {
  const replicas = new Map<string, ChildProcess>();
  let url = new URL("http://localhost");
  let proxy: Awaited<ReturnType<typeof startProxy>> | undefined;

  beforeAll(async () => {
    writeFiles(folder, files);
    expect(askMcpgen({ cwd: folder }, "build", "src", "--out", "server")).toMatchObject({ status: 0 });
    const server = join(folder, "server");
    expect(runNode({ cwd: server }, "build.mjs")).toEqual({ status: 0, stdout: "", stderr: "" });
    const port = await freePort();
    for (const HOST of addresses) {
      const env = { ...process.env, HOST, PORT: String(port), LOG_LEVEL: "silent" };
      replicas.set(HOST, spawn(process.execPath, ["dist/server.js", "--http"], { cwd: server, stdio: "ignore", env }));
    }
    await Promise.all(addresses.map((address) => untilReady(`http://${address}:${String(port)}/health/ready`)));
    const { configs } = parse(readFileSync(join(server, "compose.yaml"), "utf8")) as {
      readonly configs: { readonly proxy: { readonly content: string } };
    };
    const { content: configuration } = configs.proxy;
    const own = await freePort();
    proxy = await startProxy({ folder, configuration, port: own, replicas: { port, addresses } });
    url = new URL(`http://localhost:${String(own)}/mcp`);
    await untilReady(new URL("/health/ready", url).href);
    // Both are found, and none is asked before it is known to be ready.
    await vi.waitFor(async () => expect(await answering(4)).toEqual(addresses), { timeout: 20_000, interval: 200 });
  }, 60_000);
  afterAll(async () => {
    await proxy?.close();
    for (const replica of replicas.values()) replica.kill();
  });

  const connect = (): Promise<Client> => connectOver(new StreamableHTTPClientTransport(url));

  /** The replicas that answer that many new clients. */
  async function answering(count: number): Promise<readonly string[]> {
    const found = new Set<string>();
    for (let index = 0; index < count; index += 1) {
      const client = await connect();
      found.add(await textOf(client, "replica"));
      await client.close();
    }
    return [...found].sort();
  }

  test("the configuration is one that HAProxy takes without a warning", () => {
    expect(proxy?.checked).toMatchObject({ status: 0, said: expect.not.stringMatching(/WARNING|ALERT/) });
  });

  test("each client stays with the replica that has its session", async () => {
    const clients = await Promise.all(Array.from({ length: 6 }, connect));
    const firsts = await Promise.all(clients.map((client) => textOf(client, "replica")));
    expect([...new Set(firsts)].sort()).toEqual(addresses);
    for (let round = 0; round < 5; round += 1)
      expect(await Promise.all(clients.map((client) => textOf(client, "replica")))).toEqual(firsts);
    for (const client of clients) await client.close();
  });

  test("what a call tells on its way arrives before it ends", { timeout: 10_000 }, async () => {
    const client = await connect();
    // It would wait for ever if the proxy kept the first part back.
    let held: Promise<unknown> | undefined;
    await new Promise<void>((resolve) => {
      held = client.callTool({ name: "hold" }, undefined, { onprogress: () => resolve() });
    });
    expect(await textOf(client, "letGo")).toBe("true");
    expect(await held).toMatchObject({ content: [{ text: "released" }] });
    await client.close();
  });

  test("without one of them, new clients are served by the other", { timeout: 20_000 }, async () => {
    const [first = "", second = ""] = addresses;
    replicas.get(first)?.kill();
    await expect.poll(() => answering(4).catch(() => []), { timeout: 15_000 }).toEqual([second]);
  });
});

async function textOf(client: Client, name: string): Promise<string> {
  const { content } = await client.callTool({ name, arguments: {} });
  return (content as readonly { readonly text: string }[]).map(({ text }) => text).join("");
}
