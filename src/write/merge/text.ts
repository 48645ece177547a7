/** Three versions of a text, merged by lines. */
import { diff3Merge } from "node-diff3";
import type { Conflict, Merged, Versions } from "./merged.js";

/** Line ends are the user's. */
export function mergeText({ base, user, planned }: Versions): Merged {
  // Most files are as they were written, and nothing new is planned for them.
  if (planned === base) return { text: user, conflicts: [] };
  if (user === base) return { text: planned, conflicts: [] };
  const eol = user.includes("\r\n") ? "\r\n" : "\n";
  const regions = diff3Merge(linesOf(user), linesOf(base), linesOf(planned), { excludeFalseConflicts: true });
  const lines: string[] = [];
  const conflicts: Conflict[] = [];
  for (const { ok, conflict } of regions) {
    if (conflict && !isRewritten(conflict.o, conflict.a)) {
      const place = `line ${String(lines.length + 1)}`;
      conflicts.push({ place, user: conflict.a.join("\n"), planned: conflict.b.join("\n") });
    }
    lines.push(...(ok ?? conflict?.a ?? []));
  }
  return { text: lines.join(eol), conflicts };
}

/** A whole part that the user has thrown out: what becomes of it is no business of theirs any more. */
function isRewritten(base: readonly string[], user: readonly string[]): boolean {
  const written = base.filter((line) => /\w/.test(line));
  return written.length >= part && !written.some((line) => user.includes(line));
}

/** Lines of a part; fewer are a passage, which the user may have put in other words. */
const part = 10;

function linesOf(text: string): string[] {
  return text.split(/\r?\n/);
}
