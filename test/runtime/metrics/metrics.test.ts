// The registry: whatever it is given it takes or drops, never throws, never grows without bounds; and the text of it.
import { afterEach, describe, expect, test } from "vitest";
import type { Labels, Metrics } from "../../../templates/runtime/contracts/index.js";
import { exposeMetrics } from "../../../templates/runtime/metrics/exposition.js";
import { metrics } from "../../../templates/runtime/metrics/metrics.js";
import { describeMetric, dropped, forwardMetrics } from "../../../templates/runtime/metrics/registry.js";

let undo: (() => void)[] = [];
afterEach(() => {
  for (const end of undo) end();
  undo = [];
});

async function exposed(name: string): Promise<readonly string[]> {
  return (await exposeMetrics()).split("\n").filter((line) => line.split(/[{ ]/).some((word) => word.startsWith(name)));
}

describe("the text", () => {
  test("a counter, with labels in one order however they are written", async () => {
    describeMetric("orders_total", "Orders\nplaced \\ seen.");
    metrics.increment("orders_total", 2, { b: 1, a: true });
    metrics.increment("orders_total", undefined, { a: true, b: 1 });
    expect(await exposed("orders_total")).toEqual([
      "# HELP orders_total Orders\\nplaced \\\\ seen.",
      "# TYPE orders_total counter",
      'orders_total{a="true",b="1"} 3',
    ]);
  });

  test("a gauge keeps the last value, negative ones too", async () => {
    metrics.gauge("queue.depth", 4);
    metrics.gauge("queue.depth", -1.5);
    expect(await exposed("queue_depth")).toEqual(["# TYPE queue_depth gauge", "queue_depth -1.5"]);
  });

  test("a histogram: cumulative buckets by the name's unit, sum and count", async () => {
    for (const value of [0.001, 0.002, 0.3, 99]) metrics.record("load_seconds", value, { of: "x" });
    const lines = await exposed("load_seconds");
    expect(lines[0]).toBe("# TYPE load_seconds histogram");
    expect(lines).toContain('load_seconds_bucket{of="x",le="0.001"} 1');
    expect(lines).toContain('load_seconds_bucket{of="x",le="0.0025"} 2');
    expect(lines).toContain('load_seconds_bucket{of="x",le="30"} 3');
    expect(lines.slice(-3)).toEqual([
      'load_seconds_bucket{of="x",le="+Inf"} 4',
      'load_seconds_sum{of="x"} 99.303',
      'load_seconds_count{of="x"} 4',
    ]);
  });

  test("label values are escaped, label names are made ones", async () => {
    metrics.increment("odd_total", 1, { 'quo"te': 'a"b\\c\nd', "1st": "x", __own: "y", le: "z", "a:b": "c" });
    expect(await exposed("odd_total")).toEqual([
      "# TYPE odd_total counter",
      'odd_total{_1st="x",_own="y",a_b="c",le_="z",quo_te="a\\"b\\\\c\\nd"} 1',
    ]);
  });

  test("every line is a comment or a sample, and each metric has one head", async () => {
    metrics.record("rows", 3);
    const lines = (await exposeMetrics()).trimEnd().split("\n");
    const sample =
      /^[A-Za-z_:][\w:]*(?:\{(?:[A-Za-z_]\w*="(?:[^"\\\n]|\\["\\n])*",?)*\})? (?:[-+]?[\d.]+(?:e[-+]?\d+)?|\+Inf)$/;
    expect(lines.filter((line) => !/^# (?:HELP|TYPE) /.test(line) && !sample.test(line))).toEqual([]);
    const heads = lines.filter((line) => line.startsWith("# TYPE"));
    expect(new Set(heads).size).toBe(heads.length);
  });

  test("the process is in it", async () => {
    const text = await exposeMetrics();
    for (const name of ["process_resident_memory_bytes", "nodejs_heap_size_used_bytes", "nodejs_eventloop_lag_seconds"])
      expect(text).toMatch(new RegExp(`^${name} [\\d.e+-]+$`, "m"));
  });
});

describe("whatever it is given", () => {
  const hostile = new Proxy(
    {},
    {
      ownKeys: () => {
        throw new Error("trap");
      },
    },
  );
  const unprintable = {
    toString: () => {
      throw new Error("trap");
    },
  };

  test.each<[string, () => void]>([
    ["no name", () => metrics.increment("")],
    ["a name of signs", () => metrics.increment("---")],
    ["a name that is none", () => metrics.increment(unprintable as unknown as string)],
    ["NaN", () => metrics.gauge("given_a", Number.NaN)],
    ["infinity", () => metrics.record("given_b", Number.POSITIVE_INFINITY)],
    ["a negative increment", () => metrics.increment("given_c", -1)],
    ["text", () => metrics.record("given_d", "many" as unknown as number)],
    ["a bigint beyond numbers", () => metrics.record("given_e", (10n ** 400n) as unknown as number)],
    ["a symbol", () => metrics.record("given_f", Symbol("x") as unknown as number)],
    ["labels that throw", () => metrics.increment("given_g", 1, hostile)],
    ["labels that are none", () => metrics.increment("given_h", 1, null as unknown as Labels)],
  ])("%s: nothing is thrown, nothing broken is shown", async (_what, act) => {
    expect(act).not.toThrow();
    expect(await exposeMetrics()).not.toMatch(/NaN|undefined|Infinity/);
  });

  test("label values become text: long ones are cut, those that throw say so", async () => {
    const given = { n: null, u: undefined, o: {}, t: unprintable, l: "x".repeat(500), s: Symbol("y") };
    metrics.increment("texts_total", 1, given as unknown as Labels);
    const long = "x".repeat(128);
    expect(await exposed("texts_total")).toContain(
      `texts_total{l="${long}",n="null",o="[object Object]",s="Symbol(y)",t="unreadable"} 1`,
    );
  });

  test("another kind under the same name is dropped and counted", async () => {
    const before = dropped.get("kind") ?? 0;
    metrics.increment("kinds_total");
    metrics.gauge("kinds_total", 5);
    expect(dropped.get("kind")).toBe(before + 1);
    expect(await exposed("kinds_total")).toEqual(["# TYPE kinds_total counter", "kinds_total 1"]);
    expect(await exposed("mcp_metrics_dropped_total")).toContain(
      `mcp_metrics_dropped_total{reason="kind"} ${String(before + 1)}`,
    );
  });

  test("labels that take ever new values: 500 series, the others are counted as dropped", async () => {
    const before = dropped.get("series") ?? 0;
    for (let user = 0; user < 1_200; user += 1) metrics.increment("users_total", 1, { user });
    expect(await exposed("users_total")).toHaveLength(501);
    expect(dropped.get("series")).toBe(before + 700);
    metrics.increment("users_total", 1, { user: 7 });
    expect(await exposed("users_total")).toContain('users_total{user="7"} 2');
  });
});

describe("sinks", () => {
  test("see what was taken, under clean names; one that throws changes nothing for the others", () => {
    const seen: unknown[][] = [];
    const fail = (): never => {
      throw new Error("sink down");
    };
    const note =
      (kind: string) =>
      (...what: unknown[]): void =>
        void seen.push([kind, ...what]);
    const broken: Metrics = { increment: fail, record: fail, gauge: fail };
    const good: Metrics = { increment: note("increment"), record: note("record"), gauge: note("gauge") };
    undo.push(forwardMetrics(broken), forwardMetrics(good));
    metrics.increment("sunk.total", 2, { a: 1 });
    metrics.increment("sunk.total", -2, { a: 1 });
    metrics.record("sunk_ms", 3);
    metrics.gauge("sunk", 4);
    expect(seen).toEqual([
      ["increment", "sunk_total", 2, { a: "1" }],
      ["record", "sunk_ms", 3, {}],
      ["gauge", "sunk", 4, {}],
    ]);
  });
});
