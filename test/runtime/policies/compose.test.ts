// The one order of policies, and what a call carries through them.
import * as z from "zod";
import { describe, expect, test, vi } from "vitest";
import { createContextCall } from "../../../templates/runtime/context/call.js";
import { attemptTimeout } from "../../../templates/runtime/policies/attempt-timeout.js";
import { derive } from "../../../templates/runtime/call/scope.js";
import { composePolicies } from "../../../templates/runtime/policies/compose.js";
import type { CallResult, PolicyCall, Contracts } from "../../../templates/runtime/call/tool-call.js";
import { timeout } from "../../../templates/runtime/policies/timeout.js";
import type { Policy, PolicyKind } from "../../../templates/runtime/policies/policy.js";
import type { ToolDefinition } from "../../../templates/runtime/tools/definition.js";
import { callWith, done, tool, tracing } from "./calls.js";

const order: readonly PolicyKind[] = [
  "rateLimit",
  "profile",
  "concurrency",
  "serialize",
  "invalidates",
  "cache",
  "timeout",
  "retry",
  "circuit",
  "attemptTimeout",
];

test("the order is one, however the policies are listed", async () => {
  const seen: string[] = [];
  const policies = [...order].reverse().map((kind) => tracing(kind, seen));
  const run = composePolicies({ policies, tool, inner: () => Promise.resolve(done) });
  expect(await run(callWith())).toBe(done);
  expect(seen).toEqual([...order.map((kind) => `${kind} in`), ...order.toReversed().map((kind) => `${kind} out`)]);
});

test("without policies there is nothing around the innermost step", () => {
  const inner = () => Promise.resolve(done);
  expect(composePolicies({ policies: [], tool, inner })).toBe(inner);
});

describe("a result at hand", () => {
  const kept: CallResult = { content: [{ type: "text", text: "kept" }] };
  const remembering = (seen: string[], recall: () => Promise<CallResult> | undefined): Policy => {
    const traced = tracing("cache", seen);
    return { ...traced, bind: (to) => Object.assign(traced.bind(to), { recall }) };
  };
  const others = (seen: string[]) => order.filter((kind) => kind !== "cache").map((kind) => tracing(kind, seen));

  test("is given behind the rate limit: nothing waits, runs or counts for it", async () => {
    const seen: string[] = [];
    const inner = vi.fn(() => Promise.resolve(done));
    const run = composePolicies({
      policies: [...others(seen), remembering(seen, () => Promise.resolve(kept))],
      tool,
      inner,
    });
    expect(await run(callWith())).toBe(kept);
    expect(seen).toEqual(["rateLimit in", "rateLimit out"]);
    expect(inner).not.toHaveBeenCalled();
  });

  test("is refused by the rate limit as any other", async () => {
    const refusing: Policy = { kind: "rateLimit", bind: () => () => Promise.reject(new Error("too many")) };
    const run = composePolicies({
      policies: [remembering([], () => Promise.resolve(kept)), refusing],
      tool,
      inner: () => Promise.resolve(done),
    });
    await expect(run(callWith())).rejects.toThrow("too many");
  });

  test("may be a failure", async () => {
    const failing = remembering([], () => {
      throw new Error("not found");
    });
    const run = composePolicies({ policies: [failing], tool, inner: () => Promise.resolve(done) });
    await expect(run(callWith())).rejects.toThrow("not found");
  });

  test("is asked for once; where there is none, the policies apply in their order, within what is left of the time", async () => {
    const seen: string[] = [];
    const recall = vi.fn(() => undefined);
    const inner = vi.fn(({ deadline }: PolicyCall) => {
      expect(deadline).toBeLessThanOrEqual(performance.now() + 10_000);
      return Promise.resolve(done);
    });
    const policies = [...others(seen).filter(({ kind }) => kind !== "timeout"), timeout({ total: "10s" })];
    const run = composePolicies({ policies: [...policies, remembering(seen, recall)], tool, inner });
    expect(await run(callWith())).toBe(done);
    expect(recall).toHaveBeenCalledOnce();
    const inside = order.filter((kind) => kind !== "rateLimit" && kind !== "timeout");
    expect(seen).toEqual([
      ...["rateLimit in", "rateLimit out"],
      ...inside.map((kind) => `${kind} in`),
      ...inside.toReversed().map((kind) => `${kind} out`),
    ]);
    expect(inner).toHaveBeenCalledOnce();
  });
});

test("each policy is bound once, to its tool", async () => {
  let bound = 0;
  const policy: Policy = {
    kind: "retry",
    bind: (to) => {
      bound += 1;
      expect(to).toBe(tool);
      return (call, next) => next(call);
    },
  };
  const run = composePolicies({ policies: [policy], tool, inner: () => Promise.resolve(done) });
  await Promise.all([run(callWith()), run(callWith())]);
  expect(bound).toBe(1);
});

