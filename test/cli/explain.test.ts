/** `mcpgen explain TOOL`: each line of a schema has what gave it, and its place. */
import { hasText } from "../../src/model/files.js";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { readTools } from "../../src/cli/output/committed-surface.js";
import { explain, type Explanation, type Line } from "../../src/explain/index.js";
import type { JsonValue } from "../../src/model/json.js";
import { inspect, preview } from "../../src/pipeline.js";
import { readCase } from "../support/fixtures/cases.js";
import { requestFor, toFiles } from "../support/fixtures/generate.js";
import { type Ran } from "../support/fixtures/process.js";
import { copyCase, emptySuite, writeText } from "../support/fixtures/workspace.js";
import { parseLibrariesOnce } from "../support/parsed-libraries.js";
import { askMcpgen } from "../support/resident/ask.js";

parseLibrariesOnce();

const suite = emptySuite("cli-explain");
const folder = join(suite, "project");

const source = `import type { Context } from "mcpgen";
import type { Users } from "./users.js";

interface Base {
  /** Its number. */
  id: string;
}
interface Trip extends Base {
  /** How long. @minimum 1 @default 3 */
  days?: number;
  tags: (string & { "typia.tag"?: { kind: "minLength"; value: 2 } })[];
  pet: { kind: "cat"; lives: number } | { kind: "dog"; /** Loud. */ bark: boolean };
  /** @deprecated use days */
  weeks?: number;
}

/**
 * Plans a trip.
 * @readonly
 * @param city Where to. {@maxLength 40}
 * @param trip.id The trip.
 */
export function planTrip(city: string, trip: Trip, unit = "C", context: Context, users: Users, out?: Callback) {
  return { city, stops: [{ at: new Date(), unit }] };
}

interface Callback {
  call(): void;
}

/** Takes one. */
export function takeTree({ size = 4 }: Tree): number {
  return size;
}

interface Tree {
  size?: number;
  /** Below. */
  children: Tree[];
}

/**
 * Waits.
 * @readonly
 * @timeout 2s total=10s
 * @retry 3
 * @worker
 */
export async function wait(): Promise<string> {
  return Promise.resolve("done");
}

/** No tool. */
export function refused(call: () => void): void {
  call();
}

/**
 * Doubles a number.
 * @batch max=9 as=doubleAll
 * @timeout 1s
 * @icon https://example.com/double.svg  any
 */
export function double(value: number): number {
  return 2 * value;
}

/** Looks. */
export function look(id: string, how?: { far?: boolean; stop?: AbortSignal }): string {
  return id;
}
`;

const providers = `export interface Users {
  find(id: string): string;
}

/** @provider */
export function provideUsers(): Users {
  return { find: (id) => id };
}
`;

beforeAll(() => {
  writeText(join(folder, "package.json"), '{ "type": "module" }\n');
  writeText(join(folder, "src/a.ts"), source);
  writeText(join(folder, "src/users.ts"), providers);
});

function ask(...words: readonly string[]): Ran {
  return askMcpgen({ cwd: folder }, "explain", "--src", "src", ...words);
}

const told = new Map<string, readonly string[]>();

/** `path keyword value | origin @ file:line`. */
function linesOf(name: string): readonly string[] {
  const known = told.get(name) ?? readLines(name);
  told.set(name, known);
  return known;
}

function readLines(name: string): readonly string[] {
  const { sections } = JSON.parse(ask("--json", name).stdout) as Explanation;
  return sections.flatMap(({ entries }) =>
    entries.flatMap(({ path, lines }) => lines.map((line) => `${path} ${lineText(line)}`.trim())),
  );
}

function lineText({ keyword, value, origin: { kind, text, span } }: Line): string {
  const place = span ? ` @ ${span.file.replace("src/", "")}:${span.start.line}` : "";
  return `${keyword} ${value === undefined ? "" : JSON.stringify(value)} | ${kind} ${text}${place}`;
}

