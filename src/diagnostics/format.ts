/** Diagnostics → the text that a person reads, coloured or plain, or the JSON that a program reads. */
import { catalog } from "./catalog.js";
import { isError, type Diagnostic, type Note } from "./diagnostic.js";
import { renderFrame } from "./frame.js";
import type { Span } from "../model/span.js";

export interface Style {
  readonly colour: "always" | "never";
  /** The text of a file that a span names; undefined when it cannot be read: then there is no frame. */
  readonly read: (file: string) => string | undefined;
  /** How a file is called where the text is read; as in the span when absent. */
  readonly nameOf?: (file: string) => string;
}

export function formatDiagnostic(diagnostic: Diagnostic, style: Style): string {
  const paint = style.colour === "always" ? colours : plain;
  const severity = catalog[diagnostic.code].severity;
  const tint = severity === "error" ? paint.red : paint.yellow;
  const title = `${tint(`${severity} ${diagnostic.code}:`)} ${paint.bold(diagnostic.message)}`;
  return [
    title,
    ...(diagnostic.span ? formatPlace(diagnostic.span, style, paint) : []),
    ...diagnostic.notes.flatMap((note) => formatNote(note, style)),
    ...(diagnostic.help ? indent(`${paint.cyan("help:")} ${diagnostic.help}`) : []),
  ].join("\n");
}

/** One object a diagnostic, with what the catalog knows of its code. */
export function diagnosticToJson(diagnostic: Diagnostic): Record<string, unknown> {
  const { code, message, span, notes, help } = diagnostic;
  const { severity, title } = catalog[code];
  return { code, severity, title, message, ...(span && { span }), notes, ...(help && { help }) };
}

/** `2 errors, 1 warning`; empty when there is nothing to count. */
export function countDiagnostics(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter(isError).length;
  const warnings = diagnostics.length - errors;
  return [count(errors, "error"), count(warnings, "warning")].filter(Boolean).join(", ");
}

function count(number: number, word: string): string {
  return number === 0 ? "" : `${String(number)} ${word}${number === 1 ? "" : "s"}`;
}

function formatPlace(span: Span, style: Style, paint: Paint): readonly string[] {
  const text = style.read(span.file);
  const frame = text === undefined ? [] : renderFrame(text, span);
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
