/**
 * Planned files + the output folder as it is + the manifest → what has to change, or why it may not.
 * Pure. Generated files are ours as long as their hash, or that of their tokens, says so, or git has left its marks in them;
 * scaffold files are the user's from the day they are written.
 */
import { diagnostic, isError } from "../diagnostics/diagnostic.js";
import { compareText } from "../model/text.js";
import type { InputFile } from "../model/api.js";
import {
  hasText,
  isStanding,
  manifestPath,
  type Change,
  type Manifest,
  type OutputFile,
  type PlannedFile,
} from "../model/files.js";
import { hashText, toLineFeeds } from "../model/hash.js";
import { succeed, type Result } from "../model/result.js";
import { hasMarkers } from "../model/project/markers.js";
import { compareAllBases, compareScaffold, tellLostBases } from "./compare-scaffold.js";
import { describeEdit } from "./diff.js";
import { hashPlanned } from "./earlier.js";
import { printManifest } from "./manifest.js";
import { variablesIn } from "./merge/env-example.js";
import { packagesOf } from "./merge/package-json.js";
import { hashTokens } from "./tokens.js";
import { tellStaleTests } from "./stale-tests.js";
import { obstacle, unreadable, type Entry, type Snapshot } from "./snapshot.js";

export interface Comparison {
  readonly files: readonly PlannedFile[];
  readonly snapshot: Snapshot;
  /** What the output was made from, for the manifest. */
  readonly origin: Pick<Manifest, "mcpgen" | "config" | "asked"> & { readonly inputs: readonly InputFile[] };
  /** `overwrite` replaces the user's edits, with a backup of each. */
  readonly conflicts: "refuse" | "overwrite";
}

/** Sorted by path, the manifest last: until it is in place, the old one tells the truth about what is not yet replaced. */
export function compareFiles(comparison: Comparison): Result<readonly Change[]> {
  const { files, snapshot } = comparison;
  if (snapshot.isUnsettled)
    return succeed([], [diagnostic("MG604", "another build is writing, or was interrupted while it wrote")]);
  const planned = new Set(files.map((file) => file.path));
  const written = [snapshot.manifest, snapshot.rival]
    .flatMap((each) => Object.keys(each?.files ?? {}))
    .concat(snapshot.strays);
  const orphans = [...new Set(written)].filter((path) => !planned.has(path));
  const results = [
    ...files.map((file) => compareFile(file, comparison)),
    ...orphans.map((path) => compareOrphan(path, comparison)),
    compareAllBases(files, snapshot),
    succeed([], tellLostBases(files, snapshot)),
    succeed([], snapshot.broken ? [snapshot.broken] : []),
  ];
  const diagnostics = results.flatMap((result) => result.diagnostics);
  if (diagnostics.some(isError)) return succeed([], diagnostics);
  // By code units: the same order on every machine.
  const changes = results.flatMap((result) => result.value).sort((a, b) => compareText(a.path, b.path));
  const manifest = compareManifest(comparison);
  // In the build that writes, and only there: what is not written is told again.
  const stale = tellStaleTests(files, snapshot);
  return succeed([...changes, ...manifest.value], [...diagnostics, ...stale, ...manifest.diagnostics]);
}

type Compared = Result<readonly Change[]>;

/** A link or a folder in the very place of a scaffold file is what the user made of it. */
function isUsersOwn({ owner, path }: PlannedFile, entry: Entry): boolean {
  return owner === "scaffold" && (entry.kind === "folder" || (entry.kind === "link" && entry.at === path));
}

function compareFile(file: PlannedFile, comparison: Comparison): Compared {
  if (isStanding(file)) return succeed([{ kind: "unchanged", path: file.path }]);
  const entry = entryOf(file.path, comparison.snapshot);
  switch (entry.kind) {
    case "missing":
      return succeed([{ kind: "create", ...file, ...(wasWritten(file, comparison.snapshot) && { again: true }) }]);
    case "file":
      return file.owner === "generated"
        ? compareGenerated(file, entry.text, comparison)
        : compareScaffold(file, entry.text, comparison.snapshot);
    default:
      return isUsersOwn(file, entry)
        ? succeed([{ kind: "unchanged", path: file.path }])
        : succeed([], [obstacle(file.path, entry)]);
  }
}

function wasWritten({ path }: PlannedFile, { manifest }: Snapshot): boolean {
  return manifest !== undefined && (path in manifest.files || manifest.scaffold.includes(path));
}

function compareGenerated(file: OutputFile, before: string, comparison: Comparison): Compared {
  const { path, text } = file;
  if (toLineFeeds(before) === text) return succeed([{ kind: "unchanged", path }]);
  const update = { kind: "update", ...file, before } as const;
  const origin = originOf(path, before, comparison.snapshot);
  if (origin === "written" || hashTokens(before) === hashTokens(text)) return succeed([update]);
  if (origin === "merged" || comparison.conflicts === "overwrite") return succeed([{ ...update, backup: true }]);
  const notes = [{ message: describeEdit(text, before) }];
  if (origin === "edited") return succeed([], [diagnostic("MG601", `\`${path}\` was edited by hand`, { notes })]);
  return succeed([], [diagnostic("MG602", `\`${path}\` was not written by mcpgen`, { notes })]);
}