test("two policies of one kind are refused at start", () => {
  const policies = [tracing("retry", []), tracing("timeout", []), tracing("retry", [])];
  const compose = () => composePolicies({ policies, tool, inner: () => Promise.resolve(done) });
  expect(compose).toThrow("`lookup` has two policies of the kind retry.");
});

function serve(policies: readonly Policy[], call: (input: unknown, contracts: Contracts) => unknown) {
  const definition: ToolDefinition = {
    name: "lookup",
    input: z.strictObject({ city: z.string(), days: z.number().optional(), since: z.coerce.date().optional() }),
    result: "text",
    policies,
    call,
  };
  const inputSchema = {
    type: "object",
    properties: { city: { type: "string" }, days: { type: "number" }, since: { type: "string" } },
    required: ["city"],
  };
  return createContextCall({ tool: definition, surface: { inputSchema }, server: "shop" });
}

test("a policy sees decoded arguments and the wire form, mended", async () => {
  const seen: PolicyCall[] = [];
  const policy: Policy = { kind: "cache", bind: () => (call, next) => (seen.push(call), next(call)) };
  const call = serve([policy], () => "sunny");
  const { signal } = new AbortController();
  await call({ city: "Oslo", since: "2026-01-01" }, { signal });
  await call({ city: "Oslo", days: "3" }, { signal });
  expect(seen.map(({ input, wire }) => ({ input, wire }))).toEqual([
    { input: { city: "Oslo", since: new Date("2026-01-01") }, wire: { city: "Oslo", since: "2026-01-01" } },
    { input: { city: "Oslo", days: 3 }, wire: { city: "Oslo", days: 3 } },
  ]);
  expect(seen[0]?.requestId).toMatch(/^[0-9a-f-]{36}$/);
});

test("arguments that are refused reach no policy", async () => {
  const seen: string[] = [];
  const call = serve([tracing("rateLimit", seen)], () => "sunny");
  const { signal } = new AbortController();
  expect(await call({}, { signal })).toMatchObject({ kind: "result", result: { isError: true } });
  expect(seen).toEqual([]);
});

test("the function gets the signal and the deadline that the policies hand on", async () => {
  const narrowed = new AbortController();
  const deadline = performance.now() + 60_000;
  const narrow: Policy = {
    kind: "attemptTimeout",
    bind: () => (call, next) => next(derive(call, { signal: narrowed.signal, deadline })),
  };
  const got: Contracts[] = [];
  const { signal } = new AbortController();
  await serve([narrow], (_, contracts) => (got.push(contracts), "x"))({ city: "Oslo" }, { signal });
  const [contracts] = got;
  expect(contracts?.signal).toBe(narrowed.signal);
  expect(contracts?.context.signal).toBe(narrowed.signal);
  const remaining = Number(contracts?.context.deadline) - Date.now();
  expect(remaining).toBeGreaterThan(59_000);
  expect(remaining).toBeLessThanOrEqual(60_001);
});

test("what a policy does after the answer has an id of its own", async () => {
  const { signal } = new AbortController();
  const later: Policy = {
    kind: "cache",
    bind: () => (call, next) => next(derive(call, { signal, requestId: "later" })),
  };
  const got: Contracts[] = [];
  await serve([later], (_, contracts) => (got.push(contracts), "x"))({ city: "Oslo" }, { signal });
  expect(got[0]?.context.requestId).toBe("later");
  expect(got[0]?.requestInfo.requestId).toBe("later");
});

test("what a policy throws is presented as any failure; what it answers is the answer", async () => {
  const { signal } = new AbortController();
  const refuse: Policy = {
    kind: "rateLimit",
    bind: () => () => Promise.reject(Object.assign(new Error("Slow down."), { status: 429, retryAfter: 2 })),
  };
  expect(await serve([refuse], () => "x")({ city: "Oslo" }, { signal })).toEqual({
    kind: "result",
    result: { content: [{ type: "text", text: "Slow down. Retry in 2 s." }], isError: true },
  });
  const answer: Policy = { kind: "cache", bind: () => () => Promise.resolve(done) };
  expect(await serve([answer], () => "x")({ city: "Oslo" }, { signal })).toEqual({ kind: "result", result: done });
});

test("much at a time within a call is no leak: its signal takes any number of listeners without a warning", async () => {
  const warnings: Error[] = [];
  const note = (warning: Error) => warnings.push(warning);
  process.on("warning", note);
  const listen = (_: unknown, { signal }: Contracts) => {
    for (let index = 0; index < 50; index += 1) signal.addEventListener("abort", () => undefined);
    return "x";
  };
  const { signal } = new AbortController();
  await serve([], listen)({ city: "Oslo" }, { signal });
  await serve([attemptTimeout({ each: "1m" })], listen)({ city: "Oslo" }, { signal });
  await new Promise((resolve) => setImmediate(resolve));
  process.off("warning", note);
  expect(warnings).toEqual([]);
});
