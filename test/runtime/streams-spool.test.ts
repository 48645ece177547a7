// All of a stream in a resource: who reads it, for how long, how much of it there is, and what is left of it on the disk.
/* eslint-disable @typescript-eslint/require-await -- Generators are asynchronous here because streams are. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, expect, test, vi } from "vitest";
import { z } from "zod";
import type { CallEnvironment } from "../../templates/runtime/call/environment.js";
import { createContextCall } from "../../templates/runtime/context/call.js";
import { waitUntilIdle } from "../../templates/runtime/lifecycle/running.js";
import { serveResources } from "../../templates/runtime/resources/serve.js";
import { defineSpool } from "../../templates/runtime/streams/resource.js";
import { readSpooled } from "../../templates/runtime/streams/spooled.js";
import { replaceClock, clock } from "../../templates/runtime/time/clock.js";
import type { ToolDefinition } from "../../templates/runtime/tools/definition.js";
import { counter, input, type Work } from "./support/streams.js";

const folder = mkdtempSync(join(tmpdir(), "spool-test-"));

vi.hoisted(() => {
  process.env["LOG_LEVEL"] = "silent";
});
vi.stubEnv("TMPDIR", folder);

/** What has been set, to be let go by the test. */
const timers: { readonly milliseconds: number; readonly work: () => void }[] = [];
const putBack = replaceClock({
  ...clock,
  startTimer: (milliseconds, work) => {
    const timer = { milliseconds, work };
    timers.push(timer);
    return () => void timers.splice(timers.indexOf(timer), 1);
  },
});

afterEach(async () => {
  await waitUntilIdle(5_000);
  timers.splice(0);
});
afterAll(() => {
  putBack();
  rmSync(folder, { recursive: true, force: true });
  vi.unstubAllEnvs();
});

interface Answer {
  readonly uri?: string;
  readonly count?: number;
  readonly truncated?: boolean;
  readonly error?: string;
  readonly kind?: string;
}

type Given = Partial<Pick<ToolDefinition, "authorize" | "policies">> & {
  readonly max?: number;
  readonly maxBytes?: number;
};

function spooling(work: Work, given: Given = {}) {
  const tool = defineSpool({
    ...{ name: "count", input, output: z.number(), max: 1_000, maxBytes: 1_000_000, ttl: "5m", format: "ndjson" },
    ...given,
    call: work,
  });
  const surface = { inputSchema: { type: "object", properties: { to: {} } }, outputSchema: {} };
  const call = createContextCall({ tool, surface, server: "shop" });
  return async (to: number, environment: Partial<CallEnvironment> = {}): Promise<Answer> => {
    const reply = await call({ to }, { signal: new AbortController().signal, ...environment });
    if (reply.kind !== "result") return { kind: reply.kind };
    const { content, structuredContent, isError } = reply.result as {
      readonly content: readonly { readonly text?: string }[];
      readonly structuredContent?: Answer;
      readonly isError?: boolean;
    };
    return isError ? { error: content[0]?.text ?? "" } : (structuredContent ?? {});
  };
}

const surface = { tools: [], resources: [], resourceTemplates: [] };
const refuseCalls = (): never => expect.fail("No function is called.");
const methods = serveResources([], readSpooled).methods({ surface, createCall: refuseCalls });

async function read(uri: string, environment: Partial<CallEnvironment> = {}): Promise<unknown> {
  const reply = await methods.get("resources/read")?.(
    { uri },
    { signal: new AbortController().signal, ...environment },
  );
  if (reply?.kind === "error") return { code: reply.code, message: reply.message, data: reply.data };
  return reply?.kind === "result" ? reply.result : reply?.kind;
}

/** The files that there are, of all spools. */
function files(): readonly string[] {
  return readdirSync(folder).flatMap((name) => readdirSync(join(folder, name)).map((file) => join(folder, name, file)));
}

const again = "Call the tool again.";
const expired = `This resource has expired: it is kept for a while, and as long as there are not too many. ${again}`;

