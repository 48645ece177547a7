/** `create-mcp-server`: argv → questions → a new project, and the exit code. The only writer to the terminal here. */
import { relative, resolve } from "node:path";
import { cancel } from "@clack/prompts";
import { CommanderError } from "commander";
import { formatDiagnostic } from "../diagnostics/format.js";
import { defaultAnswers, nameProblem, projectName, type Answers } from "./answers.js";
import { describeNextSteps } from "./next-steps.js";
import { findOrigin } from "../cli/init/origin.js";
import { parseArguments, type Request } from "./program.js";
import { askQuestions } from "./questions.js";
import { scaffoldProject, type Outcome } from "./scaffold.js";

const exit = { created: 0, failed: 1, usage: 2, cancelled: 130 } as const;

export async function main(argv: readonly string[]): Promise<number> {
  const origin = findOrigin();
  const request = readArguments(argv, origin.version);
  if (typeof request === "number") return request;
  const answers = await answer(request);
  if (typeof answers === "number") return answers;
  const cwd = process.cwd();
  const name = projectName(answers.folder, cwd);
  const problem = nameProblem(name);
  if (problem !== undefined) return refuseUsage(problem);
  const project = resolve(cwd, answers.folder);
  const interrupted = new AbortController();
  const interrupt = () => interrupted.abort();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, interrupt);
  console.log(`mcpgen ${origin.version} → ${relative(cwd, project) || "."}`);
  const tell = (line: string) => console.log(`  ${line}`);
  const outcome = await scaffoldProject({ answers, name, project, origin, signal: interrupted.signal, tell });
  return report(
    outcome,
    describeNextSteps({ name, project, cwd, packageManager: answers.packageManager, installed: isInstalled(outcome) }),
  );
}

function readArguments(argv: readonly string[], version: string): Request | number {
  try {
    return parseArguments(argv, version);
  } catch (error) {
    // Commander has written the text already; it has no exit code of its own for wrong usage.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : exit.usage;
    throw error;
  }
}

/** All answers, or the exit code when there are none. */
async function answer({ given, yes }: Request): Promise<Answers | number> {
  const defaults = defaultAnswers(process.env["npm_config_user_agent"]);
  // Clack does not settle without a terminal.
  if (!yes && process.stdin.isTTY && process.stdout.isTTY) {
    const answers = await askQuestions(given, defaults, process.cwd());
    if (answers) return answers;
    cancel("Nothing was created.");
    return exit.cancelled;
  }
  const { folder } = given;
  if (folder === undefined) return refuseUsage("name the project, for example: create-mcp-server my-server");
  return { ...defaults, ...given, folder };
}

function refuseUsage(problem: string): number {
  console.error(`error: ${problem}`);
  return exit.usage;
}

function isInstalled(outcome: Outcome): boolean {
  return outcome.kind === "created" && outcome.installed;
}

function report(outcome: Outcome, nextSteps: string): number {
  switch (outcome.kind) {
    case "created":
      console.log(`\n${nextSteps}`);
      return exit.created;
    case "incomplete":
      console.log(`\n${nextSteps}`);
      console.error(
        `\`${outcome.command}\` failed; the project is written, the command can be repeated:\n${outcome.output.trimEnd()}`,
      );
      return exit.failed;
    case "refused":
      for (const diagnostic of outcome.diagnostics)
        console.error(formatDiagnostic(diagnostic, { colour: "never", read: () => undefined }));
      return exit.failed;
    case "cancelled":
      console.error("Cancelled: nothing was created.");
      return exit.cancelled;
  }
}
