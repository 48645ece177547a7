// `mcpgen dev` over stdio: the official client stays connected through edits, errors and crashes.
import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { ElicitRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import { afterEach, expect, test } from "vitest";
import { writeText } from "../support/fixtures/workspace.js";
import {
  add,
  changeTold,
  isAlive,
  leftIn,
  listenTo,
  mcpgen,
  openSource,
  processTools,
  stateless,
  type Developed,
} from "./developing.js";

const environment = { ...(process.env as Record<string, string>), NO_COLOR: "1" };
const patience = { timeout: 30_000 };
const clients: Client[] = [];
afterEach(async () => {
  for (const client of clients.splice(0)) await client.close();
});

async function connect(developed: Developed) {
  const args = [mcpgen, "dev", "src"];
  const place = { cwd: developed.folder, env: environment, stderr: "pipe" } as const;
  const transport = new StdioClientTransport({ command: process.execPath, args, ...place });
  transport.stderr?.on("data", (chunk) => {
    developed.hear(String(chunk));
  });
  const client = new Client({ name: "test", version: "1.0.0" }, { capabilities: { elicitation: {} } });
  const told: string[] = [];
  client.fallbackNotificationHandler = ({ method }) => Promise.resolve(void told.push(method));
  clients.push(client);
  await client.connect(transport);
  await developed.built();
  return { client, told, process: transport.pid ?? 0 };
}

async function textOf(client: Client, name: string, args: Record<string, unknown> = {}): Promise<string> {
  const { content } = await client.callTool({ name, arguments: args });
  return (content as { readonly text: string }[]).map(({ text }) => text).join("");
}

const tools = "notifications/tools/list_changed";
const prompts = "notifications/prompts/list_changed";
const greet = (text: string) => `\n/** ${text}\n * @prompt */\nexport function greet(): string { return "hello"; }\n`;
const broken = "export function add(";

/** What is saved, what 2 and 3 come to, and what clients are told. */
const edits: readonly (readonly [string, string, readonly string[]])[] = [
  [add({ body: "a * b" }, greet("Greets.")), "6", []],
  [add({ body: "a - b" }, greet("Greets.")), "-1", []],
  [broken, "-1", []],
  [add({ body: "a + b" }, greet("Greets.")), "5", []],
  [add({ comment: "Sums." }, greet("Greets.")), "5", [tools]],
  [add({ comment: "Sums." }, greet("Says hello.")), "5", [prompts]],
  [add({ parameters: "a: number, b: () => void" }), "5", []],
  [add({ parameters: "a: number, b: number, c = 10", body: "a + b + c" }, greet("Greets.")), "15", [tools, prompts]],
  [add({ parameters: "a: number, b: number, c = 10", body: "a * b + c" }, greet("Greets.")), "16", []],
  [`import { missing } from "./missing.js";\n${add({ body: "missing(a)" })}`, "16", []],
  [add({}, greet("Greets.")), "5", [tools]],
  [add({ body: "b - a" }, greet("Greets.") + processTools), "1", [tools]],
];

test("twelve edits, three of them broken: the right answers, and clients are told what has changed for them", async () => {
  const developed = openSource("dev-edits");
  developed.save(add({}, greet("Greets.")));
  const { client, told } = await connect(developed);
  expect(client.getServerCapabilities()).toMatchObject({
    tools: { listChanged: true },
    prompts: { listChanged: true },
  });
  for (const [text, answer, changes] of edits) {
    developed.save(text);
    await developed.built();
    expect(await textOf(client, "add", { a: 2, b: 3 }), text).toBe(answer);
    expect(told.splice(0), text).toEqual(changes);
  }
  expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(["add", "crash", "processId"]);
  expect(developed.said()).toContain("error MG109: ");
}, 240_000);

const threads = {
  "src/tools.ts": `import { once } from "node:events";
import { Worker } from "node:worker_threads";
/** Asks a thread. */
export async function ask(): Promise<string> {
  const [answer] = await once(new Worker(new URL("../threads/answer.ts", import.meta.url)), "message");
  return answer as string;
}\n`,
  "threads/answer.ts": `import { parentPort } from "node:worker_threads";
import { mark } from "../lib/mark.js";
parentPort?.postMessage(mark);\n`,
};
const mark = (text: string) => `export const mark = ${JSON.stringify(text)};\n`;

test("an edit of what a thread of the user's imports, with `mcpgen dev` and with `node build.mjs --watch`", async () => {
  const developed = openSource("dev-threads");
  const save = (text: string): void => {
    writeText(join(developed.folder, "lib/mark.ts"), mark(text));
  };
  for (const [path, text] of Object.entries(threads)) writeText(join(developed.folder, path), text);
  save("one");
  const { client } = await connect(developed);
  expect(await textOf(client, "ask")).toBe("one");
  save("two");
  await developed.built();
  expect(await textOf(client, "ask")).toBe("two");

  const output = join(developed.folder, "server");
  const watching = spawn(process.execPath, ["build.mjs", "--watch"], { cwd: output, env: environment });
  const bundled = (): string => {
    const folder = join(output, "dist");
    const names = existsSync(folder) ? readdirSync(folder) : [];
    return names
      .flatMap((name) => (/^answer-\w+\.js$/.test(name) ? readFileSync(join(folder, name), "utf8") : []))
      .join();
  };
  try {
    await expect.poll(bundled, patience).toContain('"two"');
    save("three");
    await expect.poll(bundled, patience).toContain('"three"');
  } finally {
    watching.kill();
  }
}, 120_000);

test("a call that is under way ends with the answer of the code that has begun it", async () => {
  const developed = openSource("dev-in-flight");
  const go = join(developed.folder, "go");
  const waiting = (answer: string) => `import { existsSync } from "node:fs";
/** Waits for the file. */
export async function wait(path: string): Promise<string> {
  while (!existsSync(path)) await new Promise((resolve) => setTimeout(resolve, 20));
  return ${JSON.stringify(answer)};
}\n`;
  developed.save(waiting("old"));
  const { client } = await connect(developed);
  const old = textOf(client, "wait", { path: go });
  developed.save(waiting("new"));
  await developed.built();
  const now = textOf(client, "wait", { path: developed.folder });
  expect(await now).toBe("new");
  writeText(go, "");
  expect(await old).toBe("old");
}, 120_000);

test("what servers ask goes to the client, its answers to the server that asked, and what it has set stays set", async () => {
  const developed = openSource("dev-asking");
  const asking = (version: string) => `import type { Context } from "mcpgen";
/** Asks. */
export async function ask(context: Context): Promise<string> {
  context.log.debug("asking");
  const { action } = await context.elicit(${JSON.stringify(version)}, { sure: { type: "boolean" } });
  return ${JSON.stringify(`${version}: `)} + action;
}\n`;
  developed.save(asking("old"));
  const { client, told } = await connect(developed);
  const open = new Map<string, (action: "accept" | "decline") => void>();
  client.setRequestHandler(ElicitRequestSchema, async ({ params }) => {
    const action = await new Promise<"accept" | "decline">((resolve) => open.set(params.message, resolve));
    return action === "accept" ? { action, content: { sure: true } } : { action };
  });
  await client.setLoggingLevel("debug");
  const old = textOf(client, "ask");
  await expect.poll(() => open.has("old"), patience).toBe(true);
  developed.save(asking("new"));
  await developed.built();
  const now = textOf(client, "ask");
  await expect.poll(() => open.has("new"), patience).toBe(true);
  open.get("new")?.("decline");
  open.get("old")?.("accept");
  expect([await old, await now]).toEqual(["old: accept", "new: decline"]);
  expect(told).toEqual(["notifications/message", "notifications/message"]);
}, 120_000);

test("a server that crashes fails what it had begun, and is started again at the next change", async () => {
  const developed = openSource("dev-crash");
  developed.save(add({}, processTools));
  const { client } = await connect(developed);
  const reason = "the server has ended (SIGKILL); a change starts it again";
  await expect(textOf(client, "crash")).rejects.toThrow(reason);
  await expect(textOf(client, "add", { a: 1, b: 2 })).rejects.toThrow(reason);
  await expect.poll(() => developed.said(), patience).toContain(reason);
  developed.save(add({ body: "a + b + 1" }, processTools));
  await developed.built();
  expect(await textOf(client, "add", { a: 1, b: 2 })).toBe("4");
}, 120_000);

test.each(["its client", "SIGTERM", "SIGINT"] as const)(
  "%s ends it with its server, and nothing is left",
  async (by) => {
    const developed = openSource(`dev-end-${by.replace(" ", "-")}`);
    developed.save(add({}, processTools));
    const { client, process: pid } = await connect(developed);
    const server = Number(await textOf(client, "processId"));
    expect([isAlive(server), isAlive(pid)]).toEqual([true, true]);
    if (by === "its client") await client.close();
    else process.kill(pid, by);
    await expect.poll(() => [isAlive(server), isAlive(pid)], patience).toEqual([false, false]);
    expect(leftIn(developed.folder)).toEqual([]);
  },
  120_000,
);

/** A client that speaks line by line. */
function speak(developed: Developed) {
  const child = spawn(process.execPath, [mcpgen, "dev", "src"], { cwd: developed.folder, env: environment });
  const lines: string[] = [];
  child.stdout.on("data", (chunk) => lines.push(...String(chunk).trim().split("\n")));
  child.stderr.on("data", (chunk) => {
    developed.hear(String(chunk));
  });
  return {
    child,
    send: (message: object) => child.stdin.write(`${JSON.stringify(message)}\n`),
    lines,
    heard: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>),
    end: async () => {
      child.stdin.end();
      await new Promise((resolve) => child.once("exit", resolve));
    },
  };
}

