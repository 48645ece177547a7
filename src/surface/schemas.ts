/**
 * Two schemas of one thing → what changed. Of arguments, all that was accepted must be accepted still; of results, all
 * that is given must be what a client was told that it may get.
 */
import { isJsonObject, type JsonObject, type JsonValue } from "../model/json.js";
import type { PartChange } from "./change.js";
import type { Escape } from "./escape.js";
import { placesOf, saidByPlace } from "./places.js";
import { isSame } from "./schema-node.js";
import { findEscapes } from "./subsumption.js";
import { describeEscape, show, type Direction, type Role } from "./words.js";

export interface Versions {
  readonly before: JsonObject;
  readonly after: JsonObject;
}

export function compareSchemas({ before, after }: Versions, role: Role): readonly PartChange[] {
  const shaped = role === "argument" ? compareArguments({ before, after }) : compareResults({ before, after });
  const places = { before: placesOf(before), after: placesOf(after) };
  const silent = new Set(shaped.map(({ path }) => path));
  const said = (keyword: string) => ({
    before: saidByPlace(places.before, keyword),
    after: saidByPlace(places.after, keyword),
  });
  const defaults = role === "argument" ? compareDefaults(said("default")) : [];
  const texts = ["title", "description", "examples", "deprecated"].flatMap((keyword) =>
    compareTexts(said(keyword), keyword, role).filter(({ path }) => places.before.has(path) && places.after.has(path)),
  );
  return [...shaped, ...defaults.filter(({ path }) => !silent.has(path)), ...texts];
}

function compareArguments({ before, after }: Versions): readonly PartChange[] {
  const breaking = tell(findEscapes(before, after), "narrower", "argument").map(asKind("breaking"));
  const wider = tell(findEscapes(after, before), "wider", "argument").map(asKind("compatible"));
  return [...breaking, ...elsewhere(wider, breaking)];
}

/**
 * A client that checks what it gets does so by what it was told before, in which members may be added. What a server
 * gives has the members of its schema and no others.
 */
function compareResults({ before, after }: Versions): readonly PartChange[] {
  const [given, gives] = [closeObjects(before), closeObjects(after)];
  const breaking = tell(findEscapes(gives, before), "wider", "result").map(asKind("breaking"));
  const gained = tell(findEscapes(gives, given), "wider", "result").map(asKind("compatible"));
  const lost = tell(findEscapes(given, gives), "narrower", "result").map(asKind("compatible"));
  const compatible = [...elsewhere(lost, gained), ...gained];
  return [...breaking, ...elsewhere(compatible, breaking)];
}

/** One thing is said of a place: the gravest. */
function elsewhere(changes: readonly PartChange[], known: readonly PartChange[]): readonly PartChange[] {
  const paths = new Set(known.map(({ path }) => path));
  return changes.filter(({ path }) => !paths.has(path));
}

function tell(escapes: readonly Escape[], direction: Direction, part: Role): readonly Omit<PartChange, "kind">[] {
  const told = escapes.map((escape) => {
    const { path, sub, sup } = escape;
    const [old, now] = direction === "narrower" ? [sub, sup] : [sup, sub];
    const sides = { ...(old !== undefined && { old }), ...(now !== undefined && { new: now }) };
    return { part, path, what: describeEscape(escape, direction, part), ...sides };
  });
  // A type that is used twice is told once for each place, and a union may meet one place by several ways.
  return [...new Map(told.map((each) => [`${each.path} ${each.what}`, each])).values()];
}

function asKind(kind: PartChange["kind"]): (change: Omit<PartChange, "kind">) => PartChange {
  return (change) => ({ kind, ...change });
}

function closeObjects(schema: JsonObject): JsonObject {
  const closed = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closeWithin(key, value)]));
  const isOpen = schema["properties"] !== undefined && schema["additionalProperties"] === undefined;
  return isOpen && schema["patternProperties"] === undefined ? { ...closed, additionalProperties: false } : closed;
}

const namedSchemas = ["properties", "patternProperties", "$defs"];
const schemas = ["items", "additionalProperties", "anyOf", "allOf", "prefixItems"];

function closeWithin(keyword: string, value: JsonValue): JsonValue {
  if (Array.isArray(value) && schemas.includes(keyword))
    return (value as readonly JsonValue[]).map((each) => (isJsonObject(each) ? closeObjects(each) : each));
  if (!isJsonObject(value)) return value;
  if (schemas.includes(keyword)) return closeObjects(value);
  if (!namedSchemas.includes(keyword)) return value;
  const entries = Object.entries(value).map(([name, each]) => [name, isJsonObject(each) ? closeObjects(each) : each]);
  return Object.fromEntries(entries) as JsonObject;
}

interface Said {
  readonly before: ReadonlyMap<string, JsonValue>;
  readonly after: ReadonlyMap<string, JsonValue>;
}

/** A call that leaves an argument out is the same call as before, and means something else. */
function compareDefaults({ before, after }: Said): readonly PartChange[] {
  const lost = [...before].flatMap(([path, old]): readonly PartChange[] => {
    const now = after.get(path);
    if (isSame(old, now)) return [];
    const what =
      now === undefined
        ? `has no default any more, which was ${show(old)}`
        : `means ${show(now)} where it is left out, and meant ${show(old)}`;
    return [{ kind: "breaking", part: "argument", path, what, old, ...(now !== undefined && { new: now }) }];
  });
  const gained = [...after].flatMap(([path, now]): readonly PartChange[] => {
    if (before.has(path)) return [];
    return [{ kind: "compatible", part: "argument", path, what: `has the default ${show(now)} now`, new: now }];
  });
  return [...lost, ...gained];
}

function compareTexts({ before, after }: Said, keyword: string, part: Role): readonly PartChange[] {
  const paths = [...new Set([...before.keys(), ...after.keys()])];
  return paths.flatMap((path): readonly PartChange[] => {
    const [old, now] = [before.get(path), after.get(path)];
    if (isSame(old, now)) return [];
    const what = describeText(keyword, old, now);
    const sides = { ...(old !== undefined && { old }), ...(now !== undefined && { new: now }) };
    return [{ kind: "cosmetic", part, path, what, ...sides }];
  });
}

/** Texts are too long for a sentence. */
export function describeText(keyword: string, old: JsonValue | undefined, now: JsonValue | undefined): string {
  if (now === undefined) return `has no \`${keyword}\` any more`;
  return old === undefined ? `has a \`${keyword}\` now` : `has another \`${keyword}\``;
}