/**
 * `written`: what mcpgen wrote, in whatever layout, what git made a conflict of, or an empty file, which holds nothing that
 * could be lost and is what a power failure leaves. `merged`: two branches wrote it
 * differently and git put them together without a mark, the manifest is lost, or it is JSON no more; an edit could hide in it.
 */
type Origin = "written" | "merged" | "edited" | "foreign";

function originOf(path: string, text: string, snapshot: Snapshot): Origin {
  const manifests = [snapshot.manifest, snapshot.rival].filter((each) => each !== undefined);
  const hash = hashText(text);
  const hashes = manifests.map(({ files }) => files[path]);
  if (hashes.includes(hash) || hasMarkers(text) || text === "") return "written";
  const tokens = manifests.flatMap((each) => each.tokens[path] ?? []);
  if (tokens.length > 0 && tokens.includes(hashTokens(text))) return "written";
  if (snapshot.broken || hashes[0] !== hashes.at(-1) || (hashes[0] && isBrokenJson(path, text))) return "merged";
  return hashes.some((each) => each !== undefined) ? "edited" : "foreign";
}

/** Half a merge, or half a file: no edit that anybody could use. */
function isBrokenJson(path: string, text: string): boolean {
  if (!path.endsWith(".json")) return false;
  try {
    JSON.parse(text);
    return false;
  } catch {
    return true;
  }
}

function compareOrphan(path: string, { snapshot, conflicts }: Comparison): Compared {
  const entry = entryOf(path, snapshot);
  // A folder or a link where our file used to be is the user's doing and in nobody's way.
  if (entry.kind === "unreadable") return succeed([], [unreadable(path, entry.reason)]);
  if (entry.kind !== "file") return succeed([]);
  const change = { kind: "delete", path, before: entry.text } as const;
  const origin = originOf(path, entry.text, snapshot);
  if (origin === "written") return succeed([change]);
  if (origin === "merged" || conflicts === "overwrite") return succeed([{ ...change, backup: true }]);
  return succeed([], [diagnostic("MG603", `\`${path}\` is no longer needed, but was edited by hand`)]);
}

function compareManifest(comparison: Comparison): Compared {
  const { snapshot } = comparison;
  const entry = entryOf(manifestPath, snapshot);
  const text = printManifest(nextManifest(comparison));
  const owner = "generated" as const;
  if (entry.kind === "missing") return succeed([{ kind: "create", path: manifestPath, text, owner }]);
  if (entry.kind !== "file") return succeed([], [obstacle(manifestPath, entry)]);
  if (toLineFeeds(entry.text) === text) return succeed([{ kind: "unchanged", path: manifestPath }]);
  return succeed([
    {
      kind: "update",
      path: manifestPath,
      text,
      before: entry.text,
      owner,
      ...(snapshot.broken && { backup: true }),
    },
  ]);
}

function nextManifest(comparison: Comparison): Manifest {
  const { files, snapshot, origin } = comparison;
  const generated = files.filter(({ owner }) => owner === "generated").sort((a, b) => compareText(a.path, b.path));
  const scaffold = files.filter(({ owner }) => owner === "scaffold");
  const before = [snapshot.manifest, snapshot.rival];
  const hashes = new Map(generated.map((file) => [file.path, hashPlanned(file)]));
  const textOf = (path: string): string => {
    const found = scaffold.find((file) => file.path === path);
    return found && hasText(found) ? found.text : "";
  };
  return {
    mcpgen: origin.mcpgen,
    config: origin.config,
    ...(origin.asked && { asked: origin.asked }),
    inputs: Object.fromEntries(origin.inputs.map((input) => [input.path, input.hash])),
    files: Object.fromEntries(hashes),
    tokens: Object.fromEntries(generated.map((file) => [file.path, tokensOf(file, hashes.get(file.path), comparison)])),
    scaffold: scaffold.map((file) => file.path),
    dependencies: [...before.flatMap((each) => each?.dependencies ?? []), ...packagesOf(textOf("package.json"))],
    variables: [...before.flatMap((each) => each?.variables ?? []), ...variablesIn(textOf(".env.example"))],
  };
}

/** Of the manifest that this mcpgen wrote, as long as it speaks of this text: most files are as they were. */
function tokensOf(file: PlannedFile, hash: string | undefined, { snapshot, origin }: Comparison): string {
  const { path } = file;
  const { manifest, rival } = snapshot;
  const isOurs = manifest?.mcpgen === origin.mcpgen && !rival && manifest.files[path] === hash;
  const known = isOurs ? manifest.tokens[path] : undefined;
  // Nothing stands untouched but beside the manifest that it was written with.
  return known ?? (isStanding(file) ? "" : (file.tokens ?? hashTokens(file.text)));
}

function entryOf(path: string, snapshot: Snapshot): Entry {
  return snapshot.entries.get(path) ?? { kind: "missing" };
}