test("without a first good build requests are answered with the reason, until there is one; stdout is the protocol's", async () => {
  const developed = openSource("dev-first");
  developed.save(broken);
  const { send, lines, end } = speak(developed);
  const list = (id: number) => send({ jsonrpc: "2.0", id, method: "tools/list" });
  list(1);
  await developed.built();
  await expect.poll(() => lines.length, patience).toBe(1);
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({
    id: 1,
    error: { code: -32_603, message: expect.stringContaining("mcpgen dev has no server: error MG109: ") },
  });
  developed.save(add({}));
  await developed.built();
  list(2);
  await expect.poll(() => lines.length, patience).toBe(2);
  expect(JSON.parse(lines[1] ?? "")).toMatchObject({ id: 2, result: { tools: [{ name: "add" }] } });
  await end();
  expect(lines).toHaveLength(2);
}, 120_000);

test("the first prompt is told to a client that has connected when there was none", async () => {
  const developed = openSource("dev-first-prompt");
  developed.save(add({}));
  const { client, told } = await connect(developed);
  const listChanged = true;
  expect(client.getServerCapabilities()).toMatchObject({
    ...{ tools: { listChanged }, prompts: { listChanged }, resources: { listChanged } },
  });
  expect(await client.listPrompts()).toEqual({ prompts: [] });
  expect(await client.listResources()).toEqual({ resources: [] });
  expect(await client.listResourceTemplates()).toEqual({ resourceTemplates: [] });
  developed.save(add({}, greet("Greets.")));
  await developed.built();
  expect(told).toEqual([prompts]);
  expect((await client.listPrompts()).prompts.map(({ name }) => name)).toEqual(["greet"]);
}, 120_000);

