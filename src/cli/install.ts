/** `mcpgen install CLIENT`: the built server → an entry in the configuration of a client, which then starts or reaches it. */
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { draftConfig } from "../config/draft.js";
import { diagnostic, isError, type Diagnostic } from "../diagnostics/diagnostic.js";
import { survey, type StageName } from "../pipeline.js";
import type { Command } from "./command.js";
import { writeEdits } from "./init/write-edits.js";
import { askClient } from "./install/ask.js";
import { clientIds, clientRow, isClient, type ClientId, type Machine, type Scope } from "./install/clients.js";
import { editFile, type Edited } from "./install/edit.js";
import type { Connection } from "./install/entry.js";
import { openFile, pathOf, type ClientFile, type FilePlace } from "./install/place.js";
import { describeWritten } from "./install/said.js";
import { readRequired } from "./install/variables.js";
import { shorten } from "./output/shown-paths.js";
import { stageText } from "./output/stages.js";
import type { Reporter } from "./output/reporter.js";
import type { Invocation } from "./usage/program.js";

type Asked = Extract<Invocation, { readonly kind: "install" }>;

/** Why it goes no further, and the exit code. */
interface Stop {
  readonly kind: "stop";
  readonly code: number;
  readonly root: string;
  readonly diagnostics: readonly Diagnostic[];
  readonly reason?: string;
}

export const runInstall: Command<"install"> = async (asked, reporter) => {
  const client = await chooseClient(asked);
  if (typeof client !== "string") return tellStop(reporter, client);
  const target = findTarget(asked, client);
  if (target.kind === "stop") return tellStop(reporter, target);
  const connection = asked.remove ? undefined : await connect(target, reporter);
  if (connection?.kind === "stop") return tellStop(reporter, connection);
  const file = openFile(target.place, target.scope);
  if (file.kind === "refused") return tellStop(reporter, stop(target.place.root, [file.diagnostic]));
  return asked.print
    ? print({ ...target, connection, file }, reporter)
    : write({ ...target, connection, file }, reporter);
};

async function chooseClient({ client, json }: Asked): Promise<ClientId | Stop> {
  const all = clientIds.join(", ");
  if (client !== undefined)
    return isClient(client) ? client : misused(`\`${client}\` is not a client that is known; name one of ${all}`);
  if (json || !process.stdin.isTTY || !process.stdout.isTTY) return misused(`no client is named; name one of ${all}`);
  return (await askClient()) ?? { ...misused("cancelled: nothing was written"), code: 130 };
}

/** Which server, in which file of which client. */
interface Target {
  readonly kind: "target";
  readonly asked: Asked;
  readonly client: ClientId;
  readonly scope: Scope;
  readonly place: FilePlace;
  /** Absolute: the folder of the server project, and its bundle. */
  readonly output: string;
  readonly server: string;
  /** Of the entry. */
  readonly name: string;
}

function findTarget(asked: Asked, client: ClientId): Target | Stop {
  const row = clientRow(client);
  if (asked.url !== undefined && !row.http)
    return misused(`${row.title} reads no URL from its file: it starts servers itself`);
  const { root, output, name } = draftConfig({ ...asked.overrides, cwd: process.cwd() });
  const scope = asked.scope ?? (row.project === undefined ? "user" : "project");
  const place = pathOf({ row, scope, root, machine: thisMachine() });
  if (place === undefined) return misused(`${row.title} has no file of a project: its scope is \`user\``);
  const server = join(output, "dist", "server.js");
  // What a package's name may have and a server's may not.
  const plainName = name.replace(/[^\w-]+/g, "-");
  return { kind: "target", asked, client, scope, place, output, server, name: asked.name ?? plainName };
}

