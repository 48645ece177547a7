/** argv → what is asked for. Commander's definitions: names, options, help; no logic. */
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import type { ConfigRequest } from "../../config/request.js";
import { sdkLines } from "../../model/project/sdk-line.js";
import { failOns, type FailOn } from "../../surface/change.js";
import { defineBench, type BenchFlags } from "./bench-command.js";
import { defineInit, type InitFlags, type PrintingFlags } from "./init-command.js";
import { defineInstall, type InstallFlags } from "./install-command.js";
import {
  buildHelp,
  callHelp,
  checkHelp,
  devHelp,
  diffHelp,
  doctorHelp,
  explainHelp,
  graphHelp,
  listHelp,
  overview,
  upgradeHelp,
} from "./help.js";

/** Everything of a configuration that the command line can say; `cwd` is the process's to know. */
export type Overrides = Omit<ConfigRequest, "cwd">;

/** How an answer is printed. */
export interface Printing {
  readonly json: boolean;
  readonly detail: "quiet" | "normal" | "full";
}

export type Invocation = Printing &
  (
    | {
        readonly kind: "build";
        readonly overrides: Overrides;
        readonly force: boolean;
        /** Absent where mcpgen.json is to say. */
        readonly keepGoing: boolean | undefined;
        readonly fix: boolean;
        readonly failOn: FailOn | undefined;
      }
    | (InitFlags & { readonly kind: "init" })
    | (InstallFlags & { readonly kind: "install"; readonly overrides: Overrides })
    | { readonly kind: "upgrade"; readonly overrides: Overrides }
    | { readonly kind: "check"; readonly overrides: Overrides }
    | { readonly kind: "doctor"; readonly overrides: Overrides }
    | {
        readonly kind: "dev";
        readonly overrides: Overrides;
        /** Absent over stdio; `default` is the port that the server itself would take. */
        readonly http: number | "default" | undefined;
      }
    | { readonly kind: "list"; readonly overrides: Overrides }
    | {
        readonly kind: "diff";
        readonly overrides: Overrides;
        /** A commit, as git names it; absent for the last one. */
        readonly reference: string | undefined;
        readonly failOn: FailOn | undefined;
        readonly format: "text" | "markdown";
      }
    | (BenchFlags & { readonly kind: "bench"; readonly overrides: Overrides })
    | { readonly kind: "call"; readonly overrides: Overrides; readonly tool: string; readonly words: readonly string[] }
    | { readonly kind: "graph"; readonly overrides: Overrides; readonly pages: Pages }
    | { readonly kind: "explain"; readonly overrides: Overrides; readonly subject: string | undefined }
  );

/** Files to draw into, beside the text. */
export interface Pages {
  readonly html?: string;
  readonly svg?: string;
}

export interface Terminal {
  readonly version: string;
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
}

/** Throws commander's `CommanderError` for wrong usage and, with exit code 0, for `--help` and `--version`. */
export async function parseCommandLine(
  argv: readonly string[],
  { version, out, error }: Terminal,
): Promise<Invocation> {
  let invocation: Invocation | undefined;
  const ask = (asked: Invocation) => {
    invocation = asked;
  };
  const program = new Command("mcpgen")
    .description(
      "Turns a folder of plain exported TypeScript functions into a complete MCP server project, and keeps it up to date.",
    )
    .version(version, "-v, --version", "print the version")
    .helpOption("-h, --help", "print this, or with a command what it does")
    .helpCommand(false)
    .usage("COMMAND [options]")
    .addHelpText("after", overview)
    .enablePositionalOptions()
    .showHelpAfterError("(--help shows what there is)")
    .exitOverride()
    .configureOutput({ writeOut: out, writeErr: error })
    .configureHelp({ showGlobalOptions: false });
  // Subcommands take over the settings that stand above. The one that is named is enough: the unchanged build has no time for others.
  const asked = definitions.filter(([name]) => name === argv[0]);
  for (const [, define] of asked.length > 0 ? asked : definitions) define(program, ask);
  await program.parseAsync(argv, { from: "user" });
  if (!invocation) throw new Error("a command without an action");
  return invocation;
}

type Ask = (invocation: Invocation) => void;

interface Options {
  readonly out?: string;
  readonly config?: string;
  readonly src?: readonly string[];
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly html?: string;
  readonly svg?: string;
  readonly force?: boolean;
  readonly keepGoing?: boolean;
  readonly fix?: boolean;
  readonly failOn?: FailOn;
  readonly markdown?: boolean;
  readonly http?: number | true;
  readonly name?: string;
  readonly title?: string;
  readonly description?: string;
  readonly expose?: string;
  readonly naming?: string;
  readonly sdk?: string;
  readonly exclude?: readonly string[];
  readonly tsconfig?: string;
}

