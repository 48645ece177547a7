/**
 * `npm run bench`: each benchmark prints what it found, and after all of them the same comes as JSON.
 * - `validation`: what reading the arguments of a call costs (bench/validation.ts).
 * - `policies`: what policies add to a call whose result is cached (bench/policies.ts).
 * - `serving`: a generated server against servers by hand, start, stdio and HTTP (bench/serving/serving.ts).
 * - `packages`: packages beside the bundle against packages within it (bench/serving/packages.ts).
 * - `builds`: a build against type-checking the same folder (bench/builds.ts).
 * - `endurance`, only where it is named: many sessions and slow connections (bench/serving/endurance.ts).
 *
 * `npm run bench -- --rounds 9 --sizes 10,100 --only serving,packages`. A round runs every contender once, so that a
 * machine that slows down slows all of them.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { measureBuilds, showBuilds } from "./builds.js";
import { measurePolicies, showPolicies } from "./policies.js";
import { measureEndurance, showEndurance } from "./serving/endurance.js";
import { measurePackages, showPackages } from "./serving/packages.js";
import { measureServing, showServing } from "./serving/serving.js";
import { measureValidation, showValidation } from "./validation.js";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    sizes: { type: "string", default: "10,100,1000" },
    only: { type: "string", default: "validation,policies,serving,packages,builds" },
  },
});
const rounds = Number(values.rounds);
const only = values.only.split(",");
const work = mkdtempSync(join(tmpdir(), "mcpgen-bench-"));
const bench = { root: process.cwd(), work, rounds };

const benchmarks: Readonly<Record<string, () => Promise<unknown>>> = {
  validation: () => print(measureValidation(Math.max(rounds, 5)), showValidation),
  policies: async () => print(await measurePolicies(Math.max(rounds, 5)), showPolicies),
  serving: async () => print(await measureServing(bench), (rows) => showServing(rows, rounds)),
  packages: async () => print(await measurePackages(bench), showPackages),
  builds: async () => print(await measureBuilds({ ...bench, sizes: values.sizes.split(",").map(Number) }), showBuilds),
  endurance: async () => print(await measureEndurance(bench), showEndurance),
};
const unknown = only.filter((name) => benchmarks[name] === undefined);
if (unknown.length > 0)
  throw new Error(`no benchmark ${unknown.join(", ")}; there are ${Object.keys(benchmarks).join(", ")}`);
try {
  const found: Record<string, unknown> = { node: process.version, cpus: cpus().length, rounds };
  for (const name of only) found[name] = await benchmarks[name]?.();
  console.log(JSON.stringify(found));
} finally {
  rmSync(work, { recursive: true, force: true });
}

function print<T>(figures: T, show: (figures: T) => string): Promise<T> {
  console.log(`${show(figures)}\n`);
  return Promise.resolve(figures);
}
