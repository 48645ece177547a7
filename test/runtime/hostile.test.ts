/** Arguments, results and functions that break what touches them: the call fails alone, as what it is. */
import { afterEach, expect, test, vi } from "vitest";
import { z } from "zod";
import { createContextCall } from "../../templates/runtime/context/call.js";
import { createPlainCall } from "../../templates/runtime/dispatch/plain-call.js";
import { readMessage } from "../../templates/runtime/dispatch/message.js";
import { renderReply, type Reply } from "../../templates/runtime/dispatch/reply.js";

vi.hoisted(() => {
  process.env["LOG_LEVEL"] = "silent";
});
afterEach(() => void vi.restoreAllMocks());

const environment = { signal: new AbortController().signal };

async function callBoth(given: unknown, call: (value: unknown) => unknown): Promise<readonly string[]> {
  const input = z.strictObject({ value: z.unknown() });
  const tool = {
    name: "work",
    input,
    result: "text",
    call: (taken: unknown) => call((taken as z.output<typeof input>).value),
  } as const;
  const surface = { inputSchema: { type: "object", properties: { value: {} } } };
  const replies: readonly Reply[] = await Promise.all([
    createPlainCall({ tool, surface, server: "shop" })({ value: given }, environment),
    createContextCall({ tool, surface, server: "shop" })({ value: given }, environment),
  ]);
  return replies.map((reply) => renderReply(1, reply) ?? "");
}

/** As deep as a message can be that JSON.parse reads. */
const deep: unknown = JSON.parse("[".repeat(200_000) + "]".repeat(200_000));

test("arguments that are nested too deeply for the function are the client's mistake", async () => {
  const depthOf = (value: unknown): number => (Array.isArray(value) ? depthOf(value[0]) + 1 : 0);
  for (const answer of await callBoth(deep, depthOf))
    expect(answer).toContain("The arguments for `work` are nested too deeply.");
});

test("a function that never returns to its caller is none", async () => {
  const descend = (): number => descend() + 1;
  for (const value of [[[1]], "x"])
    for (const answer of await callBoth(value, descend)) expect(answer).toContain("`work` failed unexpectedly");
});

test("another failure stays what it is, however deep the arguments are", async () => {
  const fail = (): never => {
    throw Object.assign(new Error("No such order."), { status: 404 });
  };
  for (const answer of await callBoth(deep, fail)) expect(answer).toContain("No such order.");
});

test("a result whose `then` throws fails its call", async () => {
  const trapped = {
    get then() {
      throw new Error("trap");
    },
  };
  for (const answer of await callBoth(1, () => trapped)) expect(answer).toContain("`work` failed unexpectedly");
});

test("messages are read and written whatever a function has put in the place of JSON's", () => {
  vi.spyOn(JSON, "parse").mockReturnValue({});
  vi.spyOn(JSON, "stringify").mockReturnValue("broken");
  expect(readMessage('{"jsonrpc":"2.0","id":1,"method":"ping"}')).toMatchObject({ kind: "request", method: "ping" });
  expect(renderReply(1, { kind: "result", result: { a: 1 } })).toBe('{"jsonrpc":"2.0","id":1,"result":{"a":1}}');
});

test("members that a library puts on every object are in no argument and in no result", async () => {
  const input = z.strictObject({ value: z.record(z.string(), z.number()), note: z.string().exactOptional() });
  const output = z.looseObject({ value: z.record(z.string(), z.number()) });
  const taken: string[][] = [];
  const tool = {
    name: "work",
    input,
    output,
    result: "structured",
    call: (given: unknown) => {
      const names: string[] = [];
      for (const name in given as object) names.push(name);
      taken.push(names);
      return given as object;
    },
  } as const;
  const inherited: Record<string, unknown> = Object.prototype as never;
  const extend = (): void => undefined;
  Object.assign(inherited, { extend, size: 7 });
  try {
    const surface = { inputSchema: { type: "object", properties: { value: {} } }, outputSchema: { type: "object" } };
    const replies: readonly Reply[] = await Promise.all([
      createPlainCall({ tool, surface, server: "shop" })({ value: { a: 1 } }, environment),
      createContextCall({ tool, surface, server: "shop" })({ value: { a: 1 } }, environment),
    ]);
    for (const reply of replies)
      expect(JSON.parse(renderReply(1, reply) ?? "")).toMatchObject({
        result: { structuredContent: { value: { a: 1 } } },
      });
    expect(taken).toEqual([["value"], ["value"]]);
    expect(({} as Record<string, unknown>)["extend"]).toBe(extend);
  } finally {
    for (const name of ["extend", "size"]) Reflect.deleteProperty(Object.prototype, name);
  }
});