test("all items are read by the link, as often as its caller likes; the file is for this user alone", async () => {
  const { seen, work } = counter();
  const { uri = "", ...rest } = await spooling(work)(3);
  expect(rest).toEqual({ count: 3, truncated: false });
  expect(seen).toEqual({ pulled: 3, begun: 1, ended: 1 });
  const contents = { contents: [{ uri, mimeType: "application/x-ndjson", text: "1\n2\n3\n" }] };
  expect([await read(uri), await read(uri)]).toEqual([contents, contents]);
  const [file = ""] = files();
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(statSync(join(file, "..")).mode & 0o777).toBe(0o700);
});

test("what is longer than a chunk is written as it is pulled", async () => {
  let largest = 0;
  const work: Work = async function* ({ to }) {
    for (let n = 1; n <= to; n += 1) {
      // The file of the test before is on its way out.
      largest = Math.max(largest, ...files().map((file) => statSync(file, { throwIfNoEntry: false })?.size ?? 0));
      yield n;
    }
  };
  const { uri = "", ...rest } = await spooling(work, { max: 100_000 })(40_000);
  expect(rest).toEqual({ count: 40_000, truncated: false });
  expect(largest).toBeGreaterThan(130_000);
  const { contents } = (await read(uri)) as { readonly contents: readonly [{ readonly text: string }] };
  expect(contents[0].text.trimEnd().split("\n").map(Number)).toEqual(Array.from({ length: 40_000 }, (_, n) => n + 1));
});

test("is its caller's and its session's", async () => {
  const caller = { id: "ann", scopes: [], claims: {} };
  const wire = { requestId: "1", sessionId: "s1", transport: "tcp" } as const;
  const { uri = "" } = await spooling(counter().work)(1, { caller, wire });
  const message = `This resource was written for another caller. ${again}`;
  const foreign = { code: -32_002, message, data: { uri } };
  expect(await read(uri, { caller: { ...caller, id: "bob" }, wire })).toEqual(foreign);
  expect(await read(uri, { wire })).toEqual(foreign);
  expect(await read(uri, { caller, wire: { ...wire, sessionId: "s2" } })).toEqual(foreign);
  expect(await read(uri, { caller, wire })).toMatchObject({ contents: [{ text: "1\n" }] });
});

test("a caller who may not call the tool any more does not read what it has written", async () => {
  let isAllowed = true;
  const authorize = (): void => {
    if (!isAllowed)
      throw Object.assign(new Error("This call needs the scope `export`."), { status: 403, expose: true });
  };
  const { uri = "" } = await spooling(counter().work, { authorize })(1);
  expect(await read(uri)).toMatchObject({ contents: [{ text: "1\n" }] });
  isAllowed = false;
  expect(await read(uri)).toMatchObject({ code: -32_003, message: "This call needs the scope `export`." });
});

test("expires with its file", async () => {
  const { uri = "" } = await spooling(counter().work)(1);
  expect(timers.map(({ milliseconds }) => milliseconds)).toEqual([300_000]);
  timers[0]?.work();
  await vi.waitFor(() => expect(files()).toEqual([]));
  expect(await read(uri)).toEqual({ code: -32_002, message: expired, data: { uri } });
  expect(timers).toEqual([]);
});

test("the end of the server leaves no file", async () => {
  await spooling(counter().work)(1);
  expect(files()).toHaveLength(1);
  expect(await waitUntilIdle(1_000)).toBe(true);
  await vi.waitFor(() => expect(files()).toEqual([]));
});

test("another process's, one that is forged, and what is not of this form", async () => {
  const unknown = `This resource is none that this process has written since it was started, and other replicas' are theirs alone. ${again}`;
  const uri = `stream://count/${"A".repeat(48)}`;
  expect(await read(uri)).toEqual({ code: -32_002, message: unknown, data: { uri } });
  expect(await read("stream://count/1")).toMatchObject({ message: "Resource not found" });
});

