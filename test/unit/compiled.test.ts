/** What V8 has compiled, kept from one process to the next. From 22.1 on Node.js does this by itself. */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from "node:fs";
import module from "node:module";
import { join } from "node:path";
import { build } from "esbuild";
import { beforeAll, expect, test } from "vitest";
import { emptyPlace, writeText } from "../support/fixtures/workspace.js";

const suite = emptyPlace("compiled");
const file = join(suite, "node_modules/large/index.js");
const cache = join(suite, "node_modules/.cache/mcpgen");
const isByNode = "getCompileCacheDir" in module;

beforeAll(async () => {
  writeText(file, "const { sep } = require('node:path'); exports.sum = (a, b) => a + b + sep.length;\n");
  await build({
    entryPoints: ["src/discover/compiler/compiled.ts"],
    outfile: join(suite, "compiled.mjs"),
    bundle: true,
    format: "esm",
    platform: "node",
  });
  writeText(
    join(suite, "run.mjs"),
    `import { createRequire } from "node:module";
import { loadCompiled } from "./compiled.mjs";
const [, , path, version] = process.argv;
loadCompiled(path, version);
const require = createRequire(import.meta.url);
console.log(require("large").sum(1, 2), require("large") === require(path), require.cache[path].loaded);
`,
  );
});

function run(version: string): string {
  const { stdout, stderr } = spawnSync(process.execPath, [join(suite, "run.mjs"), file, version], { encoding: "utf8" });
  return stdout + stderr;
}

test.skipIf(isByNode)("written once, used from then on, and again where it cannot be used", () => {
  expect(run("1.0.0")).toBe("4 true true\n");
  const [name = ""] = readdirSync(cache);
  expect(name).toContain("1.0.0");
  const place = join(cache, name);
  utimesSync(place, 1, 1);
  expect(run("1.0.0")).toBe("4 true true\n");
  expect(statSync(place).mtimeMs).toBe(1000);
  const whole = readFileSync(place);
  const broken = Buffer.from(whole);
  broken.fill(0, whole.length / 2);
  for (const damaged of [whole.subarray(0, 40), broken]) {
    writeFileSync(place, damaged);
    expect(run("1.0.0")).toBe("4 true true\n");
    expect(readFileSync(place).equals(damaged)).toBe(false);
  }
});

test.skipIf(isByNode)("of another version nothing is used", () => {
  run("1.0.0");
  writeText(file, readFileSync(file, "utf8").replace("a + b +", "a * b +"));
  expect(run("2.0.0")).toBe("3 true true\n");
  expect(readdirSync(cache)).toHaveLength(2);
});
