/** `mcpgen bench` as it is typed. What follows its `--json` is a file, so that it has none of the other commands' `--json`. */
import { InvalidArgumentError, Option, type Command } from "commander";
import { benchHelp } from "./help.js";

export interface BenchFlags {
  readonly tools: readonly string[];
  readonly samples: number;
  readonly runs: number;
  /** The file that all figures are written to. */
  readonly save: string | undefined;
  /** The file of another bench. */
  readonly compare: string | undefined;
}

interface Given {
  readonly json?: string;
  readonly compare?: string;
  readonly samples: number;
  readonly runs: number;
}

export function defineBench<Options>(
  program: Command,
  ask: (flags: BenchFlags, options: Omit<Options, keyof Given>) => void,
): Command {
  return (
    program
      .command("bench")
      .summary("measure calls of the tools, and say which have become slower")
      .description(
        "Builds the project and calls its tools within a process, with the arguments of the `@example` or made-up ones: percentiles, calls a second, bytes, and what the policies did. Of all tools those that change nothing and reach no other service.",
      )
      .usage("[options] [TOOL ...]")
      .argument("[tools...]", "names of tools; called whatever they change or reach")
      .option("--json <file>", "write all figures, and the machine that they are from")
      .option("--compare <file>", "compare with what --json has written; exit 1 if a tool has become slower")
      .addOption(
        new Option("--samples <n>", "time at least so many calls of each").default(100).argParser(readCount(1)),
      )
      // One alone would not say how far two are apart.
      .addOption(
        new Option("--runs <n>", "measure so often, each time in a new process").default(2).argParser(readCount(2)),
      )
      .addHelpText("after", benchHelp)
      .action((tools: readonly string[], { json: save, compare, samples, runs, ...options }: Given & Options) => {
        ask({ tools, samples, runs, save, compare }, options);
      })
  );
}

function readCount(least: number): (text: string) => number {
  return (text) => {
    const count = /^\d{1,6}$/.test(text) ? Number(text) : -1;
    if (count >= least) return count;
    throw new InvalidArgumentError(`It is a whole number from ${String(least)} to 999999.`);
  };
}
