/**
 * The only writer to stdout and stderr. What was asked for goes to stdout, what there is to say about it to stderr;
 * with `--json` one document goes to stdout and nothing else anywhere.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isError, type Diagnostic } from "../../diagnostics/diagnostic.js";
import { shorten } from "./shown-paths.js";
import { countDiagnostics, diagnosticToJson, formatDiagnostic, formatGathered } from "../../diagnostics/format.js";
import type { Style } from "../../diagnostics/format.js";
import { errorsFirst, gatherDiagnostics } from "../../diagnostics/gather.js";

export interface Report {
  readonly diagnostics: readonly Diagnostic[];
  /** Absolute; where the paths in diagnostics start. */
  readonly root: string;
  /** For people; empty text is no text. */
  readonly text: string;
  /** The one line of it that matters most, with `--quiet`; the whole text where there is none. */
  readonly brief?: string;
  /** What the errors mean for what was asked for, after their number: `nothing was written`. */
  readonly consequence?: string;
  /** Of what was asked for, not of the project: an error that a tool reported. For people, on stderr. */
  readonly complaint?: string;
  /** For programs; `diagnostics` is added. */
  readonly json: Readonly<Record<string, unknown>>;
}

export interface Reporter {
  /** The one answer of a command. */
  answer(report: Report): void;
  /** Text that is no answer and no diagnostic: usage errors, what a server says on its stderr. */
  remark(text: string): void;
  /** What is going on, on a terminal; replaced by what comes next. */
  status(text: string): void;
  /** For people only: the columns there are, if they are limited. */
  readonly columns: number | undefined;
}

/** `quiet`: errors alone. `normal`: what has one cause once. `full`: each by itself, also what is accepted. */
export type Detail = "quiet" | "normal" | "full";

export interface ReporterOptions {
  readonly format: "text" | "json";
  readonly detail: Detail;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
}

export function createReporter({ format, detail, stdout, stderr, env, cwd }: ReporterOptions): Reporter {
  const colour = wantsColour(stderr, env) ? "always" : "never";
  const lively = format === "text" && detail !== "quiet" && stderr.isTTY && env["TERM"] !== "dumb" && !env["CI"];
  const clear = lively ? "\r\u001b[2K" : "";
  return {
    columns: stdout.isTTY ? stdout.columns : undefined,
    status: (text) => {
      if (lively) stderr.write(`${clear}${text}`);
    },
    remark: (text) => stderr.write(`${clear}${ended(text)}`),
    answer: ({ diagnostics, root, text, brief = text, consequence, complaint = "", json }) => {
      if (format === "json") {
        stdout.write(`${JSON.stringify({ ...json, diagnostics: diagnostics.map(diagnosticToJson) }, null, 2)}\n`);
        return;
      }
      const read = cachedReader(root);
      // As seen from where the user stands, so that a terminal or a CI can open it.
      const nameOf = (file: string) => shorten(join(root, file), cwd);
      const columns = stderr.isTTY ? stderr.columns : undefined;
      const style: Style = { colour, read, nameOf, ...(columns !== undefined && { columns }) };
      const shown = diagnostics.filter((found) => isShown(found, detail));
      const said = tell(shown, detail, style).map((each) => `${each}\n\n`);
      const count = diagnostics.some(isError) ? conclude(diagnostics, consequence) : "";
      stderr.write(clear + said.join("") + readMore(errorsFirst(shown)) + count + ended(complaint));
      stdout.write(ended(detail === "quiet" ? brief : text));
    },
  };
}

/** As they are printed, without colours. Empty where there are none. */
export function describeDiagnostics(diagnostics: readonly Diagnostic[], { root, cwd }: Folders): string {
  const nameOf = (file: string) => shorten(join(root, file), cwd);
  const shown = diagnostics.filter((found) => isShown(found, "normal"));
  return tell(shown, "normal", { colour: "never", read: cachedReader(root), nameOf }).join("\n\n");
}

interface Folders {
  /** Absolute; where the paths in diagnostics start. */
  readonly root: string;
  /** From where they are shown. */
  readonly cwd: string;
}

function isShown(found: Diagnostic, detail: Detail): boolean {
  if (detail === "quiet") return isError(found);
  return detail === "full" || !found.accepted;
}

function tell(shown: readonly Diagnostic[], detail: Detail, style: Style): readonly string[] {
  if (detail === "full") return errorsFirst(shown).map((found) => formatDiagnostic(found, style));
  return gatherDiagnostics(shown).map((gathered) => formatGathered(gathered, style));
}

/** Once for all of them: the same line below each would hide what differs. */
function readMore(diagnostics: readonly Diagnostic[]): string {
  const codes = [...new Set(diagnostics.map(({ code }) => code))];
  const [first] = codes;
  if (first === undefined) return "";
  return codes.length === 1
    ? `read more: mcpgen explain ${first}\n`
    : `read more: mcpgen explain CODE, for ${codes.join(", ")}\n`;
}

function conclude(diagnostics: readonly Diagnostic[], consequence: string | undefined): string {
  return `${countDiagnostics(diagnostics)}${consequence === undefined ? "" : `; ${consequence}`}\n`;
}

/** https://no-color.org: any value but the empty one, and it outweighs a terminal. */
function wantsColour(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv): boolean {
  if (env["NO_COLOR"]) return false;
  if (env["FORCE_COLOR"] !== undefined) return env["FORCE_COLOR"] !== "0";
  return stream.isTTY && env["TERM"] !== "dumb";
}

/** A hundred diagnostics of one file read it once. */
function cachedReader(root: string): (file: string) => string | undefined {
  const texts = new Map<string, string | undefined>();
  return (file) => {
    if (!texts.has(file)) texts.set(file, readText(join(root, file)));
    return texts.get(file);
  };
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8").replace(/^\uFEFF/, "");
  } catch {
    return undefined;
  }
}

function ended(text: string): string {
  return text === "" || text.endsWith("\n") ? text : `${text}\n`;
}
