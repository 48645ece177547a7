/** Edits → the user's files, all or none: new texts stand beside the files first, then each takes its file's place. */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { FileEdit } from "./edits.js";

/** The reason why nothing was written; absent where all was. `mode` is that of new files. */
export function writeEdits(root: string, edits: readonly FileEdit[], mode = 0o666): string | undefined {
  const staged = edits.map((edit) => ({ ...edit, target: join(root, edit.path), stage: stageOf(root, edit.path) }));
  const written: string[] = [];
  const placed: typeof staged = [];
  try {
    for (const { target, stage, before, after, path } of staged) {
      if (textAt(target) !== before) return `\`${path}\` has changed meanwhile`;
      mkdirSync(dirname(stage), { recursive: true });
      written.push(stage);
      writeFileSync(stage, after, { mode: before === undefined ? mode : statSync(target).mode });
    }
    for (const edit of staged) {
      renameSync(edit.stage, edit.target);
      placed.push(edit);
    }
    return undefined;
  } catch (cause) {
    if (!(cause instanceof Error) || !("code" in cause)) throw cause;
    for (const { target, before } of placed) {
      if (before === undefined) rmSync(target, { force: true });
      else writeFileSync(target, before);
    }
    return cause.message;
  } finally {
    for (const stage of written) rmSync(stage, { force: true });
  }
}

/** In the same folder: a rename across disks would be a copy, which can stop half-way. */
function stageOf(root: string, path: string): string {
  return `${join(root, path)}.mcpgen-${String(process.pid)}`;
}

function textAt(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}
