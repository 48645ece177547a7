// What the page of `mcpgen dev` keeps and shows: bounded, without secrets, and what policies did only where it is certain.
import type { IncomingMessage } from "node:http";
import { expect, test } from "vitest";
import { findRefusal } from "../../src/dev/page/admission.js";
import { createFeed, type Feed, type RunningCall } from "../../src/dev/page/feed.js";
import type { Call, News } from "../../src/dev/page/news.js";
import { createPolicyCounts } from "../../src/dev/page/policies.js";
import { readParcel, type Request } from "../../src/dev/protocol/message.js";

function callOf(name: string, given: unknown, method = "tools/call"): Request {
  const [message] = readParcel(JSON.stringify({ id: 1, method, params: { name, arguments: given } })).messages;
  if (message?.kind !== "request") throw new Error("it is a request");
  return message;
}

function kept(feed: Feed): readonly News[] {
  const all: News[] = [];
  feed.watch((news) => all.push(news))();
  return all;
}

const callsOf = (feed: Feed): readonly Call[] =>
  kept(feed).flatMap((news) => (news.kind === "call" ? [news.call] : []));

test("the last 200 calls and the last 500 lines are kept", () => {
  const feed = createFeed();
  for (let n = 1; n <= 250; n += 1) feed.begin(callOf(`t${String(n)}`, {}), "test")?.end({ result: {} });
  for (let n = 1; n <= 600; n += 1) feed.line(`line ${String(n)}`);
  const names = callsOf(feed).map(({ name }) => name);
  expect([names.length, names[0], names.at(-1)]).toEqual([200, "t51", "t250"]);
  const lines = kept(feed).flatMap((news) => (news.kind === "line" ? [news.line] : []));
  expect([lines.length, lines[0], lines.at(-1)]).toEqual([500, "line 101", "line 600"]);
});

test("a call that is long is cut, and the end of one that is no longer kept is no news", () => {
  const feed = createFeed();
  const long = Array.from({ length: 100 }, () => "x".repeat(1_000));
  const first = feed.begin(callOf("first", { long }), "test");
  expect(callsOf(feed)[0]?.arguments).toMatch(/^\{[^]{8000}$|…$/u);
  expect(callsOf(feed)[0]?.arguments.length).toBeLessThan(8_010);
  for (let n = 1; n <= 200; n += 1) feed.begin(callOf("next", {}), "test");
  first?.end({ result: {} });
  expect(callsOf(feed).some(({ name }) => name === "first")).toBe(false);
});

test("how a call has ended, and what is no call", () => {
  const feed = createFeed();
  const answers = [{ result: { content: [] } }, { result: { isError: true } }, { error: { code: 1 } }, undefined];
  for (const answer of answers) feed.begin(callOf("add", { a: 1 }), "test")?.end(answer);
  expect(callsOf(feed).map(({ ended }) => ended?.how)).toEqual(["answered", "error", "failed", "left"]);
  expect(feed.begin(callOf("", {}, "tools/list"), "test")).toBeUndefined();
});

test("secrets are taken out, also those that are known to be some only later", () => {
  const feed = createFeed();
  feed.begin(callOf("login", { password: "hunter22", cookie: "chocolate", note: "later-known-value" }), "test")?.end({ result: { a: "later-known-value" } }); // prettier-ignore
  feed.line("\u001b[31mit is later-known-value\u001b[0m");
  feed.hide({ MAIL_KEY: "later-known-value", PLAIN: "visible" }, ["MAIL_KEY"]);
  const text = JSON.stringify(kept(feed));
  expect(text).not.toMatch(/hunter22|chocolate|later-known-value|u001b/);
  expect(text).toContain("it is [redacted]");
});

test("what policies did is told of a call that was alone, and of no other", async () => {
  let hits = 0;
  const page = () => `cache_requests_total{cache="find",outcome="hit"} ${String(hits)}\nmcp_tool_calls_total{tool="find"} 9\n`; // prettier-ignore
  const counts = createPolicyCounts(() => Promise.resolve(page()));
  counts.start();
  const told: unknown[] = [];
  const call = (name: string): RunningCall => ({ end: () => undefined, count: (all) => told.push([name, all]) });
  const alone = counts.begin("find", call("alone"), undefined);
  hits += 1;
  await alone();
  const [one, two] = [counts.begin("find", call("one"), undefined), counts.begin("find", call("two"), undefined)];
  hits += 2;
  await Promise.all([one(), two()]);
  const last = counts.begin("find", call("last"), undefined);
  hits += 1;
  await last();
  const counted = { 'cache_requests_total{outcome="hit"}': 1 };
  expect(told).toEqual([
    ["alone", counted],
    ["last", counted],
  ]);
});

test("a server without metrics counts nothing", async () => {
  const counts = createPolicyCounts(() => Promise.resolve(undefined));
  counts.start();
  await counts.begin("find", { end: () => undefined, count: () => expect.unreachable() }, undefined)();
});

test("only a browser on this machine that names this machine is let in", () => {
  const refusal = (remoteAddress: string, headers: Readonly<Record<string, string>>) =>
    findRefusal({ headers, socket: { remoteAddress } } as unknown as IncomingMessage);
  for (const address of ["127.0.0.1", "::1", "::ffff:127.0.0.1"])
    for (const host of ["localhost:3000", "127.0.0.1:3000", "[::1]:3000", "localhost"])
      expect(refusal(address, { host, origin: `http://${host}` })).toBeUndefined();
  const host = "localhost:3000";
  expect(refusal("192.168.0.7", { host })).toBeDefined();
  expect(refusal("127.0.0.1", {})).toBeDefined();
  expect(refusal("127.0.0.1", { host: "localhost.example.com" })).toBeDefined();
  expect(refusal("127.0.0.1", { host, origin: "http://localhost:5173" })).toBeDefined();
  expect(refusal("127.0.0.1", { host, "sec-fetch-site": "cross-site" })).toBeDefined();
});
