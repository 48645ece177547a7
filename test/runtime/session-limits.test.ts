// Sessions are bounded in number and in time.
import { afterEach, expect, test, vi } from "vitest";
import { startHttp, type HttpService } from "../../templates/runtime/http/server.js";
import { createService } from "../../templates/runtime/dispatch/service.js";
import type { Sessions } from "../../templates/runtime/http/exchange.js";
import { createSessions } from "../../templates/runtime/http/sessions.js";
import { hello } from "./support/hello.js";
import { openSession, rpc, send } from "./support/http.js";
import { server } from "./support/sample.js";

vi.hoisted(() => {
  process.env["LOG_LEVEL"] = "silent";
});

let service: HttpService;
let sessions: Sessions;

async function start(limits: { most: number; idleMilliseconds: number }): Promise<string> {
  const served = createService(server, () => Promise.resolve(server));
  await served.load();
  sessions = createSessions(served, { ...limits, sweepMilliseconds: 10 });
  const parts = { service: served, sessions, metrics: () => undefined };
  service = await startHttp(parts, { host: "127.0.0.1", port: 0, environment: {} });
  return service.url;
}

afterEach(async () => {
  sessions.close();
  await service.close();
});

const isKnown = async (url: string, headers: Record<string, string>): Promise<boolean> =>
  (await send(url, { headers, body: rpc("ping") })).status === 200;

test("the longest unused one makes room for a new one", async () => {
  const url = await start({ most: 2, idleMilliseconds: 60_000 });
  const first = await openSession(url);
  const second = await openSession(url);
  expect(await isKnown(url, first)).toBe(true);
  const third = await openSession(url);
  expect([await isKnown(url, first), await isKnown(url, second), await isKnown(url, third)]).toEqual([
    true,
    false,
    true,
  ]);
});

test("one that is in use does not", async () => {
  const url = await start({ most: 1, idleMilliseconds: 60_000 });
  const first = await openSession(url);
  const call = send(url, {
    headers: first,
    body: rpc("tools/call", { name: "wait", arguments: { milliseconds: 300 } }),
  });
  await new Promise((resolve) => setTimeout(resolve, 100));
  const refused = await send(url, { body: rpc("initialize", hello) });
  expect(refused).toMatchObject({ status: 503, headers: { "retry-after": "30" } });
  expect((await call).status).toBe(200);
  await openSession(url);
});

test("one that nobody uses ends by itself; one with an open stream does not", async () => {
  const url = await start({ most: 10, idleMilliseconds: 100 });
  const idle = await openSession(url);
  const used = await openSession(url);
  const stream = send(url, { method: "GET", headers: used });
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect([await isKnown(url, idle), await isKnown(url, used)]).toEqual([false, true]);
  sessions.close();
  expect((await stream).status).toBe(200);
});

test("a first request that is refused leaves no session behind", async () => {
  const url = await start({ most: 1, idleMilliseconds: 60_000 });
  for (let count = 0; count < 3; count += 1) {
    expect((await send(url, { headers: { accept: "text/html" }, body: rpc("initialize", hello) })).status).toBe(406);
  }
  expect(await isKnown(url, await openSession(url))).toBe(true);
});