function defineBuild(program: Command, ask: Ask): void {
  const command = program
    .command("build")
    .summary("write or update the server project")
    .description(
      "Reads the exported functions of SRC and writes a complete MCP server project that serves them, or brings it up to date.",
    )
    .argument("[src...]", "the same as --src")
    .option("-f, --force", "overwrite files that were edited by hand, keeping a backup; build even if nothing changed")
    .option("-k, --keep-going", "leave out what cannot be served and write the rest; the exit code is still 1")
    .option("--fix", "make the edits of your settings that warnings name, such as an `exclude` of your tsconfig")
    .addOption(
      failOnOption("write nothing if what clients see changes so: what breaks them, what is gone, or anything"),
    )
    .action((src: readonly string[], options: Options) => {
      const { force = false, keepGoing, fix = false, failOn } = options;
      const overrides = toOverrides(options, src);
      ask({ kind: "build", overrides, force, keepGoing, fix, failOn, ...printing(options) });
    });
  addOverrides(command).addHelpText("after", buildHelp);
}

/** Commands that ask for nothing but a project. */
const plainCommands = {
  upgrade: {
    summary: "build with a new mcpgen, and say what became of each of your files",
    description:
      "Builds in full, as after another mcpgen was installed, and says of each scaffold file whether what changed was\nmerged into it, whether it stays as you have it, or whether both have changed the same.",
    help: upgradeHelp,
  },
  doctor: {
    summary: "say what is wrong where a client gets no answer",
    description:
      "Looks at Node.js, the source, the output, its packages and its bundle, then starts the server as a client does and\nasks what it serves.",
    help: doctorHelp,
  },
  check: {
    summary: "exit 1 if a build would change anything",
    description:
      "Compares the project on disk with what the source would give, and writes nothing. For continuous integration.",
    help: checkHelp,
  },
  list: {
    summary: "list the tools, their arguments, results and costs",
    description:
      "Lists the tools that the source gives: arguments, result, and what each costs a model in tokens. Writes nothing.",
    help: listHelp,
  },
} as const;

function definePlain(kind: keyof typeof plainCommands): (program: Command, ask: Ask) => void {
  return (program, ask) => {
    const { summary, description, help } = plainCommands[kind];
    const command = program
      .command(kind)
      .summary(summary)
      .description(description)
      .argument("[src...]", "the same as --src")
      .action((src: readonly string[], options: Options) => {
        ask({ kind, overrides: toOverrides(options, src), ...printing(options) });
      });
    addOverrides(command).addHelpText("after", help);
  };
}

function defineDiff(program: Command, ask: Ask): void {
  const command = program
    .command("diff")
    .summary("say what changed for clients, and what of it breaks them")
    .description(
      "Compares what the source gives with the surface of a git commit, or with the one on disk where none is committed:\nby what schemas accept, not by how they are written. Writes nothing.",
    )
    .argument("[ref]", "a commit, branch or tag (default: HEAD)")
    .addOption(new Option("--markdown", "print a part of a pull request's description").conflicts("json"))
    .addOption(failOnOption("exit 1 if there are such changes: what breaks clients, what is gone, or anything"))
    .action((reference: string | undefined, options: Options) => {
      const format = options.markdown ? "markdown" : "text";
      const { failOn } = options;
      ask({ kind: "diff", overrides: toOverrides(options), reference, failOn, format, ...printing(options) });
    });
  addOverrides(command).addHelpText("after", diffHelp);
}

function failOnOption(description: string): Option {
  return new Option("--fail-on <kind>", description).choices([...failOns]);
}

function defineDev(program: Command, ask: Ask): void {
  const command = program
    .command("dev")
    .summary("serve the source, and each change of it, to a client that stays connected")
    .description(
      "Builds the project and serves it over stdin and stdout, or over HTTP. At each change it builds again, and puts the new server in\nthe place of the old one: the client stays connected, and is told which lists have changed.",
    )
    .argument("[src...]", "the same as --src")
    .option(
      "--http [port]",
      "serve http://127.0.0.1:PORT/mcp (HOST and PORT of the environment; default: 3000)",
      readPort,
    )
    .action((src: readonly string[], options: Options) => {
      const { http } = options;
      const port = http === true ? "default" : http;
      ask({ kind: "dev", overrides: toOverrides(options, src), http: port, ...printing(options) });
    });
  addSettings(command).addHelpText("after", devHelp);
}

function defineCall(program: Command, ask: Ask): void {
  const command = program
    .command("call")
    .summary("call a tool through the real server")
    .description("Builds the project, starts its server, calls one tool as a client would, and prints the result.")
    .usage("[options] TOOL [--argument value ...] [JSON]")
    .argument("<tool>", "name of the tool")
    .argument("[words...]", "its arguments, as options or as one JSON object")
    // Everything after the tool's name is the tool's, also what looks like an option of ours.
    .passThroughOptions()
    .action((tool: string, words: readonly string[], options: Options) => {
      ask({ kind: "call", overrides: toOverrides(options), tool, words, ...printing(options) });
    });
  addOverrides(command).addHelpText("after", callHelp);
}

