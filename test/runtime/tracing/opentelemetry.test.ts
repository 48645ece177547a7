// A server in a process of its own, watched through OpenTelemetry by a collector; and what becomes of it when the
// collector is not there.
import { createServer, type IncomingHttpHeaders } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { startServer, textOf } from "../support/subprocess.js";
import { startCollector, valuesOf, type CollectedSpan, type Collector } from "./collector.js";

const main = `
  import "./templates/runtime/lifecycle/stdout.js";
  import { main } from "./templates/runtime/entry/main.js";
  import { server } from "./test/runtime/tracing/traced-server.js";
  import { createRequire } from "node:module";
  const require = createRequire(import.meta.url);
  process.on("exit", () => {
    const loaded = Object.keys(require.cache).filter((path) => path.includes("@opentelemetry"));
    console.error(loaded.length > 0 ? "OpenTelemetry was loaded" : "OpenTelemetry was not loaded");
  });
  await main({ ...server, load: () => Promise.resolve(server), sessions: () => import("./templates/runtime/http/sessions.js") });`;

let file: string;
let service: string;
const asked: IncomingHttpHeaders[] = [];
const other = createServer((request, response) => {
  asked.push(request.headers);
  response.end('"answered"');
});

beforeAll(async () => {
  other.listen(0, "127.0.0.1");
  await once(other, "listening");
  service = `http://127.0.0.1:${String((other.address() as AddressInfo).port)}/thing`;
  file = await bundle();
}, 60_000);
afterAll(() => other.close());

/** In parts, and the packages outside: what is imported later is loaded later, as within the one file of a build. */
async function bundle(): Promise<string> {
  const root = join(import.meta.dirname, "../../..");
  const outdir = join(root, "node_modules/.cache/mcpgen-test/traced");
  await build({
    stdin: { contents: main, resolveDir: root, loader: "ts" },
    outdir,
    bundle: true,
    splitting: true,
    external: ["@opentelemetry/*", "@electric-sql/pglite", "pg", "undici", "pino", "zod", "@modelcontextprotocol/*"],
    platform: "node",
    target: "node20",
    format: "esm",
    outExtension: { ".js": ".mjs" },
    logLevel: "error",
  });
  return join(outdir, "stdin.mjs");
}

const collectors: Collector[] = [];
afterEach(() => {
  for (const collector of collectors.splice(0)) collector.close();
});

async function collect(options = {}): Promise<Collector> {
  const collector = await startCollector(options);
  collectors.push(collector);
  return collector;
}

/** Serves over stdio until `calls` are through. Whatever stdout carries is JSON-RPC, else this fails. */
async function run(env: Record<string, string>, calls: (server: ReturnType<typeof startServer>) => Promise<void>) {
  const server = startServer(file, { env });
  await server.initialize();
  await calls(server);
  server.child.stdin.end();
  const code = await server.exited;
  server.messages();
  return { code, stderr: server.stderr.join("\n") };
}

const traceId = "0af7651916cd43dd8448eb211c80319c";
const parentId = "b7ad6b7169203331";

