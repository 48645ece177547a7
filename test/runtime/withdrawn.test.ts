/** Calls that their client calls off, by messages: what the functions, their policies and the log know of it. */
import { afterEach, expect, test, vi } from "vitest";
import { z } from "zod";
import { createContextCall } from "../../templates/runtime/context/call.js";
import { receive, type Connection } from "../../templates/runtime/dispatch/connection.js";
import { readMessage } from "../../templates/runtime/dispatch/message.js";
import { createService } from "../../templates/runtime/dispatch/service.js";
import { defineServer, defineTool } from "../../templates/runtime/index.js";
import { cache } from "../../templates/runtime/policies/cache.js";
import { invalidates } from "../../templates/runtime/policies/invalidates.js";
import { timeout } from "../../templates/runtime/policies/timeout.js";
import { defineBatch } from "../../templates/runtime/tools/batch.js";
import type { Message } from "./support/subprocess.js";

const lines = vi.hoisted(() => [] as object[]);
vi.mock(import("../../templates/runtime/logging/stderr.js"), async (original) => ({
  ...(await original()),
  writeLine: (line: object) => void lines.push(line),
}));
afterEach(() => void lines.splice(0));

const untilAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error)));

async function open() {
  const seen: unknown[] = [];
  let value = 1;
  const wait = defineTool({
    name: "wait",
    input: z.strictObject({}),
    result: "empty",
    call: (_, { signal }) => untilAborted(signal).catch((reason: unknown) => void seen.push(reason)),
  });
  const read = defineTool({
    name: "read",
    input: z.strictObject({}),
    output: z.number(),
    result: "text",
    policies: [cache({ ttl: "5m", tags: ["value"] })],
    call: () => value,
  });
  const write = defineTool({
    name: "write",
    input: z.strictObject({}),
    result: "empty",
    policies: [invalidates({ tags: ["value"] }), timeout({ total: "1m" })],
    call: async (_, { signal }) => {
      value += 1;
      await untilAborted(signal);
    },
  });
  const item = z.strictObject({});
  const all = defineBatch({
    ...{ name: "all", item, max: 9, concurrency: 2, asText: true, output: z.unknown(), result: "empty" },
    call: (_, { signal }) => untilAborted(signal),
  });
  const tools = [wait, read, write, all];
  const surface = { tools: tools.map(({ name }) => ({ name, inputSchema: { type: "object" } })) };
  const server = defineServer({ calls: createContextCall, name: "withdrawn", version: "1", tools, surface });
  const service = createService(server, () => Promise.resolve(server));
  await service.load();
  const connection: Connection = { service, transport: "tcp" };
  const answers: Message[] = [];
  const send = (message: object): void =>
    receive(connection, readMessage(JSON.stringify({ jsonrpc: "2.0", ...message })), {
      reply: (text) => {
        if (text !== undefined) answers.push(JSON.parse(text) as Message);
      },
    });
  const call = (id: number, name: string, given: object = {}): void =>
    send({ id, method: "tools/call", params: { name, arguments: given } });
  return {
    seen,
    answers,
    call,
    cancel: async (more: object = {}) => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      send({ method: "notifications/cancelled", params: { requestId: 1, ...more } });
      await new Promise((resolve) => setTimeout(resolve, 5));
    },
    read: async (id: number) => {
      call(id, "read");
      await expect.poll(() => answers.find((answer) => answer.id === id)).toBeDefined();
      return answers.find((answer) => answer.id === id)?.result;
    },
  };
}

test.each([
  ["a text", { reason: "The user has had enough." }, "The user has had enough."],
  ["none", {}, "The client has cancelled the request."],
  ["no text", { reason: { toString: 1 } }, "The client has cancelled the request."],
])("a function is told by an AbortError, whatever reason the client gives: %s", async (_, reason, message) => {
  const { call, cancel, seen } = await open();
  call(1, "wait");
  await cancel(reason);
  expect(seen).toEqual([expect.objectContaining({ name: "AbortError", message })]);
  expect(seen[0]).toBeInstanceOf(Error);
});

test("a write that is called off forgets what was kept: nobody knows whether it has happened", async () => {
  const { call, cancel, read } = await open();
  expect(await read(2)).toMatchObject({ content: [{ text: "1" }] });
  call(1, "write");
  await cancel({ reason: "Enough." });
  expect(await read(3)).toMatchObject({ content: [{ text: "2" }] });
});

test("items of a batch that is called off are no failures", async () => {
  const { call, cancel, answers } = await open();
  call(1, "all", { items: [{}, {}, {}] });
  await cancel({ reason: "Enough." });
  expect(lines).toEqual([]);
  expect(answers).toEqual([]);
});
