/**
 * A scaffold file in three versions → the user's, with what mcpgen changed since it last wrote it. Where two branches of
 * a repository met in it, each side is brought up to date by itself, and both are merged if nothing of either is lost.
 */
import { toLineFeeds } from "../../model/hash.js";
import { mergeVariables, addVariables } from "./env-example.js";
import { mergeJson } from "./json.js";
import { hasMarkers, sidesOf } from "../../model/project/markers.js";
import { addPackages, mergePackages } from "./package-json.js";
import { mergeText } from "./text.js";
import type { Merged, Versions } from "./merged.js";

/** What mcpgen has put there ever: what is missing of it, the user has taken out. */
export interface Known {
  readonly dependencies: readonly string[];
  readonly variables: readonly string[];
}

export interface Scaffold extends Omit<Versions, "base"> {
  readonly path: string;
  /** Of ours and of their branch; absent where it is unknown what mcpgen wrote. */
  readonly bases: readonly [string, string] | undefined;
  readonly known: Known;
}

export type ScaffoldMerge =
  | (Merged & { readonly kind: "merged" })
  /** Marks of a conflict between branches, which nobody but the user can resolve. */
  | { readonly kind: "marked" }
  /** No JSON object, though it has to be one. */
  | { readonly kind: "unreadable" };

export function mergeScaffold(scaffold: Scaffold): ScaffoldMerge {
  const { path, bases, user, planned, known } = scaffold;
  const kept = { kind: "merged", text: user, conflicts: [] } as const;
  // Emptied: not wanted.
  if (user.trim() === "" && path !== "package.json" && path !== ".env.example") return kept;
  const isMarked = hasMarkers(user);
  const users = sidesOf(user);
  const isEdited = bases?.some((base, side) => toLineFeeds(users?.[side] ?? user) !== toLineFeeds(base));
  if (isTest(path) && isEdited) return isMarked ? { kind: "marked" } : kept;
  if (!users || (isMarked && !bases)) return { kind: "marked" };
  if (!bases) return told(addMissing(scaffold));
  const merge = (versions: Versions) => mergeVersions(path, versions, known);
  if (users[0] === users[1] && bases[0] === bases[1]) return told(merge({ base: bases[0], user, planned }));
  const ours = merge({ base: bases[0], user: users[0], planned });
  const theirs = merge({ base: bases[1], user: users[1], planned });
  const both = ours && theirs && merge({ base: planned, user: ours.text, planned: theirs.text });
  const conflicts = [ours, theirs, both].flatMap((each) => each?.conflicts ?? []);
  if (isMarked) return both && conflicts.length === 0 ? { kind: "merged", ...both } : { kind: "marked" };
  return told(both && { text: both.text, conflicts });
}

function told(merged: Merged | undefined): ScaffoldMerge {
  return merged ? { kind: "merged", ...merged } : { kind: "unreadable" };
}

function mergeVersions(path: string, versions: Versions, known: Known): Merged | undefined {
  if (path === "package.json") return mergePackages(versions, known.dependencies);
  if (path === ".env.example") return mergeVariables(versions, known.variables);
  return (path.endsWith(".json") ? mergeJson(versions) : undefined) ?? mergeText(versions);
}

/** A test that the user has had in hand says what they want of the tool, not what mcpgen makes of it. */
function isTest(path: string): boolean {
  return path.startsWith("test/") && path.endsWith(".test.ts");
}

/** Without a base only what is missing can be seen, and only where a file is a list of things. */
function addMissing({ path, user, planned, known }: Scaffold): Merged | undefined {
  const added = (text: string | undefined) => (text === undefined ? undefined : { text, conflicts: [] });
  if (path === "package.json") return added(addPackages(user, planned, known.dependencies));
  if (path === ".env.example") return added(addVariables(user, planned, known.variables));
  return added(user);
}
