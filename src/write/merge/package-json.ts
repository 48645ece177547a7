/**
 * The user's package.json + what mcpgen wrote of it and would write now → package.json with what changed. A package
 * that the user has anywhere is there; one that is no longer needed stays, because tests may have come to use it.
 */
import { insertValue, mergeRecords, parseObject, type JsonRecord, type Records } from "./json.js";
import type { Merged, Versions } from "./merged.js";

const sections = ["dependencies", "devDependencies"] as const;
/** Where a user may have put a package; any of them counts as having it. */
const allSections = [...sections, "peerDependencies", "optionalDependencies"] as const;

/** Names of all packages that a package.json of ours asks for. */
export function packagesOf(text: string): readonly string[] {
  const content = parsePackageJson(text) ?? {};
  return sections.flatMap((section) => Object.keys(sectionOf(content, section)));
}

/** Without a base. Undefined when the user's text is not a JSON object. `known` were added once before: missing now means removed by the user. */
export function addPackages(current: string, wanted: string, known: readonly string[]): string | undefined {
  const had = parsePackageJson(current);
  if (!had) return undefined;
  const present = new Set([...known, ...allSections.flatMap((section) => Object.keys(sectionOf(had, section)))]);
  let text = current;
  for (const section of sections) {
    const packages = Object.entries(sectionOf(parsePackageJson(wanted) ?? {}, section));
    for (const [name, value] of packages)
      if (!present.has(name)) text = insertValue(text, { path: [section, name], value, sorted: true });
  }
  return text;
}

/** Undefined where one of them is not a JSON object. `known` as above. */
export function mergePackages({ base, user, planned }: Versions, known: readonly string[]): Merged | undefined {
  const [was, has, wants] = [base, user, planned].map(parsePackageJson);
  if (!was || !has || !wants) return undefined;
  const { edits, conflicts } = mergeRecords(leaveAlone({ was, has, wants }, known), []);
  const sorted = edits.map((edit) => (isSection(edit.path[0]) ? { ...edit, sorted: true as const } : edit));
  return { text: sorted.reduce(insertValue, user), conflicts };
}

/** The same three, in which no package stands that is the user's to decide about. */
function leaveAlone(records: Records, known: readonly string[]): Records {
  const names = new Set(
    [records.was, records.wants].flatMap((each) =>
      sections.flatMap((section) => Object.keys(sectionOf(each, section))),
    ),
  );
  const left = new Set([...names].filter((name) => isUsers(name, records, known)));
  const without = (record: JsonRecord): JsonRecord => ({
    ...record,
    ...Object.fromEntries(
      sections.map((section) => [
        section,
        Object.fromEntries(Object.entries(sectionOf(record, section)).filter(([name]) => !left.has(name))),
      ]),
    ),
  });
  return { was: without(records.was), has: without(records.has), wants: without(records.wants) };
}

function isUsers(name: string, { was, has, wants }: Records, known: readonly string[]): boolean {
  const [before, now, next] = [was, has, wants].map((record) => placesOf(record, name));
  if (!before || !now || !next || next.size === 0) return true;
  const isElsewhere = [...now.keys()].some((section) => !before.has(section) && !next.has(section));
  const isGone = now.size === 0 && (before.size > 0 || known.includes(name));
  const hasMoved = before.size > 0 && [...before.keys()].some((section) => !next.has(section));
  const isChanged = [...before].some(([section, version]) => now.get(section) !== version);
  return isElsewhere || isGone || (hasMoved && isChanged);
}

/** Section → version. */
function placesOf(record: JsonRecord, name: string): ReadonlyMap<string, unknown> {
  const found = allSections.filter((section) => Object.hasOwn(sectionOf(record, section), name));
  return new Map(found.map((section) => [section, sectionOf(record, section)[name]]));
}

function sectionOf(record: JsonRecord, section: string): JsonRecord {
  const value = record[section];
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonRecord) : {};
}

function isSection(key: string | number | undefined): boolean {
  return sections.some((section) => section === key);
}

/** npm reads no comments. */
function parsePackageJson(text: string): JsonRecord | undefined {
  try {
    JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    return undefined;
  }
  return parseObject(text);
}
