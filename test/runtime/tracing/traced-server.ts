// A server that was generated with `"telemetry": true`, whose tools do what leaves spans.
import { createContextCall } from "../../../templates/runtime/context/call.js";
import { serverMetrics } from "../../../templates/runtime/metrics/service.js";
import { z } from "zod";
import { defineServer, defineTool } from "../../../templates/runtime/index.js";
import { readAllowed } from "../../../templates/runtime/http-client/addresses.js";
import { createHttpClient } from "../../../templates/runtime/http-client/client.js";
import { openPools } from "../../../templates/runtime/http-client/pools.js";
import { attemptTimeout } from "../../../templates/runtime/policies/attempt-timeout.js";
import { cache } from "../../../templates/runtime/policies/cache.js";
import { guard } from "../../../templates/runtime/policies/guard.js";
import { retry } from "../../../templates/runtime/policies/retry.js";
import { pause } from "../../../templates/runtime/resilience/pause.js";
import { openDatabase } from "../../../templates/runtime/database/provide.js";
import { runExclusively } from "../../../templates/runtime/lock/exclusive.js";
import { createKeyedMutex } from "../../../templates/runtime/lock/keyed-mutex.js";
import { telemetry } from "../../../templates/runtime/tracing/telemetry.js";

const http = createHttpClient({ send: openPools(readAllowed("127.0.0.1")).send, pause });

const store = guard({ name: "store", methods: ["read"], policies: [attemptTimeout({ each: "5s" })] })({
  read: () => Promise.resolve("read"),
});

let failures = 0;

const mutex = createKeyedMutex({ queue: 2 });
const refuse = (): Error => new Error("too long");
const wait = { signal: new AbortController().signal, limit: { milliseconds: 60_000, error: refuse }, full: refuse };

/** On an embedded PostgreSQL of its own. */
async function countAll(): Promise<string> {
  const opened = openDatabase();
  const { value: database } = await opened.next();
  if (!database) throw new Error("there is no database");
  const counted = await database.transaction(async (within) => {
    await within.query("create table things (name text)");
    await within.query("-- a comment\ninsert into things values ($1)", ["hunter2"]);
    return within.one<{ count: number }>("select count(*)::int as count from things");
  });
  await database.query("select missing").catch(() => undefined);
  await opened.return();
  return String(counted?.count);
}

const tools = [
  defineTool({
    name: "ask",
    input: z.strictObject({ url: z.string() }),
    output: z.string(),
    result: "text",
    call: async ({ url }, { metrics, requestInfo }) => {
      metrics.increment("asked_total", 1, { of: "service" });
      return `${requestInfo.requestId} ${requestInfo.traceId} ${await http.getJson<string>(`${url}?key=secret`)}`;
    },
  }),
  defineTool({
    name: "flaky",
    input: z.strictObject({}),
    output: z.string(),
    result: "text",
    policies: [retry({ attempts: 3, base: 1 })],
    call: () => {
      failures += 1;
      if (failures < 3) throw Object.assign(new Error("password=hunter2"), { code: "ECONNRESET" });
      return "there";
    },
  }),
  defineTool({
    name: "kept",
    input: z.strictObject({}),
    output: z.string(),
    result: "text",
    policies: [cache({ ttl: "1m" })],
    call: async () => store.read(),
  }),
  defineTool({
    name: "count",
    input: z.strictObject({}),
    output: z.array(z.string()),
    result: "text",
    call: async () => {
      const of = runExclusively({ mutex, key: "count", scope: "process", wait }, () => countAll());
      const others = runExclusively({ mutex, key: "count", scope: "process", wait }, () => Promise.resolve("others"));
      return Promise.all([of, others]);
    },
  }),
  defineTool({
    name: "missing",
    input: z.strictObject({}),
    result: "empty",
    call: () => {
      throw Object.assign(new Error("none"), { status: 404 });
    },
  }),
];

export const server = defineServer({
  calls: createContextCall,
  metrics: serverMetrics,
  name: "traced",
  version: "1.2.3",
  tools,
  surface: {
    tools: tools.map(({ name, input }) => ({
      name,
      inputSchema: { ...z.toJSONSchema(input, { io: "input" }), $schema: undefined },
    })),
  },
  telemetry,
});
