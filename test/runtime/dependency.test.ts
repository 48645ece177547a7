// A server in a process of its own, a real client, and what it depends on: that dies and recovers, that is slow.
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { bundleSample } from "./support/subprocess.js";

/** As a generated project has it, by hand. */
const main = `
  import "./templates/runtime/lifecycle/stdout.js";
  import * as z from "zod";
  import { defineServer, defineTool } from "./templates/runtime/index.js";
  import { attemptTimeout } from "./templates/runtime/policies/attempt-timeout.js";
  import { circuit } from "./templates/runtime/policies/circuit.js";
  import { retry } from "./templates/runtime/policies/retry.js";
  import { timeout } from "./templates/runtime/policies/timeout.js";
  import { createContextCall } from "./templates/runtime/context/call.js";
  import { main } from "./templates/runtime/entry/main.js";

  const read = async (path, signal) => {
    const response = await fetch(process.env["DEPENDENCY"] + path, { signal });
    if (!response.ok) throw Object.assign(new Error("no"), { status: response.status });
    return response.text();
  };
  const none = z.strictObject({});
  const tools = [
    defineTool({
      name: "lookup",
      input: none,
      result: "text",
      policies: [
        timeout({ total: "20s" }),
        retry({ attempts: 2, base: "10ms" }),
        circuit({ min: 6, window: "60s", reset: "3s" }),
        attemptTimeout({ each: "10s" }),
      ],
      call: (_, { signal }) => read("/weather", signal),
    }),
    defineTool({
      name: "both",
      input: none,
      result: "text",
      call: async (_, { signal }) => {
        const [a, b] = await Promise.all([read("/broken", signal), read("/endless", signal)]);
        return a + b;
      },
    }),
    defineTool({
      name: "two",
      input: none,
      result: "text",
      call: async (_, { signal }) => {
        const [a, b] = await Promise.all([read("/pair", signal), read("/pair", signal)]);
        return a + b;
      },
    }),
  ];
  const surface = { tools: tools.map(({ name }) => ({ name, inputSchema: { type: "object", properties: {} } })) };
  const server = defineServer({ calls: createContextCall, name: "sample", version: "1.0.0", tools, surface });
  await main({ ...server, load: () => Promise.resolve(server) });`;

let file: string;
let client: Client;
let stderr: string[];
let dependency: Server;
let port: number;
let paths: string[];
let delay = 0;
let ended: string[];
/** Answers of `/pair` wait for each other: only requests at the same time get one. */
let pair: (() => void)[];

beforeAll(async () => {
  file = await bundleSample("dependency", main);
});

async function startDependency(on = 0): Promise<void> {
  dependency = createServer((request, response) => {
    const path = request.url ?? "";
    paths.push(path);
    response.on("close", () => ended.push(`${path} ${response.writableFinished ? "answered" : "aborted"}`));
    if (path === "/broken") setTimeout(() => response.writeHead(500).end(), 50);
    else if (path === "/weather") setTimeout(() => response.end("sunny"), delay);
    else if (path === "/pair") {
      pair.push(() => response.end("x"));
      if (pair.length === 2) for (const answer of pair) answer();
    }
  });
  dependency.listen(on, "127.0.0.1");
  await once(dependency, "listening");
  ({ port } = dependency.address() as AddressInfo);
}

async function stopDependency(): Promise<void> {
  dependency.closeAllConnections();
  dependency.close();
  await once(dependency, "close");
}

beforeEach(async () => {
  [paths, ended, pair, stderr] = [[], [], [], []];
  await startDependency();
  const env = { DEPENDENCY: `http://127.0.0.1:${String(port)}`, LOG_LEVEL: "error" };
  const transport = new StdioClientTransport({ command: process.execPath, args: [file], env, stderr: "pipe" });
  transport.stderr?.on("data", (chunk: Buffer) => stderr.push(chunk.toString()));
  client = new Client({ name: "probe", version: "1.0.0" });
  await client.connect(transport);
});

afterEach(async () => {
  await client.close();
  if (dependency.listening) await stopDependency();
});

async function call(name: string): Promise<string> {
  const { content } = (await client.callTool({ name, arguments: {} })) as { content: readonly { text: string }[] };
  return content.map(({ text }) => text).join();
}

test("a dependency dies and recovers: refused at once meanwhile, then one probe, then all is well", async () => {
  expect(await call("lookup")).toBe("sunny");
  await stopDependency();
  const failed = await Promise.all(Array.from({ length: 3 }, () => call("lookup")));
  expect(failed.join()).toContain("temporarily unavailable");
  const refused = await call("lookup");
  expect(refused).toMatch(
    /^`lookup` is not available at the moment: what it depends on keeps failing\. Retry in \d s\.$/,
  );

  await startDependency(port);
  paths = [];
  delay = 2_000;
  // Half open once three seconds are over: of fifty at the same time one gets through.
  await new Promise((resolve) => setTimeout(resolve, 3_100));
  const answers = await Promise.all(Array.from({ length: 50 }, () => call("lookup")));
  expect(paths).toEqual(["/weather"]);
  expect(answers.filter((answer) => answer === "sunny")).toHaveLength(1);
  expect(answers.filter((answer) => answer.includes("is not available"))).toHaveLength(49);

  delay = 0;
  const after = await Promise.all(Array.from({ length: 50 }, () => call("lookup")));
  expect(new Set(after)).toEqual(new Set(["sunny"]));
}, 30_000);

test("where one of two branches fails, the call fails with it and the other one's request is aborted", async () => {
  expect(await call("both")).toContain("temporarily unavailable");
  // Without the abort it would never end.
  await vi.waitFor(() => expect(ended.toSorted()).toEqual(["/broken answered", "/endless aborted"]), 10_000);
  expect(stderr.join()).not.toMatch(/unhandled/i);
  expect(await call("lookup")).toBe("sunny");
}, 30_000);

test("branches run at the same time", async () => {
  // One after the other they would wait for each other for ever.
  expect(await call("two")).toBe("xx");
}, 30_000);
