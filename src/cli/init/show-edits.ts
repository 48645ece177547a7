/** Edits → the lines that go and come, file by file; or a line for each file. */
import { structuredPatch } from "diff";
import type { FileEdit } from "./edits.js";

export function showEdits(edits: readonly FileEdit[]): readonly string[] {
  return edits.flatMap(({ path, before, after }) => [
    `${before === undefined ? "new " : ""}${path}`,
    ...changedLines(before ?? "", after).map((line) => `  ${line}`),
  ]);
}

/** Which values are set in which file. */
export function nameEdits(edits: readonly FileEdit[]): readonly string[] {
  return edits.map(({ path, before, values }) => {
    const named = values.map((keys) => keys.join(".")).join(", ");
    return `${before === undefined ? "new " : ""}${path}${named === "" ? "" : `   ${named}`}`;
  });
}

function changedLines(before: string, after: string): readonly string[] {
  const { hunks } = structuredPatch("", "", before, after, undefined, undefined, { context: 0 });
  return hunks.flatMap(({ lines }) => lines).filter((line) => !line.startsWith("\\"));
}
