/** A scaffold file and its base as they stand → what becomes of both. The file is the user's: whatever is decided, their lines stay. */
import { diagnostic, type Diagnostic } from "../diagnostics/diagnostic.js";
import { hasText, isStanding, type Change, type MergeFate, type OutputFile, type PlannedFile } from "../model/files.js";
import { toLineFeeds } from "../model/hash.js";
import { succeed, type Result } from "../model/result.js";
import { basePath, compareBases } from "./base.js";
import { describeConflicts } from "./diff.js";
import { mergeScaffold } from "./merge/scaffold.js";
import { obstacle, type Snapshot } from "./snapshot.js";

/** Lists of things: what is missing of them can be seen without a base. */
const lists = ["package.json", ".env.example"];

export function compareScaffold(
  { path, text: planned, owner }: OutputFile,
  before: string,
  snapshot: Snapshot,
): Result<readonly Change[]> {
  const merged = mergeScaffold({
    path,
    bases: snapshot.bases.get(path),
    user: before,
    planned,
    known: knownTo(snapshot),
  });
  if (merged.kind === "unreadable") return succeed([], [diagnostic("MG605", `\`${path}\` is not a JSON object`)]);
  if (merged.kind === "marked") {
    const said = diagnostic("MG615", `\`${path}\` holds the marks of a merge conflict`);
    return succeed([{ kind: "unchanged", path, merge: "conflict" }], [said]);
  }
  const { text, conflicts } = merged;
  const fate: MergeFate = conflicts.length > 0 ? "conflict" : text === before ? "kept" : "merged";
  const merge = toLineFeeds(before) !== planned && { merge: fate };
  const change: Change =
    text === before ? { kind: "unchanged", path, ...merge } : { kind: "update", path, text, before, owner, ...merge };
  return succeed([change], conflicts.length > 0 ? [overlap(path, describeConflicts(conflicts))] : []);
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

/** It was written once, and there is no base of anything: git was told to leave it out, or mcpgen kept none yet. */
function isLost(path: string, { manifest, bases }: Snapshot): boolean {
  return bases.size === 0 && manifest !== undefined && manifest.scaffold.includes(path);
}

/** Of all files that are not as mcpgen would write them, once: from this build on they have a base. */
export function tellLostBases(files: readonly PlannedFile[], snapshot: Snapshot): readonly Diagnostic[] {
  const lost = files.filter(hasText).filter(({ owner, path, text }) => {
    const now = textOf(path, snapshot);
    const isWanted = now !== undefined && (now.trim() !== "" || lists.includes(path));
    return owner === "scaffold" && isWanted && isLost(path, snapshot) && toLineFeeds(now) !== text;
  });
  if (lost.length === 0) return [];
  const notes = [{ message: `as you have them stay\n${lost.map(({ path }) => path).join("\n")}` }];
  return [diagnostic("MG614", "what mcpgen last wrote of the scaffold files is not known", { notes })];
}

/** Each file that is merged from now on has what is planned of it; those that are not written any more have none. */
export function compareAllBases(files: readonly PlannedFile[], snapshot: Snapshot): Result<readonly Change[]> {
  const scaffold = files.filter(({ owner }) => owner === "scaffold");
  const next = scaffold.flatMap((file): readonly [string, string][] => {
    const text = nextBase(file, snapshot);
    return text === undefined ? [] : [[file.path, text]];
  });
  const before = snapshot.entries.get(basePath) ?? { kind: "missing" };
  switch (before.kind) {
    case "missing":
    case "file":
      return succeed(compareBases(new Map(next), snapshot.bases, before.kind === "file" ? before.text : undefined));
    default:
      return succeed([], [obstacle(basePath, before)]);
  }
}

/** None of a file that was there before mcpgen: what mcpgen would have written is no base of that. */
function nextBase(file: PlannedFile, snapshot: Snapshot): string | undefined {
  const { path } = file;
  const [before] = snapshot.bases.get(path) ?? [];
  if (isStanding(file)) return before;
  const { text } = file;
  const entry = snapshot.entries.get(path) ?? { kind: "missing" };
  // A link or a folder in its place is what the user made of it.
  if (entry.kind !== "missing" && entry.kind !== "file") return before;
  if (entry.kind === "missing" || before !== undefined || lists.includes(path)) return text;
  return toLineFeeds(entry.text) === text || isLost(path, snapshot) ? text : undefined;
}

function textOf(path: string, { entries }: Snapshot): string | undefined {
  const entry = entries.get(path);
  return entry?.kind === "file" ? entry.text : undefined;
}
