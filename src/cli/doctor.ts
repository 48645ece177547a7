/** `mcpgen doctor`: why a client gets no answer, or that it would: what is installed, built and up to date, and a real start of the server. */
import { isError, type Diagnostic } from "../diagnostics/diagnostic.js";
import { check, type StageName } from "../pipeline.js";
import type { Command } from "./command.js";
import type { Finding } from "./doctor/finding.js";
import { isBuilt, isBundled, lookAtBundle, lookAtNode, lookAtSdk, lookAtWriter } from "./doctor/project-findings.js";
import { lookAtServer } from "./doctor/server-finding.js";
import { findUninstalled } from "./project.js";
import type { Reporter } from "./output/reporter.js";
import { stageText } from "./output/stages.js";

export const runDoctor: Command<"doctor"> = async ({ overrides }, reporter) => {
  const cwd = process.cwd();
  const onStage = (stage: StageName) => {
    reporter.status(stageText(stage));
  };
  const { value, diagnostics } = await check({ ...overrides, cwd, onStage });
  const { root, output } = value;
  const errors = diagnostics.filter(isError);
  const findings = [lookAtNode(process.versions.node), lookAtSource(errors.filter((found) => !isDrift(found)))];
  if (output !== undefined && !isBuilt(output)) findings.push(notBuilt);
  else if (output !== undefined) {
    findings.push(...lookAtOutput({ root, output, drift: errors.find(isDrift) }));
    findings.push(await startServer(output, findings, reporter));
  }
  const isIll = findings.some(({ state }) => state === "problem");
  const json = { status: isIll ? "problems" : "healthy", findings };
  reporter.answer({ diagnostics: [], root, text: findings.map(describe).join("\n"), json });
  return isIll ? 1 : 0;
};

function isDrift({ code }: Diagnostic): boolean {
  return code === "MG604";
}

function lookAtSource([first, ...others]: readonly Diagnostic[]): Finding {
  if (!first) return { about: "source", state: "ok", fact: "no errors" };
  const more = others.length > 0 ? `, and ${String(others.length)} more` : "";
  const help = "run mcpgen check, which shows where";
  return { about: "source", state: "problem", fact: `${first.code}: ${first.message}${more}`, help };
}

const notBuilt: Finding = {
  about: "output",
  state: "problem",
  fact: "nothing is built there yet",
  help: "run mcpgen build",
};

interface Project {
  readonly root: string;
  readonly output: string;
  readonly drift: Diagnostic | undefined;
}

function lookAtOutput({ root, output, drift }: Project): readonly Finding[] {
  const about = "output";
  const current: Finding = drift
    ? { about, state: "problem", fact: drift.message, help: "run mcpgen build" }
    : { about, state: "ok", fact: "it is what the source gives" };
  const today = new Date().toISOString().slice(0, 10);
  return [
    lookAtWriter(output) ?? current,
    lookAtPackages(output),
    lookAtSdk(output, today),
    lookAtBundle(root, output),
  ];
}

function lookAtPackages(output: string): Finding {
  const [missing] = findUninstalled(output);
  if (!missing) return { about: "packages", state: "ok", fact: "all that the server runs with are installed" };
  const { message, help } = missing;
  return { about: "packages", state: "problem", fact: message, ...(help !== undefined && { help }) };
}

/** One that is bundled before the last build can tell something too. */
async function startServer(output: string, found: readonly Finding[], reporter: Reporter): Promise<Finding> {
  const isInstalled = found.some(({ about, state }) => about === "packages" && state === "ok");
  if (!isInstalled || !isBundled(output)) return { about: "server", state: "unknown", fact: "it was not started" };
  reporter.status("starting the server …");
  return await lookAtServer(output);
}

/** `problem  bundle    there is none`, and what follows below its fact. */
function describe({ about, state, fact, help }: Finding): string {
  const lines = [...fact.split("\n"), ...(help === undefined ? [] : [`help: ${help}`])];
  return lines
    .map((line, index) => (index === 0 ? `${state.padEnd(9)}${about.padEnd(10)}${line}` : `${" ".repeat(19)}${line}`))
    .join("\n");
}
