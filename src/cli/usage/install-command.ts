/** `mcpgen install` as it is typed. */
import { InvalidArgumentError, Option, type Command } from "commander";
import { installHelp } from "./help.js";
import type { PrintingFlags } from "./init-command.js";

export interface InstallFlags {
  /** As it is typed; absent where a person is to be asked. */
  readonly client: string | undefined;
  /** Absent: a file of the project where the client has one. */
  readonly scope: "project" | "user" | undefined;
  /** Of the entry; the server's where absent. */
  readonly name: string | undefined;
  /** Absent: the client starts the server itself. */
  readonly url: string | undefined;
  readonly env: Readonly<Record<string, string>>;
  readonly print: boolean;
  readonly remove: boolean;
  readonly force: boolean;
}

/** Which project it is about. */
export interface ProjectFlags {
  readonly src?: readonly string[];
  readonly out?: string;
  readonly config?: string;
}

type Given = Partial<Omit<InstallFlags, "client">>;

export function defineInstall(
  program: Command,
  ask: (flags: InstallFlags, project: ProjectFlags, printing: PrintingFlags) => void,
): void {
  program
    .command("install")
    .summary("add the server to the configuration of a client, such as Cursor or VS Code")
    .description(
      "Writes an entry for the built server into the configuration of a client, so that it starts the server or reaches it\nby its URL. What else is in that file stays as it is, comments included. No value is read from the environment.",
    )
    .usage("[options] CLIENT")
    .argument("[client]", "one of those below; asked for on a terminal")
    .addOption(
      new Option(
        "--scope <which>",
        "the project's file, or the user's (default: the project's if there is one)",
      ).choices(["project", "user"]),
    )
    .option("--name <name>", "name of the entry (default: the server's)", readName)
    .addOption(
      new Option("--url <url>", "reach a running server over HTTP, instead of starting one")
        .argParser(readUrl)
        .conflicts("env"),
    )
    .option("--env <name=value>", "a variable that the server is started with; may be repeated", readVariable)
    .option("--print", "print the entry and the file's path, and write nothing")
    .addOption(new Option("--remove", "remove the entry").conflicts(["print", "env"]))
    .option("-f, --force", "replace or remove an entry of another server")
    .option("--src <path>", "folder of functions, or a file; may be repeated (`source` in mcpgen.json)", collect)
    .option("-o, --out <dir>", "folder of the server project (`out` in mcpgen.json; default: server)")
    .option("-c, --config <file>", "the mcpgen.json to use (default: the nearest at or above the source)")
    .addOption(new Option("-q, --quiet", "print errors, and the one line that matters most").conflicts("verbose"))
    .option("--verbose", "print each error by itself with its place")
    .option("--json", "print one JSON document, for programs")
    .addHelpText("after", installHelp)
    .action((client: string | undefined, given: Given & ProjectFlags & PrintingFlags) => {
      const { scope, name, url, env = {}, print = false, remove = false, force = false } = given;
      ask({ client, scope, name, url, env, print, remove, force }, given, given);
    });
}

/** What all clients accept as the name of a server. */
function readName(text: string): string {
  if (/^[\w-]{1,64}$/.test(text)) return text;
  throw new InvalidArgumentError("It is made of at most 64 letters, digits, `_` and `-`.");
}

function readUrl(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text;
  throw new InvalidArgumentError("It begins with http:// or https://.");
}

function readVariable(text: string, before: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  const [, name, value] = /^([A-Za-z_]\w*)=([^]*)$/.exec(text) ?? [];
  if (name !== undefined && value !== undefined) return { ...before, [name]: value };
  throw new InvalidArgumentError("It is written NAME=VALUE.");
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
