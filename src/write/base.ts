/**
 * What mcpgen last wrote of each scaffold file, in one file of the output. It is committed: whoever builds merges with the
 * same base. Its lines are those of the files, so that git merges them as it merges the files.
 */
import type { Change, OutputFile } from "../model/files.js";
import { lastly } from "../model/once.js";
import { sidesOf } from "../model/project/markers.js";
import { compareText } from "../model/text.js";
import { workFolder } from "./paths.js";
import { textOrNothing } from "./texts.js";

export const baseName = "base.json";

/** Relative to the output. */
export const basePath = `${workFolder}/${baseName}`;

/** As ours and as their branch knows it: one text, but where git has left its marks. */
export type Base = readonly [ours: string, theirs: string];

/** By the paths of their files. */
export type Bases = ReadonlyMap<string, Base>;

export function readBases(output: string): Bases {
  return parseBases(textOrNothing(output, basePath));
}

export function parseBases(text: string | undefined): Bases {
  return text === undefined ? new Map() : parse(text);
}

/** What this process has written last, which its next build begins with. */
interface Printed {
  readonly text: string;
  readonly files: ReadonlyMap<string, PrintedFile>;
}

interface PrintedFile {
  readonly text: string;
  readonly lines: string;
}

let printed: Printed | undefined;

/** None where the text is not what mcpgen wrote. A build asks more than once. */
const parse = lastly((text): Bases => {
  if (printed?.text !== text) return read(text);
  return new Map([...printed.files].map(([path, file]) => [path, [file.text, file.text]]));
});

function read(text: string): Bases {
  const [ours, theirs] = (sidesOf(text) ?? []).map(decode);
  if (!ours || !theirs) return new Map();
  return new Map(
    [...new Map([...theirs, ...ours])].map(([path, known]) => [
      path,
      [ours.get(path) ?? known, theirs.get(path) ?? known],
    ]),
  );
}

function decode(text: string): ReadonlyMap<string, string> | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  return new Map(
    Object.entries(value).flatMap(([path, lines]: readonly [string, unknown]) =>
      Array.isArray(lines) && lines.every((line) => typeof line === "string") ? [[path, lines.join("\n")]] : [],
    ),
  );
}

/** By code units of their paths: the same on every machine, and a merge finds neighbours together. */
export function printBases(texts: ReadonlyMap<string, string>): string {
  const sorted = [...texts].sort(([a], [b]) => compareText(a, b));
  const files = new Map(sorted.map(([path, text]) => [path, printFile(path, text)]));
  printed = { files, text: `{\n${[...files.values()].map(({ lines }) => lines).join(",\n")}\n}\n` };
  return printed.text;
}

function printFile(path: string, text: string): PrintedFile {
  const known = printed?.files.get(path);
  if (known?.text === text) return known;
  return { text, lines: `  ${JSON.stringify(path)}: [\n    ${printLines(text)}\n  ]` };
}

function printLines(text: string): string {
  // At once, where no `\\n` can be but that of a line's end.
  if (!text.includes("\\")) return JSON.stringify(text).replaceAll("\\n", '",\n    "');
  const lines = text.split("\n").map((line) => JSON.stringify(line));
  return lines.join(",\n    ");
}

/** `before` is what stands there. A formatter may have laid it out anew: what it says counts. */
export function compareBases(
  next: ReadonlyMap<string, string>,
  now: Bases,
  before: string | undefined,
): readonly Change[] {
  const path = basePath;
  if (before === undefined) return next.size === 0 ? [] : [{ kind: "create", path, text: printBases(next), owner }];
  if (next.size === 0) return [{ kind: "delete", path, before }];
  if (isSame(next, now)) return [{ kind: "unchanged", path }];
  return [{ kind: "update", path, text: printBases(next), before, owner }];
}

const owner: OutputFile["owner"] = "generated";

function isSame(next: ReadonlyMap<string, string>, now: Bases): boolean {
  return next.size === now.size && [...next].every(([path, text]) => now.get(path)?.every((side) => side === text));
}
