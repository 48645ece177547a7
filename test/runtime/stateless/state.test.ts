/** What a client carries between two rounds: nothing but what was given for the very same call comes through. */
import { afterEach, expect, test, vi } from "vitest";
import { readState, signState } from "../../../templates/runtime/client/state.js";

const identity = ["tools/call", "order", { id: 1 }, "ann"];
const answers = { q0: { action: "accept", content: { name: "Ann" } } };

afterEach(() => vi.useRealTimers());

test("comes back as it went out", () => {
  expect(readState(signState({ answers }, identity), identity)).toEqual({ answers });
});

test("is another one each time", () => {
  expect(signState({ answers }, identity)).not.toBe(signState({ answers }, identity));
});

test.each([
  ["another caller", ["tools/call", "order", { id: 1 }, "bob"]],
  ["nobody", ["tools/call", "order", { id: 1 }, null]],
  ["other arguments", ["tools/call", "order", { id: 2 }, "ann"]],
  ["another tool", ["tools/call", "refund", { id: 1 }, "ann"]],
  ["another method", ["prompts/get", "order", { id: 1 }, "ann"]],
])("is worth nothing to %s", (_, other) => {
  expect(readState(signState({ answers }, identity), other)).toBeUndefined();
});

test.each([
  ["something behind it", (state: string) => `${state}x`],
  ["a part more", (state: string) => `${state}.x`],
  [
    "other answers",
    (state: string) => `${Buffer.from('{"answers":{}}').toString("base64url")}.${state.split(".")[1] ?? ""}`,
  ],
  ["no signature", (state: string) => state.split(".")[0]],
  ["nothing", () => ""],
  ["a number", () => 7],
  ["an object", () => ({})],
])("with %s is none", (_, change) => {
  expect(readState(change(signState({ answers }, identity)), identity)).toBeUndefined();
});

test("expires after an hour", () => {
  vi.useFakeTimers();
  const state = signState({ answers }, identity);
  vi.advanceTimersByTime(3_599_000);
  expect(readState(state, identity)).toBeDefined();
  vi.advanceTimersByTime(2_000);
  expect(readState(state, identity)).toBeUndefined();
});