function defineExplain(program: Command, ask: Ask): void {
  const command = program
    .command("explain")
    .summary("explain a diagnostic code, a policy, a type of mcpgen, or where a tool's schema comes from")
    .description(
      "Of a diagnostic's code: what it means, why it matters and what to do. Of a policy's tag: what it does, its keys\nand an example. Of a tool: where each line of its schema\ncomes from, and what fills its other parameters. Without either, lists all codes.",
    )
    .usage("[options] [CODE | @TAG | TOOL]")
    .argument("[subject]", "a code as printed, for example MG201, a policy such as @cache, or the name of a tool")
    .action((subject: string | undefined, options: Options) => {
      ask({ kind: "explain", overrides: toOverrides(options), subject, ...printing(options) });
    });
  addOverrides(command).addHelpText("after", explainHelp);
}

function defineGraph(program: Command, ask: Ask): void {
  const command = program
    .command("graph")
    .summary("draw the tools, what they need and what wraps their calls")
    .description(
      "Draws the tools, the providers and contracts that they need, and the policies around their calls: as Mermaid text,\nor into a file. Writes nothing else.",
    )
    .argument("[src...]", "the same as --src")
    .option("--html <file>", "draw a page for a browser, which needs nothing from elsewhere")
    .option("--svg <file>", "draw a picture")
    .action((src: readonly string[], options: Options) => {
      const { html, svg } = options;
      const pages = { ...(html !== undefined && { html }), ...(svg !== undefined && { svg }) };
      ask({ kind: "graph", overrides: toOverrides(options, src), pages, ...printing(options) });
    });
  addOverrides(command).addHelpText("after", graphHelp);
}

function addOverrides(command: Command): Command {
  return addSettings(command).option("--json", "print one JSON document, for programs");
}

/** All but the form of the answer. */
function addSettings(command: Command): Command {
  return command
    .option("--src <path>", "folder of functions, or a file; may be repeated (`source` in mcpgen.json)", collect)
    .option("-o, --out <dir>", "folder of the server project (`out` in mcpgen.json; default: server)")
    .option("-c, --config <file>", "the mcpgen.json to use (default: the nearest at or above the source)")
    .option("--name <name>", "the server's name, used in a new package.json")
    .option("--title <text>", "the server's name as people read it")
    .option("--description <text>", "what the server is for, in a sentence")
    .addOption(
      new Option("--expose <which>", "serve all functions, or those tagged `@tool`").choices(["all", "tagged"]),
    )
    .addOption(
      new Option("--naming <style>", "how functions' names become tools' names").choices([
        "as-is",
        "snake_case",
        "file_function",
      ]),
    )
    .addOption(
      new Option("--sdk <line>", "the official SDK whose client the project's tests connect").choices(sdkLines),
    )
    .option("--exclude <glob>", "do not serve these files; may be repeated", collect)
    .option("--tsconfig <file>", "the tsconfig to read the source with")
    .addOption(new Option("-q, --quiet", "print errors, and the one line that matters most").conflicts("verbose"))
    .option("--verbose", "print each warning by itself with its place, also those that are accepted");
}

function printing({ json = false, quiet, verbose }: PrintingFlags): Printing {
  return { json, detail: quiet ? "quiet" : verbose ? "full" : "normal" };
}

function readPort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw new InvalidArgumentError(`${text} is not a port.`);
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/** What stands after the command is the source as well; both would be two answers to one question. */
function toOverrides(options: Options, positional: readonly string[] = []): Overrides {
  const { src, out, config, name, title, description, expose, naming, sdk, exclude, tsconfig } = options;
  if (positional.length > 0 && src !== undefined)
    throw new CommanderError(
      2,
      "mcpgen.twoSources",
      `error: the source is named twice: ${positional.join(" ")} and --src ${src.join(" --src ")}`,
    );
  const source = positional.length > 0 ? positional : src;
  return { source, output: out, configFile: config, name, title, description, expose, naming, sdk, exclude, tsconfig };
}

const definitions = [
  [
    "init",
    (program: Command, ask: Ask) => {
      defineInit(program, (flags, printed) => ask({ kind: "init", ...flags, ...printing(printed) }));
    },
  ],
  ["build", defineBuild],
  ["upgrade", definePlain("upgrade")],
  ["check", definePlain("check")],
  ["doctor", definePlain("doctor")],
  ["dev", defineDev],
  ["list", definePlain("list")],
  ["diff", defineDiff],
  ["call", defineCall],
  [
    "bench",
    (program: Command, ask: Ask) => {
      const command = defineBench(program, (flags, options: Options) =>
        ask({ kind: "bench", ...flags, overrides: toOverrides(options), ...printing(options) }),
      );
      addSettings(command);
    },
  ],
  [
    "install",
    (program: Command, ask: Ask) => {
      defineInstall(program, (flags, project, printed) =>
        ask({ kind: "install", ...flags, overrides: toOverrides(project), ...printing(printed) }),
      );
    },
  ],
  ["explain", defineExplain],
  ["graph", defineGraph],
] as const;
