/** One build of the writer's tests: what another one left is recovered, then files of this text are written. */
import { applyChanges, recoverOutput } from "../../src/write/apply.js";
import { compareFiles } from "../../src/write/compare.js";
import { readSnapshot } from "../../src/write/snapshot.js";
import type { OutputFile } from "../../src/model/files.js";

/** What is written: with `scaffold`, files of the user's too. */
export type Extent = "generated" | "scaffold";

/** What was reported, a line each. */
export async function writeBuild(output: string, text: string, extent: Extent): Promise<readonly string[]> {
  const files = filesOf(text, extent);
  const owner = { pid: process.pid, patienceMs: 10_000, isAlive };
  const recovered = await recoverOutput(output, owner);
  const snapshot = readSnapshot(output, files);
  const origin = { mcpgen: "1.0.0", config: text, inputs: [] };
  const compared = compareFiles({ files, snapshot, origin, conflicts: "refuse" });
  const applied = await applyChanges({ output, changes: compared.value, owner });
  const diagnostics = [...recovered, ...compared.diagnostics, ...applied.diagnostics];
  return diagnostics.map(({ code, message }) => `${code}: ${message}`);
}

function filesOf(text: string, extent: Extent): readonly OutputFile[] {
  const names = ["a", "b", "c"].map((name) => `generated/tools/${name}.ts`);
  const generated = [...names, `generated/only-${text}.ts`].map((path) => [path, `${text}\n`] as const);
  return [
    ...generated.map(([path, of]) => ({ path, text: of, owner: "generated" as const })),
    ...(extent === "scaffold" ? scaffoldOf(text) : []),
  ];
}

/** Texts that differ from build to build in one place, where users write in others. */
function scaffoldOf(text: string): readonly OutputFile[] {
  const texts = {
    "README.md": `# Server\n\nOf build ${text}.\n\nA passage.\n\nThe end.\n`,
    "package.json": JSON.stringify({ name: "server", scripts: { start: text }, dependencies: { zod: text } }, null, 2),
    ".env.example": `# Of build ${text}.\nADDRESS=\n\n# Set by ${text} alone.\nONLY_${text.toUpperCase()}=\n`,
    "test/a.test.ts": `// ${text}\n`,
    [`docs/only-${text}.md`]: `${text}\n`,
  };
  return Object.entries(texts).map(([path, of]) => ({ path, text: of, owner: "scaffold" as const }));
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
