/** A server that keeps no sessions: each POST is a connection of its own. */
import { afterEach, expect, test, vi } from "vitest";
import { createService } from "../../templates/runtime/dispatch/service.js";
import { startHttp, type HttpService } from "../../templates/runtime/http/server.js";
import { rpc, send } from "./support/http.js";
import { server } from "./support/sample.js";

vi.hoisted(() => {
  process.env["LOG_LEVEL"] = "silent";
});

let service: HttpService;

async function start(): Promise<string> {
  const served = createService(server, () => Promise.resolve(server));
  await served.load();
  service = await startHttp(
    { service: served, metrics: () => undefined },
    { host: "127.0.0.1", port: 0, environment: {} },
  );
  return service.url;
}

afterEach(async () => service.close());

test("a batch of many calls listens once for its client to hang up", async () => {
  const warnings: Error[] = [];
  const note = (warning: Error): void => void warnings.push(warning);
  process.on("warning", note);
  const calls = Array.from({ length: 30 }, (_, id) => ({
    ...rpc("tools/call", { name: "whoami", arguments: { milliseconds: 20 } }),
    id,
  }));
  const answer = await send(await start(), { headers: { "mcp-protocol-version": "2025-03-26" }, body: calls });
  process.off("warning", note);
  expect(JSON.parse(answer.text)).toHaveLength(30);
  expect(warnings).toEqual([]);
});
