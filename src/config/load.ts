/** Command line + mcpgen.json → `Config`, validated, with absolute paths; or what is wrong with it, at its place in the file. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { diagnostic, isError, type Diagnostic } from "../diagnostics/diagnostic.js";
import { clientNames } from "../model/clients.js";
import { succeed, type Result } from "../model/result.js";
import { readAccept } from "./accept.js";
import type { Config } from "./config.js";
import { draftConfig, toRelative, type ConfigDraft } from "./draft.js";
import type { ConfigRequest } from "./request.js";
import type { Settings } from "./schema.js";
import { listSizes } from "./policy-sizes.js";
import type { Validated } from "./validate.js";
import { isFile, spanOfSetting, statOrUndefined, type ConfigFile } from "./file.js";
import { checkOutput } from "./output.js";
import { findWorkspace } from "./workspace.js";

/** `areKnown`: the last build was with these very settings, and found nothing wrong with them. */
export async function loadConfig(request: ConfigRequest, areKnown = false): Promise<Result<Config | undefined>> {
  const draft = draftConfig(request);
  const broken = draft.file ? checkFile(draft.file, request.cwd) : [];
  if (broken.length > 0) return succeed(undefined, broken);
  const { settings, diagnostics } = areKnown ? known(draft) : await validate(draft);
  const { source, parts, output, root, name, tsconfig } = draft;
  const accepted = readAccept(settings?.accept ?? [], draft.file);
  const found = [...diagnostics, ...accepted.diagnostics, ...checkSource(draft, request), ...checkTsconfig(draft)];
  if (source === undefined || !settings || found.some(isError)) return succeed(undefined, found);
  const overlap = (parts ?? [source])
    .map((part) => checkOutput({ root, source: part, output, span: spanOf(draft, "out") }))
    .find((problems) => problems.length > 0);
  if (overlap) return succeed(undefined, overlap);
  const { tokenBudget } = settings;
  const workspace = findWorkspace(root);
  const config = {
    root,
    source,
    ...(parts && { parts }),
    output,
    name,
    ...namesOf(settings),
    expose: settings.expose ?? "all",
    naming: settings.naming ?? "as-is",
    exclude: settings.exclude ?? [],
    excludePlaces: (settings.exclude ?? []).map((_, index) =>
      request.exclude || !draft.file ? undefined : spanOfSetting(draft.file, ["exclude", index], "value"),
    ),
    ...(settings.functions && {
      functions: settings.functions.map((text, index) => ({
        text,
        span: request.functions ? undefined : spanOf(draft, "functions", index),
      })),
    }),
    keepGoing: settings.keepGoing ?? false,
    accept: accepted.value,
    clients: settings.clients ?? clientNames,
    ...(tokenBudget !== undefined && { tokenBudget: { tokens: tokenBudget, span: spanOf(draft, "tokenBudget") } }),
    structured: settings.structured ?? "objects",
    errors: settings.errors ?? "closed",
    sdk: settings.sdk ?? "v1",
    client: settings.client ?? false,
    telemetry: settings.telemetry ?? false,
    ...(settings.metrics !== undefined && { metrics: settings.metrics }),
    ...(settings.sessions !== undefined && { sessions: settings.sessions }),
    ...(settings.auth !== undefined && { auth: settings.auth }),
    packageManager: request.packageManager ?? workspace.packageManager,
    workspace: workspace.folder,
    ...(workspace.hasMcpgen && { hasMcpgen: true as const }),
    policySizes: settings.policies ? listSizes(settings.policies, draft.file) : [],
    ...(tsconfig !== undefined && { tsconfig }),
  } satisfies Config;
  return succeed(config, found);
}

/** Loaded late: most builds never need the validator. */
async function validate(draft: ConfigDraft): Promise<Validated> {
  const { validateSettings } = await import("./validate.js");
  return validateSettings(draft);
}

function known({ settings }: ConfigDraft): Validated {
  return { settings, diagnostics: [] };
}

/** What the server is called beside its name, as far as it is said. */
function namesOf({ title, description, registry }: Settings): Pick<Config, "title" | "description" | "registry"> {
  return {
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    ...(registry !== undefined && { registry }),
  };
}

function checkFile(file: ConfigFile, cwd: string): readonly Diagnostic[] {
  if (file.text === undefined) {
    const path = toRelative(cwd, `${file.folder}/${file.name}`);
    return [diagnostic("MG113", `there is no configuration file \`${path}\``)];
  }
  return file.errors.map(({ reason, span }) =>
    diagnostic("MG105", `\`${file.name}\` is not JSON: ${reason}`, { span }),
  );
}

function checkSource(draft: ConfigDraft, { cwd, source: named }: ConfigRequest): readonly Diagnostic[] {
  const { source } = draft;
  if (source === undefined) return [noSource(draft, cwd)];
  const stats = statOrUndefined(source);
  if (stats?.isDirectory()) return [];
  const path = toRelative(cwd, source);
  const span = named === undefined ? spanOf(draft, "source") : undefined;
  if (!stats) return [diagnostic("MG101", `there is no folder \`${path}\``, { span })];
  const message = named
    ? `\`${path}\` is neither a folder nor TypeScript`
    : `the source \`${path}\` is a file, not a folder`;
  const help = named ? undefined : "name the folder of the file, and the file in `functions`";
  return [diagnostic("MG101", message, { span, help })];
}

/** Where functions usually are, the likeliest first. */
const usualSources = ["src", "lib", "app"];

/** What is not there, or cannot be read, holds none. */
function hasTypeScript(folder: string): boolean {
  try {
    const paths = readdirSync(folder, { recursive: true, encoding: "utf8" });
    return paths.some((path) => /\.[cm]?tsx?$/.test(path) && !/node_modules|\.d\.[cm]?ts$/.test(path));
  } catch {
    return false;
  }
}

function noSource({ candidates }: ConfigDraft, cwd: string): Diagnostic {
  if (candidates.length === 0) {
    const folder = usualSources.find((each) => hasTypeScript(join(cwd, each)));
    const help = folder === undefined ? undefined : `name it: mcpgen build ${folder} --out server`;
    return diagnostic("MG101", "no source folder was named", { help });
  }
  const paths = candidates.map((path) => toRelative(cwd, path));
  const notes = [{ message: `projects that were built\n${paths.join("\n")}` }];
  return diagnostic("MG101", `${String(paths.length)} projects are known here, and none was named`, {
    notes,
    help: `name one of them: --out ${paths[0] ?? ""}`,
  });
}

function checkTsconfig(draft: ConfigDraft): readonly Diagnostic[] {
  if (draft.tsconfig === undefined || isFile(draft.tsconfig)) return [];
  const message = `there is no file \`${toRelative(draft.root, draft.tsconfig)}\``;
  return [diagnostic("MG111", message, { span: spanOf(draft, "tsconfig"), help: "correct the path" })];
}

/** Absent when the command line said it: then the file is not to blame. */
function spanOf(draft: ConfigDraft, ...path: readonly (string | number)[]) {
  return draft.file && spanOfSetting(draft.file, path, "value");
}