describe("with a collector", () => {
  test("a call is a span below the client's, its request a span below that; both are sent at the end", async () => {
    const collector = await collect();
    const { code, stderr } = await run({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url }, async (server) => {
      const _meta = { traceparent: `00-${traceId}-${parentId}-01`, tracestate: "v=1" };
      const answer = await server.request("tools/call", { name: "ask", arguments: { url: service }, _meta });
      expect(textOf(answer)).toContain(`${traceId} answered`);
    });
    expect(code).toBe(0);
    expect(stderr).toContain("OpenTelemetry was loaded");
    const call = collector.spans().find(({ name }) => name === "tools/call ask");
    const request = collector.spans().find(({ name }) => name === "GET");
    expect(call).toMatchObject({ traceId, parentSpanId: parentId, traceState: "v=1", kind: 2 });
    expect(valuesOf(call?.attributes ?? [])).toEqual({
      "mcp.method.name": "tools/call",
      "gen_ai.operation.name": "execute_tool",
      "gen_ai.tool.name": "ask",
      "jsonrpc.request.id": "2",
      "network.transport": "pipe",
      "mcp.tool.outcome": "ok",
    });
    expect(request).toMatchObject({ traceId, parentSpanId: call?.spanId, kind: 3 });
    expect(valuesOf(request?.attributes ?? [])).toMatchObject({
      "http.request.method": "GET",
      "server.address": "127.0.0.1",
      "url.full": service,
      "http.response.status_code": 200,
    });
    expect(JSON.stringify(collector.spans())).not.toContain("secret");
    expect(asked.at(-1)).toMatchObject({ traceparent: `00-${traceId}-${request?.spanId ?? ""}-01`, tracestate: "v=1" });
    expect(collector.resources()[0]).toMatchObject({ "service.name": "traced", "service.version": "1.2.3" });
  });

  test("a call of no trace begins one, which has the request's id", async () => {
    const collector = await collect();
    let text = "";
    await run({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_SERVICE_NAME: "mine" }, async (server) => {
      text = textOf(await server.call("ask", { url: service }));
    });
    const [requestId = "", trace = ""] = text.split(" ");
    expect(trace).toBe(requestId.replaceAll("-", ""));
    const call = collector.spans().find(({ name }) => name === "tools/call ask");
    expect(call?.traceId).toBe(trace);
    expect(call?.parentSpanId ?? "").toBe("");
    expect(collector.resources()[0]).toMatchObject({ "service.name": "mine" });
  });

  test("what fails is marked, without its message; each attempt is a span", async () => {
    const collector = await collect();
    await run({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url }, async (server) => {
      await server.call("missing");
      expect(textOf(await server.call("flaky"))).toBe("there");
    });
    const missing = collector.spans().find(({ name }) => name === "tools/call missing");
    expect(missing?.status).toEqual({ code: 2 });
    expect(valuesOf(missing?.attributes ?? [])).toMatchObject({
      "error.type": "tool_error",
      "mcp.tool.outcome": "notFound",
    });
    const flaky = collector.spans().find(({ name }) => name === "tools/call flaky");
    const attempts = collector.spans().filter(({ parentSpanId }) => parentSpanId === flaky?.spanId);
    expect(attempts.map(({ name, attributes }) => [name, valuesOf(attributes)])).toEqual([
      ["attempt", { "retry.attempt": 1, "error.type": "unavailable" }],
      ["attempt", { "retry.attempt": 2, "error.type": "unavailable" }],
      ["attempt", { "retry.attempt": 3 }],
    ]);
    expect(JSON.stringify(collector.spans())).not.toContain("hunter2");
  });

  test("a look into the cache is a span, above what it computes; so is the call of a provider's method", async () => {
    const collector = await collect();
    await run({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url }, async (server) => {
      await server.call("kept");
      await server.call("kept");
    });
    const byId = new Map(collector.spans().map((span) => [span.spanId, span]));
    const path = (span: CollectedSpan): string => {
      const parent = byId.get(span.parentSpanId ?? "");
      return `${parent ? `${path(parent)} > ` : ""}${span.name}`;
    };
    expect(collector.spans().map(path).sort()).toEqual([
      "tools/call kept",
      "tools/call kept",
      "tools/call kept > cache",
      "tools/call kept > cache",
      "tools/call kept > cache > store.read",
    ]);
  });

  test("statements and locks are spans, without what stands in them", { timeout: 60_000 }, async () => {
    const collector = await collect();
    await run({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, DATA_DIR: "memory://" }, async (server) => {
      expect(textOf(await server.call("count"))).toBe('["1","others"]');
    });
    const spans = collector.spans();
    const call = spans.find(({ name }) => name === "tools/call count");
    const [first, second] = spans.filter(({ parentSpanId }) => parentSpanId === call?.spanId);
    const waited = [first, second].map((span) => valuesOf(span?.attributes ?? [])["lock.wait.duration"] as number);
    expect([first?.name, second?.name]).toEqual(["lock", "lock"]);
    // The second in line waits for as long as the first one holds the lock.
    expect(Math.max(...waited)).toBeGreaterThan(Math.min(...waited));
    const statements = spans.filter(
      ({ parentSpanId }) => parentSpanId === first?.spanId || parentSpanId === second?.spanId,
    );
    expect(statements.map(({ name }) => name)).toEqual(["BEGIN", "CREATE", "INSERT", "SELECT", "COMMIT", "SELECT"]);
    expect(statements.map(({ attributes }) => valuesOf(attributes)["error.type"])).toEqual([
      ...Array.from({ length: 5 }, () => undefined),
      "bug",
    ]);
    expect(JSON.stringify(spans)).not.toContain("hunter2");
  });

  test("metrics are sent too: the server's, the functions', the process's", async () => {
    const collector = await collect();
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_METRIC_EXPORT_INTERVAL: "100" };
    await run(env, async (server) => {
      await server.call("ask", { url: service });
      await server.until(() => collector.metrics().has("asked_total"));
    });
    const metrics = collector.metrics();
    const names = [
      "mcp.server.operation.duration",
      "mcp_tool_calls_total",
      "asked_total",
      "process_resident_memory_bytes",
    ];
    for (const name of names) expect([...metrics.keys()]).toContain(name);
    expect(metrics.get("mcp.server.operation.duration")).toMatchObject({ unit: "s" });
    expect(JSON.stringify(metrics.get("asked_total"))).toContain('"key":"of"');
    expect(metrics.get("process_resident_memory_bytes")).toMatchObject({ unit: "By" });
  });

  test("one signal alone", async () => {
    const collector = await collect();
    const env = { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${collector.url}/v1/traces`, OTEL_METRIC_EXPORT_INTERVAL: "50" };
    await run(env, async (server) => {
      await server.call("missing");
    });
    expect(collector.spans()).toHaveLength(1);
    expect(collector.metrics().size).toBe(0);
  });
});

describe("without one", () => {
  test("no variable: nothing of OpenTelemetry is loaded", async () => {
    const { code, stderr } = await run({}, async (server) => {
      expect(textOf(await server.call("ask", { url: service }))).toContain("answered");
    });
    expect(code).toBe(0);
    expect(stderr).toContain("OpenTelemetry was not loaded");
    expect(asked.at(-1)?.["traceparent"]).toMatch(/^00-[\da-f]{32}-[\da-f]{16}-01$/);
  });

  test("switched off: neither", async () => {
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:9", OTEL_SDK_DISABLED: "true" };
    const { stderr } = await run(env, async (server) => {
      await server.call("missing");
    });
    expect(stderr).toContain("OpenTelemetry was not loaded");
  });

  test("nobody listens: calls are answered, the end is an ordinary one", async () => {
    const env = {
      OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:9",
      OTEL_BSP_SCHEDULE_DELAY: "10",
      OTEL_METRIC_EXPORT_INTERVAL: "20",
    };
    const { code, stderr } = await run(env, async (server) => {
      expect(textOf(await server.call("ask", { url: service }))).toContain("answered");
    });
    expect(code).toBe(0);
    expect(stderr).not.toMatch(/unhandled|uncaught/i);
  });

  test("somebody listens who never answers: the end comes all the same, and says what is lost", async () => {
    const { url } = await collect({ deaf: true });
    const { code, stderr } = await run({ OTEL_EXPORTER_OTLP_ENDPOINT: url }, async (server) => {
      expect(textOf(await server.call("ask", { url: service }))).toContain("answered");
    });
    expect(code).toBe(0);
    expect(stderr).toContain("what was unsent at the end is lost");
  });

  test("nonsense in the variables is the operator's news, not the server's end", async () => {
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: "not a URL", OTEL_METRIC_EXPORT_INTERVAL: "soon" };
    const { code, stderr } = await run(env, async (server) => {
      expect(textOf(await server.call("ask", { url: service }))).toContain("answered");
    });
    expect(code).toBe(0);
    expect(stderr).toContain("OpenTelemetry");
  });
});
