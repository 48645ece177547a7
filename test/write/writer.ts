/**
 * A process that writes, for tests that kill it: argv is the output folder, what to write, and before which of its
 * operations on the disk it is killed. Says at its end how many operations there were and what was reported.
 */
import fs from "node:fs";
import promises from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { applyChanges, recoverOutput } from "../../src/write/apply.js";
import { compareFiles } from "../../src/write/compare.js";
import { readSnapshot } from "../../src/write/snapshot.js";

const [output = "", text = "", killedBefore = "never"] = process.argv.slice(2);
let operations = 0;

/** Every call that changes the disk goes through here. */
function count<Args extends unknown[], Value>(operation: (...args: Args) => Value): (...args: Args) => Value {
  return (...args) => {
    if (String(operations++) === killedBefore) process.kill(process.pid, "SIGKILL");
    return operation(...args);
  };
}

fs.renameSync = count(fs.renameSync);
fs.rmSync = count(fs.rmSync);
fs.rmdirSync = count(fs.rmdirSync);
fs.mkdirSync = count<Parameters<typeof fs.mkdirSync>, string | undefined>(fs.mkdirSync);
fs.copyFileSync = count(fs.copyFileSync);
fs.openSync = count(fs.openSync);
promises.open = count(promises.open);
syncBuiltinESMExports();

const names = ["a", "b", "c"].map((name) => `generated/tools/${name}.ts`);
const files = [...names, `generated/only-${text}.ts`].map((path) => ({
  path,
  text: `${text}\n`,
  owner: "generated" as const,
}));
const owner = { pid: process.pid, patienceMs: 10_000, isAlive };

const recovered = await recoverOutput(output, owner);
const snapshot = readSnapshot(
  output,
  files.map(({ path }) => path),
);
const origin = { mcpgen: "1.0.0", config: text, inputs: [] };
const compared = compareFiles({ files, snapshot, origin, conflicts: "refuse" });
const applied = await applyChanges({ output, changes: compared.value, owner });
const diagnostics = [...recovered, ...compared.diagnostics, ...applied.diagnostics];
process.stdout.write(
  JSON.stringify({ operations, said: diagnostics.map(({ code, message }) => `${code}: ${message}`) }),
);

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
