/** A bundle of a bench → its runs, each in a process of its own. */
import { fork } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { MeasuredTool, Run, Wanted } from "../../templates/bench/run.js";
import { Refusal } from "./refusal.js";

export interface BenchBundle {
  /** Absolute: where the runs are, as the server would be. */
  readonly output: string;
  /** Absolute. */
  readonly entry: string;
}

/**
 * Nothing outside of the process is reached, no line is logged for each call, no call is one too many, and an embedded
 * database is in memory, and empty.
 */
export function environmentOfRuns(output: string): NodeJS.ProcessEnv {
  const { LOG_LEVEL = "silent", MCP_DISABLED_POLICIES = "rateLimit" } = process.env;
  const database = hasDatabase(output) && { DATABASE_URL: "", DATA_DIR: "memory://" };
  return { ...process.env, ...database, REDIS_URL: "", LOG_LEVEL, MCP_DISABLED_POLICIES };
}

function hasDatabase(output: string): boolean {
  const facts: unknown = JSON.parse(readFileSync(join(output, "generated/build/project.json"), "utf8"));
  return typeof facts === "object" && facts !== null && "database" in facts && facts.database === true;
}

/** Tools with `@cache` are measured without it too, in a process that has none. */
export async function runOnce(bundle: BenchBundle, wanted: Wanted, environment: NodeJS.ProcessEnv): Promise<Run> {
  const run = await runInProcess(bundle, wanted, environment);
  const cached = wanted.calls.filter((call) => call.cached === true);
  const off = environment["MCP_DISABLED_POLICIES"] ?? "";
  if (cached.length === 0 || off.split(",").includes("cache")) return run;
  const without = await runInProcess(
    bundle,
    { ...wanted, calls: cached },
    { ...environment, MCP_DISABLED_POLICIES: off === "" ? "cache" : `${off},cache` },
  );
  const find = (name: string): MeasuredTool | undefined => without.tools.find(({ tool }) => tool === name);
  const tools = run.tools.map((measured) => {
    const uncached = find(measured.tool)?.served;
    return uncached === undefined ? measured : { ...measured, uncached };
  });
  return { ...run, tools };
}

function runInProcess({ output, entry }: BenchBundle, wanted: Wanted, env: NodeJS.ProcessEnv): Promise<Run> {
  const execArgv = ["--enable-source-maps", "--expose-gc"];
  return new Promise((resolve, reject) => {
    // What functions print is none of the figures.
    const child = fork(entry, { cwd: output, env, execArgv, stdio: ["ignore", "ignore", "inherit", "ipc"] });
    child.once("message", (run: Run) => {
      resolve(run);
    });
    child.once("error", reject);
    child.once("exit", (code) => {
      reject(new Refusal(`A run ended with exit code ${String(code)} and without figures.`));
    });
    child.send(wanted);
  });
}
