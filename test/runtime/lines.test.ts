// Whatever a client writes: each request is answered once, and nothing else is.
import { PassThrough } from "node:stream";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { receive, type Connection } from "../../templates/runtime/dispatch/connection.js";
import { inVersion, readMessage } from "../../templates/runtime/dispatch/message.js";
import { createService } from "../../templates/runtime/dispatch/service.js";
import { createLineReader } from "../../templates/runtime/stdio/lines.js";
import { hello } from "./support/hello.js";
import { server } from "./support/sample.js";

interface Answer {
  readonly id: unknown;
  readonly result?: unknown;
  readonly error?: { readonly code: number };
}

const input = new PassThrough();
let output: Answer[] = [];

beforeAll(async () => {
  const service = createService(server, () => Promise.resolve(server));
  await service.load();
  const connection: Connection = { service, transport: "pipe" };
  const read = createLineReader();
  const reply = (text: string | undefined) => {
    if (text !== undefined) output.push(JSON.parse(text) as Answer);
  };
  input.on("data", (chunk: Buffer) =>
    read(chunk, (line) => receive(connection, inVersion(readMessage(line), connection.version), { reply })),
  );
});

afterAll(() => void input.destroy());

/** What comes back for one line; a ping behind it tells when all has come. */
async function answersTo(line: string): Promise<readonly Answer[]> {
  output = [];
  input.write(`${line}\n{"jsonrpc":"2.0","id":"the end","method":"ping"}\n`);
  while (!output.some(({ id }) => id === "the end")) await new Promise((resolve) => setImmediate(resolve));
  return output.filter(({ id }) => id !== "the end");
}

const json = fc.jsonValue({ maxDepth: 2 });
const method = fc.constantFrom(
  "ping",
  "tools/list",
  "tools/call",
  "initialize",
  "nope",
  "",
  "toString",
  "notifications/initialized",
  "tasks/get",
);
const meta = fc.record({ progressToken: json, "io.modelcontextprotocol/related-task": json }, { requiredKeys: [] });
const params = fc.oneof(
  json,
  fc.record(
    {
      name: fc.oneof(fc.constant("add"), json),
      arguments: json,
      cursor: json,
      task: json,
      _meta: fc.oneof(meta, json),
    },
    { requiredKeys: [] },
  ),
);
const known = fc.record(
  { jsonrpc: fc.constant("2.0"), id: fc.oneof(fc.integer(), fc.string()), method, params },
  { requiredKeys: ["jsonrpc", "id", "method"] },
);
const loose = fc.record(
  { jsonrpc: json, id: json, method: fc.oneof(method, json), params, extra: json },
  { requiredKeys: [] },
);

test("every request gets one answer, with its id", async () => {
  await fc.assert(
    fc.asyncProperty(known, async (request) => {
      const answers = await answersTo(JSON.stringify(request));
      expect(answers).toHaveLength(1);
      expect(answers[0]?.id).toBe(request.id);
    }),
    { numRuns: 400 },
  );
});

test("anything else gets at most one answer, and an error at that, unless it is a request", async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(loose, json, fc.array(loose, { maxLength: 2 })), async (message) => {
      const answers = await answersTo(JSON.stringify(message));
      expect(answers.length).toBeLessThanOrEqual(1);
    }),
    { numRuns: 400 },
  );
});

test("members that the protocol does not know are ignored", async () => {
  expect(await answersTo('{"jsonrpc":"2.0","id":1,"method":"ping","extra":1}')).toEqual([
    { jsonrpc: "2.0", id: 1, result: {} },
  ]);
});

test("a call that asks to run as a task runs as a call", async () => {
  const call = {
    name: "add",
    arguments: { a: 1 },
    task: { ttl: 1_000 },
    _meta: { "io.modelcontextprotocol/related-task": { taskId: "x" } },
  };
  const [answer] = await answersTo(JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/call", params: call }));
  await new Promise((resolve) => setImmediate(resolve));
  expect(answer?.result).toEqual({ content: [{ type: "text", text: "2" }] });
});

test("initialize is answered", async () => {
  const [answer] = await answersTo(JSON.stringify({ jsonrpc: "2.0", id: 1, method: "initialize", params: hello }));
  expect(answer?.result).toMatchObject({ protocolVersion: "2025-11-25" });
});
