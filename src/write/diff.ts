/** Two texts → the unified diff of them, short enough to be read in a terminal. */
import { structuredPatch } from "diff";
import { toLineFeeds } from "../model/hash.js";
import type { Conflict } from "./merge/merged.js";

/** Lines shown; the rest is counted. */
const limit = 60;

/** What mcpgen would write is taken out, what stands on disk is put in: the edit reads as an edit. */
export function describeEdit(written: string, onDisk: string): string {
  const { hunks } = structuredPatch("", "", written, toLineFeeds(onDisk), undefined, undefined, {
    context: 2,
    timeout: 500,
  }) ?? { hunks: [] };
  const lines = hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines: changed }) => [
    `@@ -${String(oldStart)},${String(oldLines)} +${String(newStart)},${String(newLines)} @@`,
    ...changed,
  ]);
  return show(lines);
}

/** Both sides of each. */
export function describeConflicts(conflicts: readonly Conflict[]): string {
  const marked = (mark: string, text: string) => (text === "" ? [] : text.split("\n").map((line) => mark + line));
  return show(
    conflicts.flatMap(({ place, user, planned }) => [`@@ ${place} @@`, ...marked("-", planned), ...marked("+", user)]),
  );
}

function show(lines: readonly string[]): string {
  const hidden = lines.length - limit;
  const shown = hidden > 0 ? [...lines.slice(0, limit), `… ${String(hidden)} more lines`] : lines;
  return ["- as mcpgen writes it, + as it is on disk", ...shown].join("\n");
}
