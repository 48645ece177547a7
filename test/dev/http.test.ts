// `mcpgen dev --http`: sessions of the official client outlive the servers behind them.
import { request, type IncomingMessage } from "node:http";
import { createServer } from "node:net";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { ElicitRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import { expect, test } from "vitest";
import { add, changeTold, endless, isAlive, leftIn, listenTo, openSource, processTools } from "./developing.js";
import { connect, serve } from "./serving.js";

const patience = { timeout: 30_000 };
async function textOf(client: Client, name: string, args: Record<string, unknown> = {}): Promise<string> {
  const { content } = await client.callTool({ name, arguments: args });
  return (content as { readonly text: string }[]).map(({ text }) => text).join("");
}

const tools = "notifications/tools/list_changed";
const context = `import type { Context } from "mcpgen";\n`;
const who = `/** Who. */\nexport function who(context: Context): string { return context.client?.name ?? "nobody"; }\n`;

/** Saved text, what 2 and 3 come to, and what clients are told. */
const edits: readonly (readonly [string, string, readonly string[]])[] = [
  [add({ body: "a * b" }, who), "6", []],
  [add({ body: "a - b" }, who), "-1", []],
  ["export function add(", "-1", []],
  [add({ comment: "Sums." }, who), "5", [tools]],
  [add({ comment: "Sums.", body: "a + b + 1" }, who), "6", []],
  [add({ parameters: "a: number, b: () => void" }), "6", []],
  [add({ parameters: "a: number, b: number, c = 10", body: "a + b + c" }, who), "15", [tools]],
  [add({ parameters: "a: number, b: number, c = 20", body: "a + b + c" }, who), "25", [tools]],
  [add({ body: "missing(a)" }, `import { missing } from "./missing.js";\n`), "25", []],
  [add({}, who), "5", [tools]],
  [add({ body: "a + b + 3" }, who), "8", []],
  [add({ body: "b - a" }, who), "1", []],
];

// With a function that looks back at its client the server has sessions of its own, without one it has none.
test.each([
  ["sessions", context],
  ["no sessions", ""],
] as const)(
  "a server with %s: twelve edits, three of them broken, one session",
  async (kind, prefix) => {
    const developed = openSource(`dev-http-${kind.replace(" ", "-")}`);
    const text = (given: string) => (prefix === "" ? given.replace(who, "") : prefix + given);
    developed.save(text(add({}, who)));
    const { port } = await serve(developed);
    const { client, told, transport } = await connect(port);
    const { sessionId } = transport;
    expect(client.getServerCapabilities()).toMatchObject({ tools: { listChanged: true } });
    for (const [saved, answer, changes] of edits) {
      developed.save(text(saved));
      await developed.built();
      expect(await textOf(client, "add", { a: 2, b: 3 }), saved).toBe(answer);
      if (changes.length > 0) await expect.poll(() => told.length, patience).toBe(changes.length);
      expect(told.splice(0), saved).toEqual(changes);
    }
    expect(transport.sessionId).toBe(sessionId);
    if (prefix !== "") expect(await textOf(client, "who")).toBe("test");
  },
  240_000,
);

test("a call that is under way, and what it asks, end at the server that began it", async () => {
  const developed = openSource("dev-http-asking");
  const asking = (version: string) => `${context}
/** Asks. */
export async function ask(context: Context): Promise<string> {
  const { action } = await context.elicit(${JSON.stringify(version)}, { sure: { type: "boolean" } });
  return ${JSON.stringify(`${version}: `)} + action;
}\n`;
  developed.save(asking("old"));
  const { port } = await serve(developed);
  const { client } = await connect(port);
  const open = new Map<string, (action: "accept" | "decline") => void>();
  client.setRequestHandler(ElicitRequestSchema, async ({ params }) => {
    const action = await new Promise<"accept" | "decline">((resolve) => open.set(params.message, resolve));
    return action === "accept" ? { action, content: { sure: true } } : { action };
  });
  const old = textOf(client, "ask");
  await expect.poll(() => open.has("old"), patience).toBe(true);
  developed.save(asking("new"));
  await developed.built();
  const now = textOf(client, "ask");
  await expect.poll(() => open.has("new"), patience).toBe(true);
  open.get("new")?.("decline");
  open.get("old")?.("accept");
  expect([await old, await now]).toEqual(["old: accept", "new: decline"]);
}, 120_000);

test("a crash fails what was under way, a change mends it, and in the end the port is free", async () => {
  const developed = openSource("dev-http-crash");
  developed.save(add({}, processTools));
  const { child, port } = await serve(developed);
  const { client } = await connect(port);
  const reason = "the server has ended (SIGKILL); a change starts it again";
  await expect(textOf(client, "crash")).rejects.toThrow(reason);
  await expect(textOf(client, "add", { a: 1, b: 2 })).rejects.toThrow(reason);
  developed.save(add({ body: "a + b + 1" }, processTools));
  await developed.built();
  expect(await textOf(client, "add", { a: 1, b: 2 })).toBe("4");
  const server = Number(await textOf(client, "processId"));
  child.kill("SIGTERM");
  await expect.poll(() => [isAlive(server), child.exitCode], patience).toEqual([false, 143]);
  expect(leftIn(developed.folder)).toEqual([]);
  const next = createServer();
  await new Promise<void>((resolve) => next.listen(port, "127.0.0.1", resolve));
  await new Promise((resolve) => next.close(resolve));
}, 120_000);

test("a server that never becomes ready is ended by the next change", async () => {
  const developed = openSource("dev-http-endless");
  developed.save(add({}));
  const { port } = await serve(developed);
  const { client } = await connect(port);
  developed.save(add({}, endless));
  await expect.poll(() => developed.said(), patience).toContain("the server is still starting");
  expect(await textOf(client, "add", { a: 1, b: 2 })).toBe("3");
  developed.save(add({ body: "a * b" }));
  await developed.built();
  expect(developed.said()).toContain("the server did not start: a change came before it was ready");
  await developed.built();
  expect(await textOf(client, "add", { a: 1, b: 2 })).toBe("2");
}, 120_000);

test("a source folder that goes and comes back is read again", async () => {
  const developed = openSource("dev-http-folder");
  developed.save(add({}));
  const { port } = await serve(developed);
  const { client } = await connect(port);
  rmSync(join(developed.folder, "src"), { recursive: true });
  await developed.built();
  expect(await textOf(client, "add", { a: 2, b: 3 })).toBe("5");
  // Long after the build that has missed it.
  await sleep(1_000);
  developed.save(add({ body: "a * b" }));
  await developed.built();
  expect(await textOf(client, "add", { a: 2, b: 3 })).toBe("6");
}, 120_000);

const initialize = {
  ...{ jsonrpc: "2.0", id: 1, method: "initialize" },
  params: { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: { name: "test", version: "1" } },
};

/** One request as no client of the SDK sends it. */
async function visit(port: number, method: "GET" | "POST", headers: Record<string, string>, body?: string) {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const common = { accept: "application/json, text/event-stream", "content-type": "application/json" };
    const asked = request({ host: "127.0.0.1", port, path: "/mcp", method, headers: { ...common, ...headers } });
    asked.once("response", resolve).once("error", reject).end(body);
  });
  let text = "";
  answer.on("data", (chunk) => (text += String(chunk)));
  const over = new Promise((resolve) => answer.once("close", resolve));
  return { status: answer.statusCode, headers: answer.headers, said: () => text, over, end: () => answer.destroy() };
}

