/** Diagnostics → the text that a person reads, coloured or plain, or the JSON that a program reads. */
import { catalog } from "./catalog.js";
import { countAccepted, isError, type Diagnostic, type Note } from "./diagnostic.js";
import { renderFrame } from "./frame.js";
import type { Gathered } from "./gather.js";
import type { Span } from "../model/span.js";
import { wrapText } from "../model/text.js";

export interface Style {
  readonly colour: "always" | "never";
  /** The text of a file that a span names; undefined when it cannot be read: then there is no frame. */
  readonly read: (file: string) => string | undefined;
  /** How a file is called where the text is read; as in the span when absent. */
  readonly nameOf?: (file: string) => string;
  /** Of the terminal; absent where the text goes elsewhere. */
  readonly columns?: number;
}

export function formatDiagnostic(diagnostic: Diagnostic, style: Style): string {
  const paint = style.colour === "always" ? colours : plain;
  return [
    titleOf(diagnostic, diagnostic.message, paint),
    ...(diagnostic.span ? formatPlace(diagnostic.span, style, paint) : []),
    ...diagnostic.notes.flatMap((note) => formatNote(note, style)),
    ...helpOf(diagnostic, style, paint),
  ].join("\n");
}

/** One of them as it is; of several the first, and where the others are. */
export function formatGathered({ first, all, names }: Gathered, style: Style): string {
  const paint = style.colour === "always" ? colours : plain;
  const [span, ...others] = distinctPlaces(all);
  if (all.length === 1) return formatDiagnostic(first, style);
  const places = 1 + others.length;
  const told = names.length > 0 ? catalog[first.code].title : first.message;
  const count = names.length > 0 ? `, ${String(all.length)} times` : places > 1 ? `, at ${String(places)} places` : "";
  return [
    // TypeScript's own words end with a period.
    titleOf(first, count === "" ? told : `${told.replace(/\.$/, "")}${count}`, paint),
    ...(names.length > 0 ? indentAll(wrapText(listSome(names), textWidth(style))) : []),
    ...(span && names.length === 0 ? formatPlace(span, style, paint) : []),
    ...(names.length > 0 && span ? [span, ...others] : others)
      .slice(0, names.length > 0 ? shownPlaces : shownPlaces - 1)
      .map((other) => `  ${paint.dim(place(other, style))}`),
    ...(places > shownPlaces ? [`  and ${String(places - shownPlaces)} more (--verbose shows all)`] : []),
    ...(names.length === 0 ? first.notes.flatMap((note) => formatNote(note, style)) : []),
    ...helpOf(first, style, paint),
  ].join("\n");
}

const shownPlaces = 3;
const shownNames = 12;

function listSome(names: readonly string[]): string {
  const more = names.length - shownNames;
  const shown = names.slice(0, shownNames).join(", ");
  return more > 0 ? `${shown} and ${String(more)} more` : shown;
}

function distinctPlaces(all: readonly Diagnostic[]): readonly Span[] {
  const places = new Map<string, Span>();
  for (const { span } of all) if (span) places.set(JSON.stringify([span.file, span.start]), span);
  return [...places.values()];
}

function titleOf({ code, accepted }: Diagnostic, text: string, paint: Paint): string {
  const { severity } = catalog[code];
  const tint = severity === "error" ? paint.red : paint.yellow;
  return `${tint(`${accepted ? "accepted " : ""}${severity} ${code}:`)} ${paint.bold(text)}`;
}

function helpOf({ help }: Diagnostic, style: Style, paint: Paint): readonly string[] {
  if (!help) return [];
  const label = "help:";
  const [first = "", ...others] = help.split("\n");
  // Only a terminal's width is known to be too little; the label's own columns are taken by its first line.
  const lines = style.columns === undefined ? [first] : wrapText(`${label} ${first}`, textWidth(style));
  const text = lines.join("\n").replace(/^help: /, "");
  return indent([`${paint.cyan(label)} ${text}`, ...others].join("\n"));
}

/** Between the margin of two columns and the edge; 80 columns are what is taken for granted. */
function textWidth({ columns = 80 }: Style): number {
  return Math.max(20, Math.min(columns, 100) - 4);
}

function indentAll(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${line}`);
}

/** One object a diagnostic, with what the catalog knows of its code. */
export function diagnosticToJson(diagnostic: Diagnostic): Record<string, unknown> {
  const { code, message, span, notes, help, accepted } = diagnostic;
  const { severity, title } = catalog[code];
  const said = { code, severity, title, message, ...(span && { span }), notes, ...(help && { help }) };
  return accepted ? { ...said, accepted } : said;
}

/** `2 errors, 1 warning, 3 accepted`; empty when there is nothing to count. */
export function countDiagnostics(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter(isError).length;
  const accepted = countAccepted(diagnostics);
  const warnings = diagnostics.length - errors - accepted;
  const rest = accepted === 0 ? "" : `${String(accepted)} accepted`;
  return [count(errors, "error"), count(warnings, "warning"), rest].filter(Boolean).join(", ");
}

function count(number: number, word: string): string {
  return number === 0 ? "" : `${String(number)} ${word}${number === 1 ? "" : "s"}`;
}

function formatPlace(span: Span, style: Style, paint: Paint): readonly string[] {
  const text = style.read(span.file);
  const frame = text === undefined ? [] : renderFrame(text, span, style.columns);
  return [
    `  ${paint.dim(place(span, style))}`,
    ...frame.map((line) => line.replace(/^ *\d* │/, paint.dim).replace(/~+$/, paint.red)),
  ];
}

function formatNote(note: Note, style: Style): readonly string[] {
  return indent(note.span ? `${note.message} (${place(note.span, style)})` : note.message);
}

/** The first line stands under the title, what follows it (a diff, a list) a step further in. */
function indent(text: string): readonly string[] {
  return text.split("\n").map((line, index) => (line === "" ? "" : index === 0 ? `  ${line}` : `    ${line}`));
}

function place({ file, start }: Span, { nameOf }: Style): string {
  return `${nameOf ? nameOf(file) : file}:${String(start.line)}:${String(start.column)}`;
}

type Paint = Readonly<Record<"red" | "yellow" | "cyan" | "bold" | "dim", (text: string) => string>>;

const plain: Paint = { red: same, yellow: same, cyan: same, bold: same, dim: same };

const colours: Paint = { red: sgr(31, 39), yellow: sgr(33, 39), cyan: sgr(36, 39), bold: sgr(1, 22), dim: sgr(2, 22) };

function sgr(on: number, off: number): (text: string) => string {
  return (text) => `\u001b[${String(on)}m${text}\u001b[${String(off)}m`;
}

function same(text: string): string {
  return text;
}