test("the oldest gives way where there are too many, or too many bytes", async () => {
  const call = spooling(counter().work);
  vi.stubEnv("MCP_MAX_SPOOLS", "2");
  const first = await call(1);
  const second = await call(1);
  const third = await call(2);
  expect(await read(first.uri ?? "")).toMatchObject({ message: expired });
  expect(await read(second.uri ?? "")).toMatchObject({ contents: [{ text: "1\n" }] });
  vi.stubEnv("MCP_MAX_SPOOLS", "");
  vi.stubEnv("MCP_MAX_SPOOL_BYTES", "9");
  const fourth = await call(3);
  expect(await read(second.uri ?? "")).toMatchObject({ message: expired });
  expect(await read(third.uri ?? "")).toMatchObject({ message: expired });
  expect(await read(fourth.uri ?? "")).toMatchObject({ contents: [{ text: "1\n2\n3\n" }] });
  const refused = await call(9);
  expect(refused.error).toContain("The server has no room for more of what calls have spooled.");
  vi.stubEnv("MCP_MAX_SPOOL_BYTES", "");
  await vi.waitFor(() => expect(files()).toEqual([]));
  expect(await call(9)).toMatchObject({ count: 9 });
});

test("items and bytes are bounded; an item that is larger is refused", async () => {
  const { seen, work } = counter();
  expect(await spooling(work, { max: 2 })(9)).toMatchObject({ count: 2, truncated: true });
  expect(await spooling(work, { maxBytes: 5 })(9)).toMatchObject({ count: 3, truncated: true });
  expect(await spooling(work, { maxBytes: 0 })(9)).toEqual({
    error: "Item 1 of `count` has 1 bytes, more than the 0 an answer may have.",
  });
  expect(seen).toMatchObject({ begun: 3, ended: 3 });
  expect(files()).toHaveLength(2);
});

test("a failure says after how many items it came, and leaves no file", async () => {
  const work: Work = async function* ({ to }) {
    yield to;
    throw Object.assign(new Error("Broken."), { status: 400 });
  };
  expect(await spooling(work)(7)).toEqual({ error: "Broken. This was after 1 item." });
  expect(files()).toEqual([]);
});

test("a cancelled call ends its stream and leaves no file", async () => {
  const client = new AbortController();
  let ended = 0;
  const work: Work = async function* ({ to }) {
    try {
      yield to;
      client.abort(new DOMException("Enough.", "AbortError"));
      yield to;
    } finally {
      ended += 1;
    }
  };
  expect(await spooling(work)(7, { signal: client.signal })).toEqual({ kind: "cancelled" });
  expect(ended).toBe(1);
  expect(files()).toEqual([]);
});

test("where the system has cleaned up, another folder is made", async () => {
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
  const { uri = "" } = await spooling(counter().work)(1);
  expect(await read(uri)).toMatchObject({ contents: [{ text: "1\n" }] });
  for (const file of files()) rmSync(file);
  expect(await read(uri)).toMatchObject({ message: expired });
  expect(existsSync(folder)).toBe(true);
});

test("what processes have left that are gone is removed with the next folder, and nothing else", async () => {
  await spooling(counter().work)(1);
  const own = readdirSync(folder)[0] ?? "";
  const leave = (name: string): string => {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, "spool"), "1\n");
    return name;
  };
  const named = (pid: number, rest: string): string => leave(own.replace(/\d+-[^-]+$/, `${String(pid)}-${rest}`));
  rmSync(join(folder, own), { recursive: true });
  // No system gives a process this id.
  named(2 ** 31 - 1, "killed");
  utimesSync(join(folder, named(process.pid, "before")), 1, 1);
  const kept = [named(process.ppid, "alive"), named(process.pid, "another"), leave("mcp-spool-0-2147483647-elsewhere")];
  await spooling(counter().work)(1);
  const made = readdirSync(folder).filter((name) => !kept.includes(name));
  expect(made).toEqual([expect.stringMatching(/^mcp-spool-[\da-f]{8}-\d+-\w{6}$/)]);
  expect(made).not.toContain(own);
  expect(readdirSync(folder)).toEqual(expect.arrayContaining(kept));
  for (const name of kept) rmSync(join(folder, name), { recursive: true });
});

test("progress is reported in items", async () => {
  const reports: unknown[] = [];
  await spooling(counter().work)(1, { sendProgress: (report) => void reports.push(report) });
  expect(reports).toEqual([{ progress: 1, total: 1_000 }]);
});