async function connect({ asked, output, server }: Target, reporter: Reporter): Promise<Connection | Stop> {
  if (asked.url !== undefined) return { kind: "http", url: asked.url };
  const onStage = (stage: StageName) => {
    reporter.status(stageText(stage));
  };
  const { value, diagnostics } = await survey({ ...asked.overrides, cwd: process.cwd(), onStage });
  // Warnings are for `build` to tell.
  if (!value.plan) return stop(value.root, diagnostics.filter(isError));
  if (!existsSync(server)) return stop(value.root, [unbuilt(output)]);
  const required = readRequired(value.plan, output);
  return { kind: "stdio", node: process.execPath, server, given: asked.env, required };
}

function unbuilt(output: string): Diagnostic {
  const place = shorten(output, process.cwd());
  const help = place === "." ? "run npm run build" : `run npm run build in ${place}`;
  return diagnostic("MG554", "the server is not built: its `dist/server.js` is missing", { help });
}

interface Ready extends Target {
  readonly connection: Connection | undefined;
  readonly file: ClientFile;
}

function edit({ asked, client, name, server, connection, file }: Ready, text: string | undefined): Edited {
  const { url, force } = asked;
  return editFile({ row: clientRow(client), name, file: file.path, text, connection, known: { server, url }, force });
}

/** As it would be in a file that has nothing else; what the client's file says is not looked at. */
function print(ready: Ready, reporter: Reporter): number {
  const { file, client, scope, name } = ready;
  const edited = edit(ready, undefined);
  if (edited.kind === "refused") return tellStop(reporter, stop(file.root, [edited.diagnostic]));
  const path = join(file.root, file.path);
  const json = { status: "printed", client, scope, name, file: path, text: edited.text, open: edited.open };
  const text = `${shorten(path, process.cwd())}\n\n${edited.text}`;
  reporter.answer({ diagnostics: [], root: file.root, text, brief: edited.text, json });
  return 0;
}

function write(ready: Ready, reporter: Reporter): number {
  const { file, client, scope, name, asked } = ready;
  const edited = edit(ready, file.text);
  if (edited.kind === "refused") return tellStop(reporter, stop(file.root, [edited.diagnostic]));
  const before = file.text;
  const isSame = edited.text === (before ?? "");
  const change = { path: file.path, before, after: edited.text, values: [] };
  // What a user keeps may hold keys of services; a project's file is for all who work on it.
  const mode = scope === "user" ? 0o600 : undefined;
  const problem = isSame ? undefined : writeEdits(file.root, [change], mode);
  if (problem !== undefined) return tellStop(reporter, stop(file.root, [unwritable(file, problem)]));
  const path = join(file.root, file.path);
  const said = { row: clientRow(client), name, path: shorten(path, process.cwd()), open: edited.open };
  const [brief, ...more] = describeWritten({ ...said, isSame, isRemoval: asked.remove });
  const status = isSame ? "unchanged" : asked.remove ? "removed" : "written";
  // Without the entry: what the user has written into it may be secret.
  const json = { status, client, scope, name, file: path, open: edited.open };
  reporter.answer({ diagnostics: [], root: file.root, text: [brief, ...more].join("\n"), brief, json });
  return 0;
}

function unwritable({ path }: ClientFile, problem: string): Diagnostic {
  return diagnostic("MG555", `\`${path}\` cannot be written`, { notes: [{ message: problem }] });
}

function thisMachine(): Machine {
  const { platform, env: environment } = process;
  return { platform, environment, home: environment["HOME"] || homedir() };
}

function stop(root: string, diagnostics: readonly Diagnostic[]): Stop {
  return { kind: "stop", code: 1, root, diagnostics };
}

function misused(reason: string): Stop {
  return { kind: "stop", code: 2, root: process.cwd(), diagnostics: [], reason };
}

function tellStop(reporter: Reporter, { code, root, diagnostics, reason }: Stop): number {
  reporter.answer({
    ...{ diagnostics, root, text: "", consequence: "nothing was written" },
    ...(reason !== undefined && { complaint: `error: ${reason}` }),
    json: { status: "failed", ...(reason !== undefined && { reason }) },
  });
  return code;
}
