// Which trace a call belongs to, and what is traced without and with a tracer.
import { afterEach, describe, expect, test } from "vitest";
import { runRequest } from "../../../templates/runtime/context/request.js";
import { outgoingTrace, span, traceWith, type SpanStart } from "../../../templates/runtime/tracing/span.js";
import { readTrace } from "../../../templates/runtime/call/trace.js";

const requestId = "11111111-2222-4333-8444-555555555555";
const own = { traceId: "11111111222243338444555555555555", flags: "01" };
const traceId = "0af7651916cd43dd8448eb211c80319c";
const parentId = "b7ad6b7169203331";

afterEach(() => traceWith(undefined));

describe("the trace of a call", () => {
  test.each<[string, Record<string, unknown>, object]>([
    ["the client's", { traceparent: `00-${traceId}-${parentId}-01` }, { traceId, parentId, flags: "01" }],
    ["one that is not recorded", { traceparent: `00-${traceId}-${parentId}-00` }, { traceId, parentId, flags: "00" }],
    ["a later version", { traceparent: `cc-${traceId}-${parentId}-01-more` }, { traceId, parentId, flags: "01" }],
    [
      "with a state",
      { traceparent: `00-${traceId}-${parentId}-01`, tracestate: "a=1,b=2" },
      { traceId, parentId, flags: "01", state: "a=1,b=2" },
    ],
    [
      "a state that would break a header is dropped",
      { traceparent: `00-${traceId}-${parentId}-01`, tracestate: "a=1\r\nx: y" },
      { traceId, parentId, flags: "01" },
    ],
    ["none", {}, own],
    ["no text", { traceparent: 7 }, own],
    ["a version that is none", { traceparent: `ff-${traceId}-${parentId}-01` }, own],
    ["more than version 00 has", { traceparent: `00-${traceId}-${parentId}-01-more` }, own],
    ["upper case", { traceparent: `00-${traceId.toUpperCase()}-${parentId}-01` }, own],
    ["a trace of zeros", { traceparent: `00-${"0".repeat(32)}-${parentId}-01` }, own],
    ["a span of zeros", { traceparent: `00-${traceId}-${"0".repeat(16)}-01` }, own],
    ["too short", { traceparent: `00-${traceId.slice(1)}-${parentId}-01` }, own],
    ["a state alone", { tracestate: "a=1" }, own],
  ])("%s", (_what, meta, expected) => expect(readTrace(meta, requestId)).toEqual(expected));

  test("is what functions are told, and what requests carry on, each under a span of its own", async () => {
    const meta = { traceparent: `00-${traceId}-${parentId}-00`, tracestate: "v=1" };
    await runRequest({ tool: "t" }, { signal: new AbortController().signal, meta }, async ({ contracts }) => {
      await Promise.resolve();
      expect(contracts.requestInfo.traceId).toBe(traceId);
      const [first, second] = [outgoingTrace(), outgoingTrace()];
      expect(first).toMatchObject({ traceparent: expect.stringMatching(`^00-${traceId}-[\\da-f]{16}-00$`) as unknown });
      expect(first["tracestate"]).toBe("v=1");
      expect(first["traceparent"]).not.toBe(second["traceparent"]);
      expect(first["traceparent"]).not.toContain(parentId);
    });
    expect(outgoingTrace()).toEqual({});
  });
});

describe("spans", () => {
  test("without a tracer are the work alone", async () => {
    const attributes = { a: 1 };
    expect(
      await span({ name: "x", attributes }, async (running) => {
        running.set({ b: 2 });
        running.fail("why");
        return Promise.resolve(7);
      }),
    ).toBe(7);
    await expect(span({ name: "x" }, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  });

  test("with one are its own, and requests carry what it says", async () => {
    const started: SpanStart[] = [];
    traceWith({
      run: (start, work) => {
        started.push(start);
        return work({ set: () => undefined, fail: () => undefined });
      },
      headers: () => ({ traceparent: "the tracer's" }),
    });
    expect(await span({ name: "x", kind: "client" }, () => Promise.resolve(outgoingTrace()))).toEqual({
      traceparent: "the tracer's",
    });
    expect(started).toEqual([{ name: "x", kind: "client" }]);
  });
});
