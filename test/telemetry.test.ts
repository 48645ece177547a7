/** A project with `"telemetry": true`, built as its user builds it: its one file carries OpenTelemetry, and uses it where it is asked for. */
import { afterAll, expect, test } from "vitest";
import { startServer, textOf } from "./runtime/support/subprocess.js";
import { startCollector, type Collector } from "./runtime/tracing/collector.js";
import { readCase } from "./support/fixtures/cases.js";
import { runNode } from "./support/fixtures/process.js";
import { copyCase, emptySuite } from "./support/fixtures/workspace.js";
import { askMcpgen } from "./support/resident/ask.js";

let collector: Collector | undefined;
afterAll(() => collector?.close());

test("spans and metrics of a generated server arrive", { timeout: 60_000 }, async () => {
  collector = await startCollector();
  const { folder, output } = copyCase(readCase("config-telemetry"), emptySuite("telemetry"));
  expect(askMcpgen({ cwd: folder }, "build", "src", "--out", "server")).toMatchObject({ status: 0, stderr: "" });
  expect(runNode({ cwd: output }, "build.mjs")).toEqual({ status: 0, stdout: "", stderr: "" });
  const server = startServer(`${output}/dist/server.js`, { env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url } });
  await server.initialize();
  expect(textOf(await server.call("celsius", { city: "Oslo" }))).toBe("4");
  server.child.stdin.end();
  expect(await server.exited).toBe(0);
  expect(collector.spans().map(({ name }) => name)).toEqual(["tools/call celsius"]);
  expect([...collector.metrics().keys()]).toContain("mcp.server.operation.duration");
});

test("a project without it says what to do", { timeout: 60_000 }, async () => {
  const { folder, output } = copyCase(readCase("function-async"), emptySuite("no-telemetry"));
  expect(askMcpgen({ cwd: folder }, "build", "src", "--out", "server")).toMatchObject({ status: 0 });
  expect(runNode({ cwd: output }, "build.mjs")).toEqual({ status: 0, stdout: "", stderr: "" });
  const server = startServer(`${output}/dist/server.js`, {
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:9" },
  });
  await server.logged('set \\"telemetry\\": true in mcpgen.json');
  server.child.stdin.end();
  expect(await server.exited).toBe(0);
});
