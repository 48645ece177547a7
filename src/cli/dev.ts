/** `mcpgen dev`: builds and serves, at each change again, behind a client that stays connected. */
import { constants } from "node:os";
import { isError, type Diagnostic } from "../diagnostics/diagnostic.js";
import { draftConfig } from "../config/draft.js";
import { createStdioFront, develop, readLines, type Built } from "../dev/index.js";
import { generate } from "../pipeline.js";
import type { Command } from "./command.js";
import { hasFailed } from "./failure.js";
import { thisProcess } from "./owner.js";
import { findUninstalled } from "./project.js";
import { summarizeBriefly } from "./output/summary.js";
import type { Overrides } from "./usage/program.js";
import type { Reporter } from "./output/reporter.js";

export const runDev: Command<"dev"> = async ({ overrides }, reporter) => {
  const cwd = process.cwd();
  const say = (text: string): void => {
    reporter.remark(text);
  };
  const front = createStdioFront({
    write: (line) => process.stdout.write(`${line}\n`),
    onCrash: (how) => {
      say(`the server has ended (${how}); a change starts it again`);
    },
  });
  const { ended, fail } = untilEnd();
  const { root, source, output } = draftConfig({ ...overrides, cwd });
  const end = await develop({
    build: () => buildOnce(overrides, reporter),
    project: { root, source, output },
    ...{ front, say },
    onBug: fail,
    process: thisProcess,
  });
  readLines(process.stdin, (line) => {
    front.receive(line);
  });
  try {
    return await ended;
  } finally {
    await end();
    process.stdin.destroy();
  }
};

/** Everything is told as `build` tells it, on stderr. */
async function buildOnce(overrides: Overrides, reporter: Reporter): Promise<Built> {
  const cwd = process.cwd();
  const begun = performance.now();
  const { value, diagnostics } = await generate({ ...overrides, cwd, owner: thisProcess });
  const { root, source, output = draftConfig({ ...overrides, cwd }).output, lookups } = value;
  const isBuilt = !hasFailed(value, diagnostics, "changes");
  const missing = isBuilt ? findUninstalled(output) : [];
  const told = [...diagnostics, ...missing];
  reporter.answer({ diagnostics: told, root, text: "", json: {} });
  const brief = summarizeBriefly(value, { cwd, seconds: (performance.now() - begun) / 1000 });
  if (isBuilt && brief !== "") reporter.remark(brief);
  return { root, source, output, lookups, failure: reasonOf(isBuilt ? missing : told) };
}

/** For whoever calls a tool meanwhile: what is wrong, in a line. */
function reasonOf(diagnostics: readonly Diagnostic[]): string | undefined {
  const [first, ...others] = diagnostics.filter(isError);
  if (!first) return undefined;
  const more = others.length === 0 ? "" : `, and ${String(others.length)} more`;
  return `error ${first.code}: ${first.message}${more}`;
}

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

interface End {
  /** Resolves with the exit code when we are told to end; whoever says it twice does not wait. */
  readonly ended: Promise<number>;
  /** It rejects. */
  readonly fail: (cause: unknown) => void;
}

function untilEnd(): End {
  let fail: End["fail"] = () => undefined;
  const ended = new Promise<number>((resolve, reject) => {
    fail = reject;
    let isEnding = false;
    for (const signal of signals)
      process.on(signal, () => {
        const code = 128 + constants.signals[signal];
        if (isEnding) process.exit(code);
        isEnding = true;
        resolve(code);
      });
    process.stdin.once("end", () => {
      resolve(0);
    });
  });
  return { ended, fail };
}