describe("each line has what gave it", () => {
  test.each([
    ["the name", 'name "planTrip" | name function planTrip @ a.ts:23'],
    ["the description", 'description "Plans a trip." | comment comment @ a.ts:18'],
    ["an annotation", "annotations.readOnlyHint true | tag @readonly @ a.ts:19"],
    ["what follows from it", "annotations.destructiveHint false | tag @readonly @ a.ts:19"],
    ["a type", 'city type "string" | type string @ a.ts:23'],
    ["a @param text", 'city description "Where to." | tag @param city @ a.ts:20'],
    ["an inline constraint", "city maxLength 40 | tag @maxLength 40 @ a.ts:20"],
    ["a dotted @param", 'trip.id description "The trip." | tag @param trip.id @ a.ts:21'],
    ["a member that is inherited", 'trip.id type "string" | type string @ a.ts:6'],
    ["a constraint of a property", "trip.days minimum 1 | tag @minimum 1 @ a.ts:9"],
    ["a tagged default", "trip.days default 3 | tag @default 3 @ a.ts:9"],
    ["a question mark", "trip.days required false | optional days? @ a.ts:10"],
    ["a type tag", "trip.tags items.minLength 2 | tag @minLength 2 @ a.ts:11"],
    ["a member of a union", 'trip.pet(dog).bark description "Loud." | comment comment @ a.ts:12'],
    ["a deprecation", "trip.weeks deprecated true | tag @deprecated use days @ a.ts:13"],
    ["its reason", 'trip.weeks description "Deprecated: use days" | tag @deprecated use days @ a.ts:13'],
    ["an initialiser", 'unit default "C" | default = "C" @ a.ts:23'],
    ["why it is not required", 'unit required false | default = "C" @ a.ts:23'],
    ["a rule of ours", "trip additionalProperties false | rule unknown arguments are refused"],
    ["an inferred result", 'stops items.type "object" | inferred { at: Date; unit: string; }[] @ a.ts:24'],
    ["what the body does", "clock  | body new Date() @ a.ts:24"],
    ["below it", 'stops[].at format "date-time" | inferred Date @ a.ts:24'],
  ])("%s", (_, line) => expect(linesOf("planTrip")).toContain(line));

  test("a body that only computes", () =>
    expect(linesOf("takeTree")).toContain("none  | body the result comes from the arguments alone @ a.ts:32"));

  test("what fills the other parameters", () => {
    expect(linesOf("planTrip").filter((line) => line.includes("filled by"))).toEqual([
      "context filled by  | contract contract Context, which the server hands to each call",
      "users filled by  | provider provider provideUsers, singleton @ users.ts:6",
      "out filled by  | absent absent: nothing provides it",
    ]);
  });

  test("recursive types stand behind, a pattern's default is the function's", () => {
    expect(linesOf("takeTree")).toEqual(
      expect.arrayContaining([
        "size default 4 | default = 4 @ a.ts:32",
        'children items.$ref "#/$defs/Tree" | type Tree[] @ a.ts:39',
        'Tree.children description "Below." | comment comment @ a.ts:38',
        'sent as "text" | type number @ a.ts:32',
      ]),
    );
  });
});

test("policies, the outermost first, with the tags that ask for them", () => {
  expect(linesOf("wait").filter((line) => /^(?:timeout|retry|attemptTimeout|worker)\b/.test(line))).toEqual([
    'timeout.total "10s" | tag @timeout 2s total=10s @ a.ts:45',
    "retry.attempts 3 | tag @retry 3 @ a.ts:46",
    'attemptTimeout.each "2s" | tag @timeout 2s total=10s @ a.ts:45',
    "worker  | tag @worker @ a.ts:47",
  ]);
});

test("several items: what the tag says, and what the function's parameters say of each", () => {
  const asked = /^(?:name|icon|batch|attemptTimeout|items maxItems|items\[\].value type)/;
  const lines = linesOf("doubleAll").map((line) => line.trim());
  expect(lines.filter((line) => asked.test(line))).toEqual([
    'name "doubleAll" | tag @batch max=9 as=doubleAll @ a.ts:60',
    'icon "https://example.com/double.svg any" | tag @icon @ a.ts:62',
    "items maxItems 9 | tag @batch max=9 as=doubleAll @ a.ts:60",
    'items[].value type "number" | type number @ a.ts:64',
    "batch.max 9 | tag @batch max=9 as=doubleAll @ a.ts:60",
    "batch.concurrency 8 | tag @batch max=9 as=doubleAll @ a.ts:60",
    'attemptTimeout.each "1s" | tag @timeout 1s @ a.ts:61',
  ]);
});

test("a signal among options is the call's, and no client's", () => {
  const lines = linesOf("look").map((line) => line.trim());
  expect(lines.filter((line) => /^how\.(?:far type|stop)/.test(line))).toEqual([
    'how.far type "boolean" | type boolean @ a.ts:69',
    "how.stop filled by  | contract contract AbortSignal, which the server hands to each call",
  ]);
});

