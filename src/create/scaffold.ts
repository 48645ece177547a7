/** Answers → a project on disk: files, first build, git, install. Cancelled or failed half-way, it leaves what was there before. */
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { diagnostic, isError, type Diagnostic } from "../diagnostics/diagnostic.js";
import { thisProcess } from "../cli/owner.js";
import { generate } from "../pipeline.js";
import type { PackageManager } from "../model/project/package-manager.js";
import type { Answers } from "./answers.js";
import { runCommand } from "./command.js";
import { addGenerator, layoutProject } from "./layout.js";
import { generatorEntries, type Origin } from "../cli/init/origin.js";

export interface ScaffoldRequest {
  readonly answers: Answers;
  readonly name: string;
  /** Absolute. */
  readonly project: string;
  readonly origin: Origin;
  /** Aborted when the user cancels. */
  readonly signal: AbortSignal;
  /** Told what happens, a line at a time. */
  readonly tell: (line: string) => void;
}

export type Outcome =
  | { readonly kind: "created"; readonly installed: boolean }
  /** The project stands, but its dependencies or its build do not. */
  | { readonly kind: "incomplete"; readonly command: string; readonly output: string }
  | { readonly kind: "refused"; readonly diagnostics: readonly Diagnostic[] }
  | { readonly kind: "cancelled" };

export async function scaffoldProject(request: ScaffoldRequest): Promise<Outcome> {
  const problem = folderProblem(request.project);
  if (problem) return { kind: "refused", diagnostics: [problem] };
  const made = mkdirSync(request.project, { recursive: true });
  let finished: Outcome | undefined;
  try {
    finished = await fillProject(request);
    return request.signal.aborted ? { kind: "cancelled" } : finished;
  } finally {
    if (request.signal.aborted || finished === undefined || finished.kind === "refused")
      removeProject(request.project, made);
  }
}

async function fillProject(request: ScaffoldRequest): Promise<Outcome> {
  const { answers, name, project, origin, signal, tell } = request;
  const starters = join(origin.folder, "templates", "starters");
  for (const { path, text } of layoutProject({ ...answers, name, starters })) {
    mkdirSync(dirname(join(project, path)), { recursive: true });
    writeFileSync(join(project, path), text);
  }
  tell(`functions from the ${answers.template} starter → src/`);
  const { diagnostics } = await generate({
    cwd: project,
    owner: thisProcess,
    packageManager: answers.packageManager,
  });
  if (diagnostics.some(isError)) return { kind: "refused", diagnostics };
  const manifest = join(project, "package.json");
  writeFileSync(manifest, addGenerator(readFileSync(manifest, "utf8"), generatorEntries(origin, project)));
  tell("server → generated/");
  if (answers.git && !signal.aborted) await startRepository(request);
  return answers.install && !signal.aborted ? installProject(request) : { kind: "created", installed: false };
}

async function startRepository({ project, signal, tell }: ScaffoldRequest): Promise<void> {
  const git = (...args: string[]) => runCommand({ program: "git", arguments: args, cwd: project, signal });
  const inside = await git("rev-parse", "--is-inside-work-tree");
  const started = inside.kind === "failed" ? await git("init") : inside;
  if (inside.kind === "done") tell("already inside a git repository: none was started");
  else if (started.kind === "missing") tell("git is not installed: no repository was started");
  else tell(started.kind === "done" ? "git repository" : "git init failed: no repository was started");
}

async function installProject({ answers, project, signal, tell }: ScaffoldRequest): Promise<Outcome> {
  for (const args of installCommands(answers.packageManager)) {
    const command = [answers.packageManager, ...args].join(" ");
    tell(`${command} …`);
    const result = await runCommand({ program: answers.packageManager, arguments: args, cwd: project, signal });
    if (result.kind === "missing")
      return { kind: "incomplete", command, output: `${answers.packageManager} is not installed` };
    if (result.kind === "failed") return { kind: "incomplete", command, output: result.output };
  }
  return { kind: "created", installed: true };
}

function installCommands(packageManager: PackageManager): readonly (readonly string[])[] {
  // npm's audit and funding lines are network round trips that say nothing about the new project.
  const quiet = packageManager === "npm" ? ["--no-audit", "--no-fund"] : [];
  return [
    ["install", ...quiet],
    ["run", "build"],
  ];
}

function folderProblem(project: string): Diagnostic | undefined {
  const stats = statSync(project, { throwIfNoEntry: false });
  if (!stats) return undefined;
  if (!stats.isDirectory())
    return diagnostic("MG610", `\`${project}\` is a file`, { help: "choose another name, or remove the file" });
  const entries = contentsOf(project).length;
  if (entries === 0) return undefined;
  return diagnostic("MG610", `\`${project}\` holds ${entries === 1 ? "a file" : `${String(entries)} files`} already`);
}

/** A repository that has just been started holds nothing of the user's yet. */
function contentsOf(project: string): readonly string[] {
  return readdirSync(project).filter((entry) => entry !== ".git");
}

/** `made`: the topmost folder that did not exist before; undefined when the project's own was there, empty. */
function removeProject(project: string, made: string | undefined): void {
  const removed = made === undefined ? contentsOf(project).map((entry) => join(project, entry)) : [made];
  for (const path of removed) rmSync(path, { recursive: true, force: true });
}
