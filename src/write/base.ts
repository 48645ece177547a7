/**
 * What mcpgen last wrote of each scaffold file, in one file of the output, a line a file. It is committed: whoever builds merges
 * with the same base.
 */
import type { Change, OutputFile } from "../model/files.js";
import { sidesOf } from "../model/project/markers.js";
import { compareText } from "../model/text.js";
import { textOrNothing, workFolder } from "./paths.js";

export const baseName = "base.json";

/** Relative to the output. */
export const basePath = `${workFolder}/${baseName}`;

/** Texts by the paths of their files. */
export type Bases = ReadonlyMap<string, string>;

export function readBases(output: string): Bases {
  return parseBases(textOrNothing(output, basePath));
}

/** None where the text is not what mcpgen wrote. Where git has left its marks, what either branch knows, ours first. */
export function parseBases(text: string | undefined): Bases {
  const sides = text === undefined ? undefined : sidesOf(text);
  const [ours, theirs] = (sides ?? []).map(decode);
  return ours && theirs ? new Map([...theirs, ...ours]) : new Map();
}

function decode(text: string): Bases | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null) return undefined;
    return new Map(Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === "string"));
  } catch {
    return undefined;
  }
}

/** By code units of their paths: the same on every machine, and a merge finds neighbours together. */
export function printBases(bases: Bases): string {
  const sorted = [...bases].sort(([a], [b]) => compareText(a, b));
  return `{\n${sorted.map(([path, text]) => `  ${JSON.stringify(path)}: ${JSON.stringify(text)}`).join(",\n")}\n}\n`;
}

/** `before` is what stands there. A formatter may have laid it out anew: what it says counts. */
export function compareBases(next: Bases, now: Bases, before: string | undefined): readonly Change[] {
  const path = basePath;
  if (before === undefined) return next.size === 0 ? [] : [{ kind: "create", path, text: printBases(next), owner }];
  if (next.size === 0) return [{ kind: "delete", path, before }];
  if (isSame(next, now) && sidesOf(before)?.[0] === before) return [{ kind: "unchanged", path }];
  return [{ kind: "update", path, text: printBases(next), before, owner }];
}

const owner: OutputFile["owner"] = "generated";

function isSame(a: Bases, b: Bases): boolean {
  return a.size === b.size && [...a].every(([path, text]) => b.get(path) === text);
}
