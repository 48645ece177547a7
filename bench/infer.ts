/**
 * Schema inference alone, in a process of its own: reads the sources of the current folder's `src`, resolves every
 * type, plans nothing, writes nothing. Exits 1 if anything cannot be served, or if fewer functions were read than
 * the argument says.
 */
import { analyzeSources } from "../src/analyze/index.js";
import { loadConfig } from "../src/config/load.js";
import { isError } from "../src/diagnostics/diagnostic.js";
import { discoverSources } from "../src/discover/index.js";

const [expected] = process.argv.slice(2);
const { value: config } = await loadConfig({ cwd: process.cwd(), source: "src", output: "server" });
if (!config) throw new Error("no configuration");
const sources = discoverSources(config);
const model = analyzeSources(sources.value);
const served = model.value.functions.filter(({ result }) => result.kind === "servable").length;
if (served !== Number(expected) || [...sources.diagnostics, ...model.diagnostics].some(isError)) {
  console.error(`${String(served)} of ${expected ?? "?"} functions`);
  process.exitCode = 1;
}
