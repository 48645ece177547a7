/** `mcpgen init` as it is typed: each question is a flag. */
import { Option, type Command } from "commander";
import { initHelp } from "./help.js";

export interface InitFlags {
  /** Where to look for the project; the current folder where absent. */
  readonly folder: string | undefined;
  readonly source: readonly string[] | undefined;
  readonly out: string | undefined;
  readonly expose: "all" | "tagged" | undefined;
  readonly files: readonly string[] | undefined;
  readonly scripts: boolean;
  readonly host: boolean;
  readonly build: boolean;
  readonly yes: boolean;
  readonly dryRun: boolean;
}

export interface PrintingFlags {
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

type Given = Partial<Omit<InitFlags, "folder">> & PrintingFlags;

export function defineInit(program: Command, ask: (flags: InitFlags, printing: PrintingFlags) => void): void {
  program
    .command("init")
    .summary("set up an existing project: choose its functions, write mcpgen.json, build")
    .description(
      "Lists the exported functions of an existing project with what can be served of them, asks which are to be, shows what\nit would write into mcpgen.json, package.json and the configs of other programs, writes it and builds the server.",
    )
    .argument("[folder]", "the project, or a folder in it", ".")
    .option("-s, --source <path>", "folder or file of functions; may be repeated", collect)
    .option("-o, --out <dir>", "folder of the server project")
    .addOption(
      new Option("--expose <which>", "serve all that can be, or those tagged `@tool`").choices(["all", "tagged"]),
    )
    .addOption(
      new Option("--files <glob>", "serve these alone: files, or `file.ts#name`; may be repeated").argParser(collect),
    )
    .option("--no-scripts", "add neither scripts nor mcpgen itself to package.json")
    .option("--no-host", "leave the configs of compiler, tests and linter as they are")
    .option("--no-build", "write the configuration only")
    .option("--dry-run", "show what would be written, and write nothing")
    .option("-y, --yes", "ask nothing, take what is proposed")
    .addOption(new Option("-q, --quiet", "print errors, and the one line that matters most").conflicts("verbose"))
    .option("--verbose", "list each function, however many there are")
    .option("--json", "print one JSON document, for programs")
    .addHelpText("after", initHelp)
    .action((folder: string, given: Given) => {
      const { source, out, expose, files, yes = false, dryRun = false } = given;
      const { scripts = true, host = true, build = true } = given;
      ask({ folder, source, out, expose, files, scripts, host, build, yes, dryRun }, given);
    });
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
