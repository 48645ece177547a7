/** The official clients of both SDKs, each in each of its ways to begin, over both transports, with one generated server. */
import { join } from "node:path";
import { Client as ClientV2, StreamableHTTPClientTransport as HttpV2 } from "@modelcontextprotocol/client";
import { StdioClientTransport as StdioV2 } from "@modelcontextprotocol/client/stdio";
import { Client as ClientV1 } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport as StdioV1 } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport as HttpV1 } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { ElicitRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readCase } from "./support/fixtures/cases.js";
import { runNode, serveHttp } from "./support/fixtures/process.js";
import { copyCase, emptySuite } from "./support/fixtures/workspace.js";
import { askMcpgen } from "./support/resident/ask.js";

const { folder, output } = copyCase(readCase("conformance"), emptySuite("interop"));
let server: Awaited<ReturnType<typeof serveHttp>>;

beforeAll(async () => {
  expect(askMcpgen({ cwd: folder }, "build")).toMatchObject({ status: 0 });
  expect(runNode({ cwd: output }, "build.mjs")).toMatchObject({ status: 0 });
  server = await serveHttp(output);
}, 60_000);
afterAll(() => server.process.kill());

const command = { command: process.execPath, args: [join(output, "dist/server.js")], stderr: "ignore" as const };
const info = { name: "interop", version: "1.0.0" };
const name = "Ann";
const accepted = { action: "accept" as const, content: { name } };

/** What the matrix calls: the same members in both SDKs. */
interface Connected {
  listTools(): Promise<{ readonly tools: readonly { readonly name: string }[] }>;
  listPrompts(): Promise<{ readonly prompts: readonly unknown[] }>;
  listResources(): Promise<{ readonly resources: readonly unknown[] }>;
  callTool(call: { name: string; arguments: Record<string, unknown> }): Promise<Record<string, unknown>>;
  readResource(asked: { uri: string }): Promise<Record<string, unknown>>;
  getPrompt(asked: { name: string; arguments: Record<string, string> }): Promise<Record<string, unknown>>;
  complete(asked: object): Promise<Record<string, unknown>>;
  close(): Promise<void>;
}

async function connectV1(transport: "stdio" | "http"): Promise<Connected> {
  const client = new ClientV1(info, { capabilities: { elicitation: {} } });
  client.setRequestHandler(ElicitRequestSchema, () => accepted);
  await client.connect(transport === "stdio" ? new StdioV1(command) : new HttpV1(server.url));
  return client;
}

async function connectV2(transport: "stdio" | "http", mode: "legacy" | "auto" | { pin: string }): Promise<Connected> {
  const client = new ClientV2(info, { capabilities: { elicitation: {} }, versionNegotiation: { mode } });
  client.setRequestHandler("elicitation/create", () => accepted);
  await client.connect(transport === "stdio" ? new StdioV2(command) : new HttpV2(server.url));
  return client;
}

const clients = [
  ["v1", (transport) => connectV1(transport)],
  ["v2, with a handshake", (transport) => connectV2(transport, "legacy")],
  ["v2, as the server likes", (transport) => connectV2(transport, "auto")],
  ["v2, without a handshake", (transport) => connectV2(transport, { pin: "2026-07-28" })],
] as const satisfies readonly (readonly [string, (transport: "stdio" | "http") => Promise<Connected>])[];

describe.each(["stdio", "http"] as const)("over %s", (transport) => {
  test.each(clients)("the client %s lists, calls, reads, prompts, completes and is asked", async (_, connect) => {
    const client = await connect(transport);
    expect((await client.listTools()).tools).toHaveLength(26);
    expect((await client.listPrompts()).prompts).toHaveLength(5);
    expect((await client.listResources()).resources).toHaveLength(3);
    expect(await client.callTool({ name: "test_simple_text", arguments: {} })).toMatchObject({
      content: [{ type: "text", text: "This is a simple text response for testing." }],
    });
    expect(await client.readResource({ uri: "test://template/7/data" })).toMatchObject({
      contents: [{ uri: "test://template/7/data" }],
    });
    expect(
      await client.getPrompt({ name: "test_prompt_with_arguments", arguments: { arg1: "a", arg2: "b" } }),
    ).toMatchObject({ messages: [{ role: "user" }] });
    const ref = { type: "ref/prompt", name: "test_prompt_with_arguments" };
    expect(await client.complete({ ref, argument: { name: "arg1", value: "te" } })).toMatchObject({
      completion: { values: ["test-value"] },
    });
    expect(await client.callTool({ name: "test_input_required_result_elicitation", arguments: {} })).toMatchObject({
      content: [{ type: "text", text: `Hello, ${name}!` }],
    });
    await expect(client.readResource({ uri: "test://nowhere" })).rejects.toThrow(/not found/i);
    await client.close();
  });
});
