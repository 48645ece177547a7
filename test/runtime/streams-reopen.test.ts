// A stream that is not there any more begins again after the last item that was delivered.
/* eslint-disable @typescript-eslint/require-await -- Generators are asynchronous here because streams are. */
import { describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { createContextCall } from "../../templates/runtime/context/call.js";
import { definePages } from "../../templates/runtime/streams/pages.js";
import { reopenBy } from "../../templates/runtime/streams/reopen.js";
import { dateCodec } from "../../templates/runtime/codecs/index.js";
import { useFakeTime, type Answer } from "./support/streams.js";
import type { CallEnvironment } from "../../templates/runtime/call/environment.js";

vi.hoisted(() => {
  process.env["LOG_LEVEL"] = "silent";
});
useFakeTime();

const day = 86_400_000;
const dayOf = (n: number): string => new Date(n * day).toISOString();

/** Days of the epoch, which are the keys too; `failing`: the first that there is not. */
function days({ name = "days", ttl = "5m", failing = Number.POSITIVE_INFINITY } = {}) {
  const seen = { since: [] as (number | undefined)[], ended: 0 };
  const tool = definePages({
    ...{ name, size: 2, max: 10, maxBytes: 90_000, ttl: ttl as "5m" },
    input: z.strictObject({ to: z.number(), since: dateCodec.optional() }),
    output: z.object({ at: dateCodec }),
    reopen: reopenBy("at", "since"),
    call: async function* ({ to, since }: { to: number; since?: Date | undefined }) {
      seen.since.push(since && since.getTime() / day);
      try {
        for (let n = since === undefined ? 1 : since.getTime() / day + 1; n <= to; n += 1) {
          if (n >= failing) throw Object.assign(new Error("Broken."), { status: 400 });
          yield { at: new Date(n * day) };
        }
      } finally {
        seen.ended += 1;
      }
    },
  });
  const surface = {
    inputSchema: { type: "object", properties: { to: {}, cursor: {}, limit: {} } },
    outputSchema: {},
  };
  const run = createContextCall({ tool, surface, server: "shop" });
  const call = async (given: object, environment: Partial<CallEnvironment> = {}): Promise<Answer> => {
    const reply = await run(given, { signal: new AbortController().signal, ...environment });
    if (reply.kind !== "result") return { kind: reply.kind };
    const { content, structuredContent, isError } = reply.result as {
      readonly content: readonly [{ readonly text: string }];
      readonly structuredContent?: { readonly items: readonly { readonly at: string }[]; readonly nextCursor?: string };
      readonly isError?: boolean;
    };
    if (isError) return { error: content[0].text };
    const items = structuredContent?.items.map(({ at }) => Date.parse(at) / day) ?? [];
    const { nextCursor } = structuredContent ?? {};
    return { items, ...(nextCursor !== undefined && { nextCursor }) };
  };
  return { seen, call };
}

test("goes on where it waits; where it does not, after the last item, and its pages follow each other as before", async () => {
  const { seen, call } = days();
  const first = await call({ to: 7 });
  const second = await call({ to: 7, cursor: first.nextCursor });
  expect([first.items, second.items, seen.since]).toEqual([[1, 2], [3, 4], [undefined]]);
  await vi.advanceTimersByTimeAsync(301_000);
  expect(seen.ended).toBe(1);
  const third = await call({ to: 7, cursor: second.nextCursor });
  const last = await call({ to: 7, cursor: third.nextCursor });
  expect([third.items, last, seen.since]).toEqual([[5, 6], { items: [7] }, [undefined, 4]]);
});

test("a page that was lost on its way is asked for again", async () => {
  const { seen, call } = days();
  const { nextCursor } = await call({ to: 9 });
  const pages = await Promise.all([1, 2].map(() => call({ to: 9, cursor: nextCursor })));
  expect(pages.map(({ items }) => items)).toEqual([
    [3, 4],
    [3, 4],
  ]);
  expect(seen.since).toEqual([undefined, 2]);
});

test("a stream that gave way to others begins again", async () => {
  vi.stubEnv("MCP_MAX_STREAMS", "1");
  const { call } = days();
  const first = await call({ to: 9 });
  await call({ to: 9 });
  vi.unstubAllEnvs();
  expect(await call({ to: 9, cursor: first.nextCursor })).toMatchObject({ items: [3, 4] });
});

test("of another session is the caller's all the same", async () => {
  const { call } = days();
  const caller = { id: "ann", scopes: [], claims: {} };
  const wire = { requestId: "1", sessionId: "s1", transport: "tcp" } as const;
  const { nextCursor } = await call({ to: 9 }, { caller, wire });
  expect(await call({ to: 9, cursor: nextCursor }, { caller, wire: { ...wire, sessionId: "s2" } })).toMatchObject({
    items: [3, 4],
  });
});

test("a failure says after how many items it came, of all pages", async () => {
  const { call } = days({ failing: 4 });
  const { nextCursor } = await call({ to: 9 });
  await vi.advanceTimersByTimeAsync(301_000);
  const second = await call({ to: 9, cursor: nextCursor });
  expect(second.items).toEqual([3]);
  expect(await call({ to: 9, cursor: second.nextCursor })).toEqual({ error: "Broken. This was after 3 items." });
});

describe("is refused", () => {
  const foreign =
    "This cursor goes on with another call. Repeat its arguments, as the caller that it was given to, or call again without a cursor.";
  const caller = { id: "ann", scopes: [], claims: {} };

  test.each([
    ["another caller", { to: 9 }, { caller: { ...caller, id: "bob" } }],
    ["nobody", { to: 9 }, {}],
    ["other arguments", { to: 8 }, { caller }],
  ])("for %s, whether it waits or not", async (_, given, environment) => {
    const { seen, call } = days();
    const { nextCursor } = await call({ to: 9 }, { caller });
    expect(await call({ ...given, cursor: nextCursor }, environment)).toEqual({ error: foreign });
    await vi.advanceTimersByTimeAsync(301_000);
    expect(await call({ ...given, cursor: nextCursor }, environment)).toEqual({ error: foreign });
    expect(seen.since).toHaveLength(1);
  });

  test("for another tool", async () => {
    const { nextCursor } = await days().call({ to: 9 });
    expect(await days({ name: "other" }).call({ to: 9, cursor: nextCursor })).toEqual({ error: foreign });
  });

  test("where it was changed, or never given", async () => {
    const { call } = days();
    const { nextCursor = "" } = await call({ to: 9 });
    await vi.advanceTimersByTimeAsync(301_000);
    const [name = "", text = "", signature = ""] = nextCursor.split(".");
    const forged = Buffer.from(JSON.stringify({ value: { key: dayOf(6), delivered: 6 } })).toString("base64url");
    for (const cursor of [name, `${name}.`, `${name}.${forged}.${signature}`, `${name}.${text}`, `${nextCursor}.x`])
      expect((await call({ to: 9, cursor })).error, cursor).toContain("This cursor has expired");
    expect((await call({ to: 9, cursor: `x.${forged}.${signature}` })).error).toContain("none that this server");
    expect(await call({ to: 9, cursor: `x.${text}.${signature}` })).toMatchObject({ items: [3, 4] });
  });

  test("after an hour", async () => {
    const { call } = days();
    const { nextCursor } = await call({ to: 9 });
    await vi.advanceTimersByTimeAsync(3_599_000);
    expect(await call({ to: 9, cursor: nextCursor })).toMatchObject({ items: [3, 4] });
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await call({ to: 9, cursor: nextCursor })).toEqual({
      error: "This cursor has expired: call again without a cursor.",
    });
  });
});

test("clients do not give the argument themselves", async () => {
  expect((await days().call({ to: 9, since: dayOf(3) })).error).toContain(
    "`since` is unknown; known are `to`, `cursor`, `limit`",
  );
});