describe("for people", () => {
  test("in aligned columns under headings, with places to open", () => {
    const { stdout, status, stderr } = ask("planTrip");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/^planTrip {3}src\/a\.ts:23:17\n\nTool\n {4}name {2,}"planTrip" +function planTrip +src\/a/);
    expect(stdout).toMatch(/\nArguments\n[^]*\n {2}city\n {4}type +"string" +type string +src\/a\.ts:23:32\n/);
    expect(stdout).toMatch(/\nInjected\n {2}context\n[^]*\nResult\n/);
  });

  test.each([
    ["a slip of the pen", "planTrips", 2, "there is no tool `planTrips`; did you mean `planTrip`?"],
    ["nothing like it", "xyz", 2, "there is no tool `xyz`; `mcpgen list` shows all of them"],
    ["a function that is refused", "refused", 1, "error: the tool `refused` is not served"],
  ])("%s", (_, name, status, complaint) => {
    expect(ask(name)).toMatchObject({ status, stdout: "", stderr: expect.stringContaining(complaint) });
  });

  test("says what keeps a function from being a tool, and only there", () => {
    expect(ask("refused").stderr).toContain("error MG301");
    expect(ask("planTrips").stderr).not.toContain("MG301");
  });

  test("a code stays a code", () => expect(ask("MG301").stdout).toContain("error MG301"));
});

describe("of whole fixtures", { timeout: 60_000 }, () => {
  test.each([
    ...["shop", "docs-torture", "type-tuple", "type-map", "type-union-mixed", "type-discriminated-union"],
    ...[
      "type-recursive-mutual",
      "type-record",
      "type-index-signature",
      "type-type-tags",
      "type-zod-infer",
      "provide-names",
    ],
  ])("%s: every line of its schemas is told, and the origins change nothing", async (name) => {
    const request = { ...requestFor(copyCase(readCase(name), suite)), keepGoing: true };
    const { model, plan, files = [] } = (await inspect(request)).value;
    expect(toFiles(((await preview(request)).value.files ?? []).filter(hasText))).toEqual(
      toFiles(files.filter(hasText)),
    );
    const listed = readTools({ root: "", files }) ?? [];
    expect(listed.length).toBeGreaterThan(0);
    for (const tool of listed) {
      const explained = model && plan && explain(tool.name, { model, plan, surface: { tools: listed } });
      const lines = explained?.sections.flatMap(({ title, entries }) =>
        /^(?:Arguments|Result)/.test(title) ? entries.flatMap((entry) => entry.lines) : [],
      );
      const spoken = lines?.filter(({ keyword }) => !/^(?:required|sent as)$/.test(keyword)) ?? [];
      expect(spoken.map(({ value }) => JSON.stringify(value)).sort()).toEqual(
        [tool.inputSchema, tool.outputSchema ?? {}].flatMap(leaves).sort(),
      );
      expect(spoken.filter(({ origin }) => origin.kind !== "rule" && !origin.span)).toEqual([]);
    }
  });
});

/** Keywords whose value is a schema or a map of schemas; what stands in others is told as it is. */
const holders = new Set(["properties", "$defs"]);
const within = new Set(["items", "additionalProperties", "prefixItems", "anyOf"]);

function leaves(schema: JsonValue): readonly string[] {
  return Object.entries(schema ?? {}).flatMap(([keyword, value]): readonly string[] => {
    if (keyword === "required") return [];
    if (holders.has(keyword)) return Object.values(value as Record<string, JsonValue>).flatMap(leaves);
    if (!within.has(keyword) || value === false || isWhole(schema, keyword)) return [JSON.stringify(value)];
    return Array.isArray(value) ? value.flatMap(leaves) : leaves(value as JsonValue);
  });
}

/** The two forms of a bigint; the `items` beside `prefixItems`, and the pairs of a Map, repeat what is said elsewhere. */
function isWhole(schema: JsonValue, keyword: string): boolean {
  if (keyword === "anyOf") return JSON.stringify(schema).includes("4096");
  if (keyword !== "items") return false;
  const { prefixItems, items } = schema as { prefixItems?: JsonValue; items?: { prefixItems?: JsonValue } };
  return prefixItems !== undefined || (items?.prefixItems !== undefined && "uniqueItems" in (schema as object));
}
