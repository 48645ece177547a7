/** The text of a client's file → the text with the entry, or why it stays as it is. */
import { isDeepStrictEqual } from "node:util";
import type { DiagnosticCode } from "../../diagnostics/catalog.js";
import { diagnostic, type Diagnostic } from "../../diagnostics/diagnostic.js";
import { isJsonObject, type JsonObject, type JsonValue } from "../../model/json.js";
import type { Span } from "../../model/span.js";
import type { ClientRow, Entry } from "./clients.js";
import { isOurs, makeEntry, type Connection, type Known } from "./entry.js";
import { isList, type Format, type Range } from "./format.js";
import { changeInputs, writeInputs } from "./inputs.js";
import { jsonFormat } from "./json-format.js";
import { tomlFormat } from "./toml-format.js";

export interface Asked {
  readonly row: ClientRow;
  readonly name: string;
  /** As diagnostics call it, relative to where their paths start. */
  readonly file: string;
  /** Absent: there is no file. */
  readonly text: string | undefined;
  /** Absent: the entry is removed. */
  readonly connection: Connection | undefined;
  readonly known: Known;
  /** Whatever the entry is of. */
  readonly force: boolean;
}

export type Edited =
  /** `open`: what the server requires and has no value in the entry. */
  | { readonly kind: "edited"; readonly text: string; readonly open: readonly string[] }
  | { readonly kind: "refused"; readonly diagnostic: Diagnostic };

const mark = "\uFEFF";

export function editFile(asked: Asked): Edited {
  const { row, text = "" } = asked;
  const format = row.format === "json" ? jsonFormat : tomlFormat;
  const body = text.replace(mark, "");
  const read = format.read(body);
  if (read.kind === "invalid") return invalid(asked, read.reason, read.range);
  const servers = read.data[row.key] ?? {};
  const inputs = row.asking.kind === "input" ? (read.data["inputs"] ?? []) : [];
  if (!isJsonObject(servers)) return invalid(asked, `\`${row.key}\` is not an object`, format.locate(body, [row.key]));
  if (!isList(inputs)) return invalid(asked, "`inputs` is not an array", format.locate(body, ["inputs"]));
  return editEntry(asked, { format, body, data: read.data, servers, inputs });
}

interface Opened {
  readonly format: Format;
  readonly body: string;
  readonly data: JsonObject;
  readonly servers: JsonObject;
  readonly inputs: readonly JsonValue[];
}

function editEntry(asked: Asked, opened: Opened): Edited {
  const { row, name, text = "", connection, known, force } = asked;
  const { format, body, data, servers, inputs } = opened;
  const before = Object.hasOwn(servers, name) ? servers[name] : undefined;
  const isKnown = isOurs(before, known);
  const place = format.locate(body, [row.key, name]) ?? format.locate(body, [row.key]);
  if (before !== undefined && !isKnown && !force) return taken(asked, place);
  const kept = isKnown && isJsonObject(before) ? before : undefined;
  const wanted = connection && makeEntry(connection, { name, row, before: kept });
  const { [name]: _, ...others } = servers;
  const after = wanted ? { ...servers, [name]: wanted.entry } : others;
  const listed = changeInputs(inputs, { before, after, added: wanted?.inputs ?? [] });
  const written = writeEntry(asked, opened, { before, kept, entry: wanted?.entry });
  const whole = written === undefined ? undefined : writeInputs(written, inputs, listed);
  const expected = {
    ...data,
    ...((wanted ?? before) && { [row.key]: after }),
    ...(listed.length + inputs.length > 0 && { inputs: listed }),
  };
  // Whatever stands in the text: what it says afterwards is what it said before and the entry, or it is not written.
  if (whole === undefined || !says(format, whole, { expected, key: row.key })) return unchangeable(asked, place);
  return { kind: "edited", text: `${text.startsWith(mark) ? mark : ""}${whole}`, open: wanted?.open ?? [] };
}

interface Change {
  readonly before: JsonValue | undefined;
  /** The entry that is there, where what the user has added to it stays. */
  readonly kept: JsonObject | undefined;
  readonly entry: Entry | undefined;
}

function writeEntry(
  { row, name }: Asked,
  { format, body }: Opened,
  { before, kept, entry }: Change,
): string | undefined {
  const keys = [row.key, name] as const;
  if (!entry) return before === undefined ? body : format.remove(body, keys);
  if (before === undefined) return format.add(body, keys, entry);
  if (kept && "command" in kept === "command" in entry) return format.change(body, keys, { from: kept, to: entry });
  return format.replace(body, keys, entry);
}

interface Expected {
  readonly expected: JsonObject;
  readonly key: string;
}

/** A file without servers says the same as one that has none of them. */
function says(format: Format, text: string, { expected, key }: Expected): boolean {
  const read = format.read(text);
  return read.kind === "read" && isDeepStrictEqual({ [key]: {}, ...read.data }, { [key]: {}, ...expected });
}

function invalid(asked: Asked, reason: string, range: Range | undefined): Edited {
  return refuse("MG550", `\`${asked.file}\` cannot be read: ${reason}`, spanOf(asked, range));
}

function taken(asked: Asked, range: Range | undefined): Edited {
  return refuse("MG551", `\`${asked.name}\` in \`${asked.file}\` is another server`, spanOf(asked, range));
}

function unchangeable(asked: Asked, range: Range | undefined): Edited {
  const message = `\`${asked.name}\` in \`${asked.file}\` is written in a form that cannot be changed alone`;
  return refuse("MG552", message, spanOf(asked, range));
}

function spanOf({ file }: Asked, range: Range | undefined): Span | undefined {
  return range && { file, ...range };
}

function refuse(code: DiagnosticCode, message: string, span: Span | undefined): Edited {
  return { kind: "refused", diagnostic: diagnostic(code, message, { span }) };
}
