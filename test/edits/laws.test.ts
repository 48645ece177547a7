/**
 * The laws of incremental builds, over random edits of a source, its mcpgen.json and what the user has made of the
 * scaffold: a build after edits gives what a build into an empty folder gives, or fails and changes nothing; what the
 * user wrote stays; `check` and a second build agree with it. Reproducible: MCPGEN_SEED, MCPGEN_RUNS.
 */
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { thisProcess } from "../../src/cli/owner.js";
import { isError } from "../../src/diagnostics/diagnostic.js";
import { check, generate } from "../../src/pipeline.js";
import { basePath, parseBases, printBases } from "../../src/write/base.js";
import { project as makeProject } from "../analyze/sources.js";
import { readFolder, writeFiles } from "../support/folder.js";
import { parseLibrariesOnce } from "../support/parsed-libraries.js";
import { filesOf, firstProject, type EditedProject } from "./edited-project.js";
import { generatedOf, type Files } from "./generated.js";
import { editOutput, editSource, randomStep, type Edit, type OwnWork } from "./random-edits.js";

parseLibrariesOnce();

const seed = Number(process.env["MCPGEN_SEED"] ?? 20_261_127);
const numRuns = Number(process.env["MCPGEN_RUNS"] ?? 10);

/** What a build into an empty folder told and wrote. */
interface Cold {
  readonly errors: readonly string[];
  readonly generated: Files;
  readonly scaffold: Files;
}

const build = (cwd: string) => generate({ cwd, owner: thisProcess });
/** Builds of a part of the source. */
let incremental = 0;
type Built = Awaited<ReturnType<typeof build>>;
const errorsOf = ({ diagnostics }: Built): readonly string[] => diagnostics.filter(isError).map(({ code }) => code);

const colds = new Map<string, Cold>();

async function buildCold(project: EditedProject): Promise<Cold> {
  const files = filesOf(project);
  const key = JSON.stringify(files);
  const known = colds.get(key);
  if (known) return known;
  const root = makeProject(files);
  const errors = errorsOf(await build(root));
  const output = readOutput(join(root, project.config.out));
  const cold = { errors, generated: generatedOf(output), scaffold: scaffoldOf(output) };
  colds.set(key, cold);
  return cold;
}

/** Without what a build remembers for the next one, which is no part of what it writes. */
function readProject(folder: string): Files {
  return Object.fromEntries(Object.entries(readFolder(folder)).filter(([path]) => !path.includes(".mcpgen/memory.")));
}

function readOutput(folder: string): Files {
  return existsSync(folder) ? readProject(folder) : {};
}

/** With its bases, and without what is history too: the tests of tools that are gone, packages and variables. */
function scaffoldOf(output: Files): Files {
  const other = /^(?:generated|test)\/|^package\.json$|^\.env\.example$|^\.mcpgen\/(?:base\.json|backup)/;
  // A test that stays when its tool goes is the user's own when the tool comes back.
  const known = [...parseBases(output[basePath])].filter(([path]) => !path.startsWith("test/"));
  const bases = known.map(([path, [text]]): readonly [string, string] => [path, text]);
  const files = Object.entries(output).filter(([path]) => !other.test(path));
  return { ...Object.fromEntries(files), [basePath]: printBases(new Map(bases)) };
}

interface Tally {
  written: number;
  failed: number;
  own: number;
}

/** Plays a sequence of steps, of which each ends with a build; every law holds after every step. */
async function play(steps: readonly (readonly Edit[])[], tally: Tally): Promise<void> {
  const root = makeProject(filesOf(firstProject));
  expect(errorsOf(await build(root))).toEqual([]);
  let project = firstProject;
  let works: readonly OwnWork[] = [];
  for (const [number, edits] of steps.entries()) {
    for (const [index, edit] of edits.entries()) {
      works = editOutput({ output: join(root, project.config.out), edit, mark: `mine-${number}${index}` }, works);
      project = editSource(project, edit);
    }
    rmSync(join(root, "src"), { recursive: true, force: true });
    writeFiles(root, filesOf(project));
    // A check costs as much as a build.
    const errors = await (number % 2 === 0 ? holdCheck(root, tally) : holdBuild(root, tally));
    await holdCold({ root, project, works, errors });
    for (const { path, isKept } of works) expect(isKept(readFileSync(path, "utf8")), `own work in ${path}`).toBe(true);
  }
  tally.own += works.length;
}

/** It agrees with the build after it, and changes nothing. */
async function holdCheck(root: string, tally: Tally): Promise<readonly string[]> {
  const before = readProject(root);
  const checked = await check({ cwd: root });
  expect(readProject(root)).toEqual(before);
  const errors = errorsOf(await buildAgain(root));
  const isChanged = JSON.stringify(readProject(root)) !== JSON.stringify(before);
  expect(errorsOf(checked)).toEqual(isChanged ? ["MG604"] : errors);
  count(tally, errors, isChanged);
  return errors;
}

/** One that fails changes nothing, nor does a second one or a check after one that does not. */
async function holdBuild(root: string, tally: Tally): Promise<readonly string[]> {
  const before = readProject(root);
  const errors = errorsOf(await buildAgain(root));
  const after = readProject(root);
  const isChanged = JSON.stringify(after) !== JSON.stringify(before);
  count(tally, errors, isChanged);
  if (errors.length > 0) {
    expect(isChanged).toBe(false);
    return errors;
  }
  expect((await check({ cwd: root })).value.unchanged).toBe(true);
  expect((await build(root)).value.unchanged).toBe(true);
  expect(readProject(root)).toEqual(after);
  return errors;
}

async function buildAgain(root: string): Promise<Built> {
  const built = await build(root);
  if (built.value.isIncremental) incremental++;
  return built;
}

function count(tally: Tally, errors: readonly string[], isChanged: boolean): void {
  if (errors.length > 0) tally.failed++;
  else if (isChanged) tally.written++;
}

interface Played {
  readonly root: string;
  readonly project: EditedProject;
  readonly works: readonly OwnWork[];
  readonly errors: readonly string[];
}

/** Every generated file is that of a build from nothing, and so is the scaffold where the user has done nothing to it. */
async function holdCold({ root, project, works, errors }: Played): Promise<void> {
  const cold = await buildCold(project);
  expect(errors).toEqual(cold.errors);
  if (errors.length > 0) return;
  const folder = join(root, project.config.out);
  const output = readOutput(folder);
  const own = new Set(works.map(({ path }) => path));
  const untouched = (files: Files): Files =>
    Object.fromEntries(Object.entries(files).filter(([path]) => !own.has(join(folder, path))));
  expect(generatedOf(output)).toEqual(cold.generated);
  expect(untouched(scaffoldOf(output))).toEqual(untouched(cold.scaffold));
}

test(`${numRuns} random sequences of edits: a build is one from nothing, and no work is lost (seed ${seed})`, async () => {
  const tally: Tally = { written: 0, failed: 0, own: 0 };
  const sequence = fc.array(randomStep, { minLength: 6, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(sequence, (steps) => play(steps, tally)),
    { seed, numRuns },
  );
  // Where all builds failed, or none, or the user did nothing, the laws would say nothing.
  expect(tally.written).toBeGreaterThan(numRuns / 2);
  expect(tally.failed).toBeGreaterThan(numRuns / 8);
  expect(tally.own).toBeGreaterThan(numRuns / 2);
  expect(incremental).toBeGreaterThan(numRuns / 4);
}, 1_800_000);