test("who listens by a request goes on at the next server, also for what the first did not have", async () => {
  const developed = openSource("dev-listen");
  const tellers = `import type { Context } from "mcpgen";
/** Tells. */
export function tell(context: Context): void { context.log.info("told"); }\n`;
  developed.save(tellers);
  const { send, heard, end } = speak(developed);
  send(stateless(1, "prompts/list"));
  send(listenTo(2, "tools", "prompts"));
  await developed.built();
  const notifications = { toolsListChanged: true, promptsListChanged: true };
  await expect.poll(() => heard().length, patience).toBe(2);
  expect(heard()).toMatchObject([
    { id: 1, result: { prompts: [], resultType: "complete" } },
    { method: "notifications/subscriptions/acknowledged", params: { notifications } },
  ]);
  developed.save(tellers + greet("Greets."));
  await developed.built();
  developed.save(tellers.replace("Tells.", "Says.") + greet("Greets."));
  await developed.built();
  expect(heard().slice(2)).toEqual([changeTold(2, "prompts"), changeTold(2, "tools")]);
  await end();
}, 120_000);

test("with the embedded database the server before ends first, and is started again where the next one does not start", async () => {
  const developed = openSource("dev-database");
  const log = join(developed.folder, "log");
  const counting = (version: string, first = "") => `import { appendFileSync } from "node:fs";
import type { Database } from "mcpgen";
const log = (what: string): void => appendFileSync(${JSON.stringify(log)}, \`${version} \${what}\\n\`);
log("starts");
process.on("exit", () => log("ends"));
${first}
/** Counts. */
export async function count(db: Database): Promise<string> {
  await db.query("CREATE TABLE IF NOT EXISTS calls (id serial)");
  await db.query("INSERT INTO calls DEFAULT VALUES");
  return ${JSON.stringify(`${version}: `)} + (await db.query("SELECT id FROM calls")).length;
}\n`;
  developed.save(counting("one"));
  const { client } = await connect(developed);
  expect(await textOf(client, "count")).toBe("one: 1");
  developed.save(counting("two"));
  await developed.built();
  expect(await textOf(client, "count")).toBe("two: 2");
  developed.save(counting("three", 'throw new Error("not today");'));
  await developed.built();
  expect(await textOf(client, "count")).toBe("two: 3");
  const said = readFileSync(log, "utf8").trim().split("\n");
  expect(said).toEqual([
    ...["one starts", "one ends", "two starts", "two ends"],
    ...["three starts", "three ends", "two starts"],
  ]);
}, 180_000);

test("a signal waits for the server, a second one does not, and what npm repeats is no second one", async () => {
  const developed = openSource("dev-signals");
  developed.save(`
/** The process. */
export function processId(): number { return process.pid; }
/** Never ends, whatever is said. */
export async function stay(): Promise<void> {
  process.removeAllListeners("SIGTERM");
  process.on("SIGTERM", () => undefined);
  await new Promise((resolve) => setInterval(resolve, 2 ** 30));
}\n`);
  const { send, heard, child } = speak(developed);
  const call = (id: number, name: string) => send({ jsonrpc: "2.0", id, method: "tools/call", params: { name } });
  await developed.built();
  call(1, "processId");
  await expect.poll(() => heard().length, patience).toBe(1);
  const [{ result }] = heard() as [{ result: { content: [{ text: string }] } }];
  const server = Number(result.content[0].text);
  call(2, "stay");
  const exit = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  child.kill("SIGHUP");
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  expect([isAlive(server), child.exitCode]).toEqual([true, null]);
  child.kill("SIGINT");
  expect(await exit).toBe(130);
  await expect.poll(() => isAlive(server), patience).toBe(false);
}, 120_000);
