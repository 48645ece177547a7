/** `mcpgen bench`, as `npm run bench` of a generated project calls it: figures for each tool, and what has become slower since a bench before. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { compareBenches, type Bench } from "../src/bench/compare.js";
import { runMcpgen, runNode, type Ran } from "./support/fixtures/process.js";
import { readCase } from "./support/fixtures/cases.js";
import { copyCase, emptySuite, writeText } from "./support/fixtures/workspace.js";

const { folder, output, source } = copyCase(readCase("pattern-p15-bench"), emptySuite("bench"));

beforeAll(() => {
  expect(runMcpgen({ cwd: folder }, "build", "src", "--out", "server")).toMatchObject({ status: 0 });
  expect(bench("--json", "base.json")).toMatchObject({ status: 0, stderr: "" });
}, 120_000);

function bench(...args: readonly string[]): Ran {
  return runMcpgen({ cwd: output }, "bench", "--src", "../src", "--out", ".", "--samples", "20", ...args);
}

function readBench(name: string): Bench {
  return JSON.parse(readFileSync(join(output, name), "utf8")) as Bench;
}

test("each tool that changes nothing has its figures, in two runs", () => {
  const { environment, runs, leftOut } = readBench("base.json");
  expect(environment).toMatchObject({ node: process.version, disabledPolicies: "rateLimit" });
  const number: unknown = expect.any(Number);
  const gc = { count: number, milliseconds: number };
  const quantiles = { p25: number, p50: number, p75: number, p95: number, p99: number };
  const figures = { samples: number, failed: 0, ...quantiles, perSecond: number, bytes: number, gc };
  expect(runs.map((tools) => tools.map(({ tool, origin, served }) => ({ tool, origin, served })))).toEqual(
    [1, 2].map(() => [
      { tool: "convert", origin: "example", served: figures },
      { tool: "digest", origin: "sample", served: figures },
    ]),
  );
  expect(leftOut).toEqual([
    { tool: "removeRate", reason: "it may change something, so it is called only by name: mcpgen bench removeRate" },
    { tool: "findRate", reason: "its call fails: no rate of text" },
  ]);
});

test("a tool with a cache is measured without it too, and what the cache has done is counted", () => {
  const [tools = []] = readBench("base.json").runs;
  const [converted, cached] = tools;
  expect(converted).toMatchObject({ arguments: { amount: 21, rate: 2 } });
  expect(converted).not.toHaveProperty("uncached");
  expect(cached).toMatchObject({ uncached: { failed: 0 } });
  const kept = cached?.outcomes['cache_requests_total{outcome="hit_l1"}'] ?? 0;
  expect(kept).toBeGreaterThan(cached?.served.samples ?? Infinity);
});

test("a bench is no different from itself", () => {
  const base = readBench("base.json");
  expect(compareBenches(base, base).map(({ tool, of, verdict }) => [tool, of, verdict])).toEqual([
    ["convert", "served", "no difference"],
    ["digest", "served", "no difference"],
    ["digest", "uncached", "no difference"],
  ]);
});

test("a tool that waits five milliseconds more is slower", { timeout: 60_000 }, () => {
  const path = join(source, "rates.ts");
  writeText(path, readFileSync(path, "utf8").replace("const pause = 0", "const pause = 5"));
  const { status, stdout } = bench("convert", "--compare", "base.json");
  expect([status, stdout]).toEqual([1, expect.stringMatching(/Against base\.json:\n {2}convert: slower; p50 /)]);
});

test("a tool that may change something is called by its name", { timeout: 60_000 }, () => {
  const { status, stdout } = bench("removeRate");
  expect([status, stdout]).toEqual([0, expect.stringMatching(/\nremoveRate\n {2}run 1, made-up arguments: p50 /)]);
});

test("what is asked for and cannot be done is said", { timeout: 60_000 }, () => {
  const wrong = (...args: readonly string[]): readonly unknown[] => {
    const { status, stderr } = bench(...args);
    return [status, stderr];
  };
  expect(wrong("nowhere")).toEqual([2, expect.stringContaining("There is no tool nowhere; the tools are convert, ")]);
  expect(wrong("--runs", "1")).toEqual([2, expect.stringContaining("It is a whole number from 2 to 999999.")]);
  expect(wrong("--compare", "nothing.json")).toEqual([2, expect.stringContaining("nothing.json cannot be read: ")]);
  expect(wrong("--compare", "package.json")).toEqual([2, "package.json is nothing that --json has written.\n"]);
  const moved = { ...readBench("base.json"), environment: { ...readBench("base.json").environment, cpu: "another" } };
  writeText(join(output, "moved.json"), JSON.stringify(moved));
  expect(wrong("--compare", "moved.json")).toEqual([2, expect.stringContaining("was measured elsewhere: cpu was ")]);
});

test("a function that does not parse is told, and nothing is measured", { timeout: 60_000 }, () => {
  const path = join(source, "rates.ts");
  const text = readFileSync(path, "utf8");
  writeText(path, `${text}\nexport function (`);
  expect(bench()).toMatchObject({ status: 1, stdout: "", stderr: expect.stringContaining("error MG") });
  writeText(path, text);
});

test("nothing of it stays in the project", () => {
  expect(existsSync(join(output, ".mcpgen/dev"))).toBe(false);
  expect(existsSync(join(output, "dist"))).toBe(false);
});

test("the script of a project that was built before says what to write", { timeout: 60_000 }, () => {
  const { status, stderr } = runNode({ cwd: output }, "build.mjs", "--bench");
  expect([status, stderr]).toEqual([1, expect.stringContaining("write `npx mcpgen bench` instead")]);
});
