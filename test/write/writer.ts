/**
 * A process that writes, for tests that kill it: argv is the output folder, what to write, before which of its
 * operations on the disk it is killed, and `scaffold` where it writes a scaffold too. Says at its end how many operations there were and what was reported.
 */
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { applyChanges, recoverOutput } from "../../src/write/apply.js";
import { compareFiles } from "../../src/write/compare.js";
import { readSnapshot } from "../../src/write/snapshot.js";

const [output = "", text = "", killedBefore = "never", extent = "generated"] = process.argv.slice(2);
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
const makeFolder = fs.mkdirSync;
const countedMakeFolder = count<Parameters<typeof fs.mkdirSync>, string | undefined>(makeFolder);
/** Of a folder that is there it changes nothing. */
fs.mkdirSync = (...args: Parameters<typeof makeFolder>) =>
  fs.existsSync(args[0]) ? makeFolder(...args) : countedMakeFolder(...args);
fs.copyFileSync = count(fs.copyFileSync);
fs.openSync = count(fs.openSync);
fs.chmodSync = count(fs.chmodSync);
fs.writeFileSync = count(fs.writeFileSync);
syncBuiltinESMExports();

const names = ["a", "b", "c"].map((name) => `generated/tools/${name}.ts`);
const generated = [...names, `generated/only-${text}.ts`].map((path) => [path, `${text}\n`] as const);
/** Texts that differ from build to build in one place, where users write in others. */
const scaffold = Object.entries({
  "README.md": `# Server\n\nOf build ${text}.\n\nA passage.\n\nThe end.\n`,
  "package.json": JSON.stringify({ name: "server", scripts: { start: text }, dependencies: { zod: text } }, null, 2),
  ".env.example": `# Of build ${text}.\nADDRESS=\n\n# Set by ${text} alone.\nONLY_${text.toUpperCase()}=\n`,
  "test/a.test.ts": `// ${text}\n`,
  [`docs/only-${text}.md`]: `${text}\n`,
});
const files = [
  ...generated.map(([path, of]) => ({ path, text: of, owner: "generated" as const })),
  ...(extent === "scaffold" ? scaffold.map(([path, of]) => ({ path, text: of, owner: "scaffold" as const })) : []),
];
const owner = { pid: process.pid, patienceMs: 10_000, isAlive };

const recovered = await recoverOutput(output, owner);
const snapshot = readSnapshot(output, files);
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
