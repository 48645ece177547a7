/** What is said of measured calls: their figures, what is noise, what policies did, what is asked for. */
import { describe, expect, test } from "vitest";
import { failureOf, type BenchCall } from "../../templates/bench/calls.js";
import { compareBenches, type Bench } from "../../src/bench/compare.js";
import { describeEnvironment, differenceOf } from "../../src/bench/environment.js";
import { quantileOf, summarize, type Figures } from "../../templates/bench/figures.js";
import { countedBetween, countersOf } from "../../templates/bench/outcomes.js";
import { chooseCalls } from "../../src/bench/choice.js";

test("figures are those of the sorted durations, in microseconds", () => {
  const durations = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect(summarize(durations)).toEqual({
    samples: 100,
    p25: 25_000,
    p50: 50_000,
    p75: 75_000,
    p95: 95_000,
    p99: 99_000,
    perSecond: 19.8,
  });
  expect([quantileOf([7], 0.99), quantileOf([], 0.5)]).toEqual([7, 0]);
});

describe("a comparison", () => {
  const environment = describeEnvironment({});

  /** A run for each median; the middle half of its calls is one microsecond wide on each side. */
  function benchOf(medians: readonly number[], given: BenchCall["arguments"] = {}): Bench {
    const figuresOf = (p50: number): Figures => {
      const around = { p25: p50 - 1, p50, p75: p50 + 1, p95: p50 + 50, p99: p50 + 90 };
      return { samples: 100, failed: 0, ...around, perSecond: 1, gc: { count: 0, milliseconds: 0 } };
    };
    const runs = medians.map((p50) => [
      { tool: "add", arguments: given, origin: "sample" as const, served: figuresOf(p50), outcomes: {} },
    ]);
    return { format: 1, environment, runs, leftOut: [] };
  }

  const verdicts = (base: Bench, own: Bench): readonly string[] =>
    compareBenches(base, own).map(({ verdict }) => verdict);

  test("takes what lies in the middle half of the base's calls for noise", () => {
    expect(verdicts(benchOf([10, 10]), benchOf([11, 9]))).toEqual(["no difference"]);
    expect(verdicts(benchOf([10, 10]), benchOf([11.1, 11.2]))).toEqual(["slower"]);
    expect(verdicts(benchOf([10, 10]), benchOf([8.9, 8.8]))).toEqual(["faster"]);
  });

  test("takes so much more for noise as the base's runs are apart", () => {
    const [{ band } = { band: undefined }] = compareBenches(benchOf([10, 13]), benchOf([17, 17]));
    expect(band).toEqual({ low: 6, high: 17 });
    expect(verdicts(benchOf([10, 13]), benchOf([17, 17]))).toEqual(["no difference"]);
    expect(verdicts(benchOf([10, 13]), benchOf([17.1, 17.1]))).toEqual(["slower"]);
  });

  test("believes no run alone", () => {
    expect(verdicts(benchOf([10, 10]), benchOf([90, 10]))).toEqual(["no difference"]);
  });

  test("is made of calls with the same arguments only", () => {
    expect(compareBenches(benchOf([10, 10], { id: 1 }), benchOf([90, 90], { id: 2 }))).toEqual([]);
  });

  test("is not made with another machine, but with another Node", () => {
    expect(differenceOf(environment, { ...environment, node: "v99.0.0", load: 7 })).toBeUndefined();
    expect(differenceOf(environment, { ...environment, cores: 99 })).toBe(
      `cores was ${String(environment.cores)} and is 99`,
    );
  });
});

test("counters of a tool are those that name it, and what has grown", () => {
  const page = (hits: number): string =>
    [
      "# TYPE cache_requests_total counter",
      `cache_requests_total{cache="add",outcome="hit_l1"} ${String(hits)}`,
      'cache_requests_total{cache="adder",outcome="hit_l1"} 5',
      'mcp_tool_calls_total{outcome="ok",tool="add"} 3',
      'mcp_tool_call_duration_seconds_sum{tool="add"} 0.5',
      "process_cpu_seconds_total 1",
    ].join("\n");
  expect(countersOf(page(2), "add")).toEqual({
    'cache_requests_total{outcome="hit_l1"}': 2,
    'mcp_tool_calls_total{outcome="ok"}': 3,
  });
  expect(countedBetween(countersOf(page(2), "add"), countersOf(page(9), "add"))).toEqual({
    'cache_requests_total{outcome="hit_l1"}': 7,
  });
});

test("an answer has failed where the tool or the protocol says so, not where its text does", () => {
  const answer = (result: object): string => JSON.stringify({ jsonrpc: "2.0", id: 1, result });
  const text = (word: string): object => ({ content: [{ type: "text", text: word }] });
  expect(failureOf(answer({ ...text("no"), isError: true }))).toBe("no");
  expect(failureOf('{"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"Unknown tool: x"}}')).toBe(
    "Unknown tool: x",
  );
  expect(failureOf(answer(text('{"isError":true}')))).toBeUndefined();
  expect(failureOf(answer({ ...text(""), structuredContent: { isError: true, error: "none" } }))).toBeUndefined();
});

test("without names only those tools are called that may be", () => {
  const calls: readonly BenchCall[] = [
    { tool: "find", arguments: {}, origin: "sample" },
    { tool: "save", arguments: {}, origin: "sample", named: "it may change something" },
  ];
  const namesOf = (names: readonly string[]): readonly string[] =>
    chooseCalls(calls, names).calls.map(({ tool }) => tool);
  expect([namesOf([]), namesOf(["save"]), namesOf(["save", "find"])]).toEqual([["find"], ["save"], ["find", "save"]]);
  expect(() => namesOf(["sav"])).toThrow("There is no tool sav; the tools are find, save.");
});