test("a broken first build is the answer until it is mended", async () => {
  const developed = openSource("dev-http-first");
  developed.save("export function add(");
  const { port } = await serve(developed);
  const refused = await visit(port, "POST", {}, JSON.stringify(initialize));
  await refused.over;
  const message: unknown = expect.stringContaining("mcpgen dev has no server: error MG109: ");
  expect(JSON.parse(refused.said())).toMatchObject({ id: 1, error: { code: -32_603, message } });
  const health = await fetch(`http://127.0.0.1:${String(port)}/health/ready`);
  expect([health.status, await health.text()]).toEqual([503, expect.stringContaining("MG109")]);
  developed.save(add({}));
  await developed.built();
  const { client } = await connect(port);
  expect(await textOf(client, "add", { a: 1, b: 2 })).toBe("3");
}, 120_000);

// A server that keeps sessions answers the same requests otherwise than one that does not.
test.each([
  ["sessions", context + add({}, who)],
  ["no sessions", add({})],
])(
  "a server with %s: its guards see all requests, and bodies have its limit",
  async (kind, source) => {
    const developed = openSource(`dev-http-guards-${kind.replace(" ", "-")}`);
    developed.save(source);
    const { port } = await serve(developed, ".env");
    const shaken = await visit(port, "POST", {}, JSON.stringify(initialize));
    const id = String(shaken.headers["mcp-session-id"]);
    const session = { "mcp-session-id": id, "mcp-protocol-version": "2025-11-25" };
    const foreign: readonly Record<string, string>[] = [{ host: "example.com" }, { origin: "https://example.com" }];
    for (const header of foreign) {
      const listening = await visit(port, "GET", { ...session, ...header });
      const posting = await visit(port, "POST", { ...session, ...header }, JSON.stringify(initialize));
      expect([listening.status, posting.status], JSON.stringify(header)).toEqual([403, 403]);
    }
    const admitted = await visit(port, "GET", { ...session, origin: "http://localhost:5173" });
    expect(admitted).toMatchObject({
      ...{ status: 200, headers: { "access-control-allow-origin": "http://localhost:5173" } },
    });
    admitted.end();
    const padded = (bytes: number) => JSON.stringify({ ...initialize, padding: "x".repeat(bytes) });
    const large = await visit(port, "POST", {}, padded(3_900_000));
    const tooLarge = await visit(port, "POST", {}, padded(4_000_000));
    await tooLarge.over;
    expect([large.status, tooLarge.status]).toEqual([200, 413]);
    expect(tooLarge.said()).toContain("The body is larger than 4000000 bytes");
  },
  120_000,
);

test("who listens by a request goes on at the next server", async () => {
  const developed = openSource("dev-http-listen");
  developed.save(context + add({}, who));
  const { port } = await serve(developed);
  const headers = { "mcp-protocol-version": "2026-07-28", "mcp-method": "subscriptions/listen" };
  const listening = await visit(port, "POST", headers, JSON.stringify(listenTo(5, "tools")));
  const heard = () =>
    [...listening.said().matchAll(/^data: (.*)$/gm)].map(([, data]) => JSON.parse(data ?? "") as object);
  await expect.poll(() => heard().length, patience).toBe(1);
  for (const comment of ["Sums.", "Adds up."]) {
    developed.save(context + add({ comment }, who));
    await developed.built();
  }
  await expect.poll(() => heard().length, patience).toBe(3);
  expect(heard().slice(1)).toEqual([changeTold(5, "tools"), changeTold(5, "tools")]);
  listening.end();
}, 120_000);

test("a port that the system has chosen is told", async () => {
  const developed = openSource("dev-http-chosen");
  developed.save(add({}));
  await serve(developed, "", "0");
  const ports = [...developed.said().matchAll(/^http:\/\/127\.0\.0\.1:(\d+)\//gm)].map(([, port]) => Number(port));
  expect(ports).toHaveLength(2);
  const { client } = await connect(ports[0] ?? 0);
  expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(["add"]);
}, 60_000);
