/**
 * The laws of incremental builds, over random edits of a source, its mcpgen.json and what the user has made of the
 * scaffold: a build after edits gives what a build into an empty folder gives, or fails and changes nothing; what the
 * user wrote stays; `check` and a second build agree with it. Reproducible: MCPGEN_SEED, MCPGEN_RUNS.
 */
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { thisProcess } from "../../src/cli/owner.js";
import { isError } from "../../src/diagnostics/diagnostic.js";
import { manifestPath } from "../../src/model/files.js";
import { check, generate } from "../../src/pipeline.js";
import { makeFolder, readFolder, writeFiles } from "../support/folder.js";
import { filesOf, firstProject, type EditedProject } from "./edited-project.js";
import { editOutput, editSource, randomStep, type Edit, type OwnWork } from "./random-edits.js";

const seed = Number(process.env["MCPGEN_SEED"] ?? 20_261_127);
const numRuns = Number(process.env["MCPGEN_RUNS"] ?? 25);

type Files = Readonly<Record<string, string>>;

/** What a build told, and the files that are mcpgen's alone. */
interface Cold {
  readonly errors: readonly string[];
  readonly files: Files;
}

const build = (cwd: string) => generate({ cwd, owner: thisProcess });
type Built = Awaited<ReturnType<typeof build>>;
const errorsOf = ({ diagnostics }: Built): readonly string[] => diagnostics.filter(isError).map(({ code }) => code);

/** What the manifest says was put there ever is history: only an incremental build has any. */
function generatedIn(folder: string): Files {
  const files = Object.entries(existsSync(folder) ? readFolder(folder) : {});
  const history = /"(?:dependencies|variables)": \[[^\]]*\]/g;
  return Object.fromEntries(
    files
      .filter(([path]) => path.startsWith("generated/"))
      .map(([path, text]) => [path, path === manifestPath ? text.replaceAll(history, "") : text]),
  );
}

function replaceSource(root: string, project: EditedProject): void {
  rmSync(join(root, "src"), { recursive: true, force: true });
  writeFiles(root, filesOf(project));
}

const colds = new Map<string, Cold>();

async function buildCold(project: EditedProject): Promise<Cold> {
  const key = JSON.stringify(filesOf(project));
  const known = colds.get(key);
  if (known) return known;
  const root = makeFolder("edits/cold", filesOf(project));
  const cold = { errors: errorsOf(await build(root)), files: generatedIn(join(root, project.config.out)) };
  colds.set(key, cold);
  return cold;
}

interface Tally {
  written: number;
  failed: number;
  merged: number;
}

/** Plays a sequence; every law is held after every step. */
async function play(steps: readonly (readonly Edit[])[], tally: Tally): Promise<void> {
  const root = makeFolder("edits/edited", filesOf(firstProject));
  expect(errorsOf(await build(root))).toEqual([]);
  let project = firstProject;
  const works: (OwnWork & { readonly output: string })[] = [];
  for (const [number, edits] of steps.entries()) {
    project = edits.reduce(editSource, project);
    const output = join(root, project.config.out);
    for (const [index, edit] of edits.entries()) {
      const work = editOutput(output, edit, `mine-${String(number)}${String(index)}`);
      if (work) works.push({ ...work, output });
    }
    replaceSource(root, project);
    await holdLaws(root, project, tally);
    for (const { path, output: of, isKept } of works)
      expect(isKept(readFolder(of)[path] ?? ""), `what the user wrote into ${path} is there`).toBe(true);
  }
  tally.merged += works.length;
}

async function holdLaws(root: string, project: EditedProject, tally: Tally): Promise<void> {
  const before = readFolder(root);
  const checked = await check({ cwd: root });
  expect(readFolder(root), "a check changes nothing").toEqual(before);
  const built = await build(root);
  const errors = errorsOf(built);
  const cold = await buildCold(project);
  expect(errors).toEqual(cold.errors);
  if (errors.length > 0) {
    tally.failed++;
    expect(readFolder(root), "a build that fails changes nothing").toEqual(before);
    expect(errorsOf(checked)).toEqual(errors);
    return;
  }
  const after = readFolder(root);
  const isChanged = JSON.stringify(after) !== JSON.stringify(before);
  if (isChanged) tally.written++;
  expect(errorsOf(checked)).toEqual(isChanged ? ["MG604"] : []);
  expect(generatedIn(join(root, project.config.out))).toEqual(cold.files);
  expect((await check({ cwd: root })).value.unchanged).toBe(true);
  expect((await build(root)).value.unchanged).toBe(true);
  expect(readFolder(root), "a second build changes nothing").toEqual(after);
}

test(`${numRuns} random sequences of edits: a build is a build from nothing, and loses no work (seed ${seed})`, async () => {
  const tally: Tally = { written: 0, failed: 0, merged: 0 };
  await fc.assert(
    fc.asyncProperty(fc.array(randomStep, { minLength: 6, maxLength: 6 }), async (steps) => {
      await play(steps, tally);
    }),
    { seed, numRuns, endOnFailure: process.env["MCPGEN_SHRINK"] === undefined },
  );
  if (process.env["MCPGEN_TALLY"]) console.error(tally, colds.size);
  // Where all builds failed, or none, or the user wrote nothing, the laws would say nothing.
  expect(tally.written).toBeGreaterThan(numRuns);
  expect(tally.failed).toBeGreaterThan(numRuns);
  expect(tally.merged).toBeGreaterThan(numRuns);
}, 600_000);
