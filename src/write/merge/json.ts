/** Three versions of a JSON file, merged by keys: comments, order and layout stay as the user has them. */
import { applyEdits, modify, parse, type ParseError } from "jsonc-parser";
import type { JsonValue } from "../../model/json.js";
import { compareText } from "../../model/text.js";
import type { Conflict, Merged, Versions } from "./merged.js";

export type JsonRecord = Readonly<Record<string, JsonValue>>;

export interface Edit {
  readonly path: readonly (string | number)[];
  /** Undefined takes the key out. */
  readonly value: JsonValue | undefined;
  /** A new key of an object that is there goes where code units put it; otherwise to the end. */
  readonly sorted?: true;
}

/** Undefined where one of them is not a JSON object. */
export function mergeJson({ base, user, planned }: Versions): Merged | undefined {
  const [was, has, wants] = [base, user, planned].map(parseObject);
  if (!was || !has || !wants) return undefined;
  const { edits, conflicts } = mergeRecords({ was, has, wants }, []);
  return { text: edits.reduce(insertValue, user), conflicts };
}

export function parseObject(text: string): JsonRecord | undefined {
  const errors: ParseError[] = [];
  const value: unknown = parse(text.replace(/^\uFEFF/, ""), errors, { allowTrailingComma: true });
  return errors.length === 0 && isRecord(value) ? value : undefined;
}

export interface Records {
  readonly was: JsonRecord;
  readonly has: JsonRecord;
  readonly wants: JsonRecord;
}

interface Decided {
  readonly edits: readonly Edit[];
  readonly conflicts: readonly Conflict[];
}

export function mergeRecords({ was, has, wants }: Records, path: Path): Decided {
  const keys = [...new Set([...Object.keys(wants), ...Object.keys(was)])];
  const decided = keys.map((key) =>
    mergeValues({ was: own(was, key), has: own(has, key), wants: own(wants, key) }, [...path, key]),
  );
  return { edits: decided.flatMap(({ edits }) => edits), conflicts: decided.flatMap(({ conflicts }) => conflicts) };
}

type Path = Edit["path"];

interface Values {
  readonly was: JsonValue | undefined;
  readonly has: JsonValue | undefined;
  readonly wants: JsonValue | undefined;
}

function mergeValues({ was, has, wants }: Values, path: Path): Decided {
  const nothing = { edits: [], conflicts: [] };
  // What the user has taken out stays out, whatever becomes of it.
  if (isSame(was, wants) || isSame(has, wants) || (has === undefined && was !== undefined)) return nothing;
  // By its keys, whatever was there: so the rest of it stays as it is laid out.
  if (isRecord(has) && isRecord(wants)) return mergeRecords({ was: isRecord(was) ? was : {}, has, wants }, path);
  if (isSame(has, was)) return { edits: [{ path, value: wants }], conflicts: [] };
  if (isSet(was) && isSet(has) && isSet(wants)) {
    const value = [...has.filter((item) => !was.includes(item) || wants.includes(item)), ...added(was, has, wants)];
    return { edits: [{ path, value }], conflicts: [] };
  }
  const [before, own, planned] = [was, has, wants].map(namedItems);
  if (before && own && planned) return mergeItems({ was: before, has: own, wants: planned }, path);
  return { edits: [], conflicts: [{ place: path.join("."), user: print(has), planned: print(wants) }] };
}

type Items = ReadonlyMap<string, JsonRecord>;

/** By their names, the objects of a list in which each has one of its own; undefined for any other value. */
function namedItems(value: JsonValue | undefined): Items | undefined {
  if (!isList(value) || !value.every(isRecord)) return undefined;
  const items = new Map(value.map((item) => [item["name"] ?? item["identifier"], item]));
  return items.size === value.length && [...items.keys()].every((name) => typeof name === "string")
    ? (items as Items)
    : undefined;
}

interface ItemVersions {
  readonly was: Items;
  readonly has: Items;
  readonly wants: Items;
}

/** The user's order stays; what is new comes last. */
function mergeItems({ was, has, wants }: ItemVersions, path: Path): Decided {
  const places = new Map([...has.keys()].map((name, index) => [name, index]));
  const fresh = [...wants].filter(([name]) => !has.has(name) && !was.has(name));
  const gone = [...has].filter(([name, item]) => !wants.has(name) && isSame(item, was.get(name)));
  const decided = [...has].map(([name, item]) => {
    const records = { was: was.get(name) ?? {}, has: item, wants: wants.get(name) ?? item };
    return mergeRecords(wants.has(name) ? records : { ...records, was: item }, [...path, places.get(name) ?? 0]);
  });
  const added = fresh.map(([, item], index): Edit => ({ path: [...path, has.size + index], value: item }));
  // From the last one on: each that is taken out moves those after it.
  const removed = gone
    .toReversed()
    .map(([name]): Edit => ({ path: [...path, places.get(name) ?? 0], value: undefined }));
  return {
    edits: [...decided.flatMap(({ edits }) => edits), ...added, ...removed],
    conflicts: decided.flatMap(({ conflicts }) => conflicts),
  };
}

type Scalar = string | number | boolean | null;

function added(was: readonly Scalar[], has: readonly Scalar[], wants: readonly Scalar[]): readonly Scalar[] {
  return wants.filter((item) => !was.includes(item) && !has.includes(item));
}

/** A list of different values that hold nothing themselves, whose order says nothing that a merge could lose. */
function isSet(value: JsonValue | undefined): value is Scalar[] {
  return (
    Array.isArray(value) &&
    value.every((item) => item === null || typeof item !== "object") &&
    new Set(value).size === value.length
  );
}

function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function isRecord(value: unknown): value is JsonRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function own(record: JsonRecord, key: string): JsonValue | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

/** The order of keys is layout. */
function isSame(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (isRecord(a) && isRecord(b)) {
    const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
    return [...keys].every((key) => isSame(own(a, key), own(b, key)));
  }
  if (isList(a) && isList(b)) return a.length === b.length && a.every((item, index) => isSame(item, b[index]));
  return a === b;
}

function print(value: JsonValue | undefined): string {
  return value === undefined ? "" : JSON.stringify(value);
}

function at(value: JsonValue | undefined, path: Path): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>(
    (found, key) => (isRecord(found) ? own(found, String(key)) : isList(found) ? found[Number(key)] : undefined),
    value,
  );
}

/** One key of the text, in its own indentation and with its own line ends. */
export function insertValue(text: string, { path, value, sorted }: Edit): string {
  const formattingOptions = {
    insertSpaces: !/^\t/m.test(text),
    tabSize: /^( +)\S/m.exec(text)?.[1]?.length ?? 2,
    eol: text.includes("\r\n") ? "\r\n" : "\n",
  };
  const isThere = isRecord(at(parseObject(text), path.slice(0, -1)));
  const getInsertionIndex = (names: string[]) => {
    const after = names.findIndex((name) => compareText(name, String(path.at(-1))) > 0);
    return after < 0 ? names.length : after;
  };
  const options = { formattingOptions, ...(sorted && isThere && { getInsertionIndex }) };
  return applyEdits(text, modify(text, [...path], value, options));
}
