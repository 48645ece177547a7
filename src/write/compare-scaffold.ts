/** A scaffold file and its base as they stand → what becomes of both. The file is the user's: whatever is decided, their lines stay. */
import { diagnostic, type Diagnostic } from "../diagnostics/diagnostic.js";
import type { Change, MergeFate, OutputFile } from "../model/files.js";
import { toLineFeeds } from "../model/hash.js";
import { succeed, type Result } from "../model/result.js";
import { basePath } from "./base.js";
import { describeConflicts } from "./diff.js";
import { mergeScaffold } from "./merge/scaffold.js";
import type { Snapshot } from "./snapshot.js";

/** Lists of things: what is missing of them can be seen without a base. */
const lists = ["package.json", ".env.example"];

export function compareScaffold(file: OutputFile, before: string, snapshot: Snapshot): Result<readonly Change[]> {
  const { path, text: planned, owner } = file;
  const merged = mergeScaffold({
    path,
    base: textOf(basePath(path), snapshot),
    user: before,
    planned,
    known: knownTo(snapshot),
  });
  if (merged.kind === "unreadable") return succeed([], [diagnostic("MG605", `\`${path}\` is not a JSON object`)]);
  const bases = isFollowed(file, before, snapshot) ? compareBase(file, snapshot) : [];
  if (merged.kind === "marked") {
    const said = diagnostic("MG615", `\`${path}\` holds the marks of a merge conflict`);
    return succeed([{ kind: "unchanged", path, merge: "conflict" }, ...bases], [said]);
  }
  const { text, conflicts } = merged;
  const fate: MergeFate = conflicts.length > 0 ? "conflict" : text === before ? "kept" : "merged";
  const merge = toLineFeeds(before) !== planned && { merge: fate };
  const change: Change =
    text === before ? { kind: "unchanged", path, ...merge } : { kind: "update", path, text, before, owner, ...merge };
  return succeed([change, ...bases], conflicts.length > 0 ? [overlap(path, describeConflicts(conflicts))] : []);
}

/** What mcpgen has ever put there, on any branch. */
function knownTo({ manifest, rival }: Snapshot) {
  const both = [manifest, rival];
  return {
    dependencies: both.flatMap((each) => each?.dependencies ?? []),
    variables: both.flatMap((each) => each?.variables ?? []),
  };
}

function overlap(path: string, message: string): Diagnostic {
  return diagnostic("MG613", `\`${path}\` was changed by mcpgen where you had changed it: yours stays`, {
    notes: [{ message }],
  });
}

/** Not a file that was there before mcpgen: what mcpgen would have written is no base of that. */
function isFollowed({ path, text }: OutputFile, before: string, snapshot: Snapshot): boolean {
  if (textOf(basePath(path), snapshot) !== undefined || lists.includes(path)) return true;
  return toLineFeeds(before) === text || isLost(path, snapshot);
}

/** It was written once, and there is no base of anything: git was told to leave it out, or mcpgen kept none yet. */
function isLost(path: string, { manifest, bases }: Snapshot): boolean {
  return bases.length === 0 && manifest !== undefined && manifest.scaffold.includes(path);
}

/** Of all files that are not as mcpgen would write them, once: from this build on they have a base. */
export function tellLostBases(files: readonly OutputFile[], snapshot: Snapshot): readonly Diagnostic[] {
  const lost = files.filter(({ owner, path, text }) => {
    const now = textOf(path, snapshot);
    const isWanted = now !== undefined && (now.trim() !== "" || lists.includes(path));
    return owner === "scaffold" && isWanted && isLost(path, snapshot) && toLineFeeds(now) !== text;
  });
  if (lost.length === 0) return [];
  const notes = [{ message: `as you have them stay\n${lost.map(({ path }) => path).join("\n")}` }];
  return [diagnostic("MG614", "what mcpgen last wrote of the scaffold files is not known", { notes })];
}

export function compareBase({ path: of, text }: OutputFile, { entries }: Snapshot): readonly Change[] {
  const path = basePath(of);
  const entry = entries.get(path);
  if (entry?.kind !== "file") return [{ kind: "create", path, text, owner: "generated" }];
  if (toLineFeeds(entry.text) === text) return [{ kind: "unchanged", path }];
  return [{ kind: "update", path, text, before: entry.text, owner: "generated" }];
}

/** Of files that are not written any more, and stay with the user. */
export function compareLeftBases(files: readonly OutputFile[], snapshot: Snapshot): readonly Change[] {
  const planned = new Set(files.filter(({ owner }) => owner === "scaffold").map(({ path }) => basePath(path)));
  return snapshot.bases.flatMap((path): readonly Change[] => {
    const before = textOf(path, snapshot);
    return planned.has(path) || before === undefined ? [] : [{ kind: "delete", path, before }];
  });
}

function textOf(path: string, { entries }: Snapshot): string | undefined {
  const entry = entries.get(path);
  return entry?.kind === "file" ? entry.text : undefined;
}
