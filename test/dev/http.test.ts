// `mcpgen dev --http`: sessions of the official client outlive the servers behind them.
import { spawn, type ChildProcess } from "node:child_process";
import { createServer, type AddressInfo } from "node:net";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { ElicitRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import { afterEach, expect, test } from "vitest";
import { add, isAlive, leftIn, mcpgen, openSource, processTools, type Developed } from "./developing.js";

const patience = { timeout: 30_000 };
const clients: Client[] = [];
const processes: ChildProcess[] = [];
afterEach(async () => {
  for (const client of clients.splice(0)) await client.close();
  for (const each of processes.splice(0)) each.kill("SIGTERM");
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function serve(developed: Developed) {
  const port = await freePort();
  const env = { ...process.env, NO_COLOR: "1" };
  const child = spawn(process.execPath, [mcpgen, "dev", "src", "--http", String(port)], { cwd: developed.folder, env });
  processes.push(child);
  child.stderr.on("data", (chunk) => {
    developed.hear(String(chunk));
  });
  await developed.built();
  return { child, port };
}

async function connect(port: number) {
  const transport = new StreamableHTTPClientTransport(new URL(`http://127.0.0.1:${String(port)}/mcp`));
  const client = new Client({ name: "test", version: "1.0.0" }, { capabilities: { elicitation: {} } });
  const told: string[] = [];
  client.fallbackNotificationHandler = ({ method }) => Promise.resolve(void told.push(method));
  clients.push(client);
  await client.connect(transport);
  return { client, told, transport };
}

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
