/** What the comment of a property says: description, default, examples, deprecation, constraints. */
import { describe, expect, it } from "vitest";
import type { Property } from "../../src/model/types.js";
import { analyze, parameter, problems, type Analyzed } from "./sources.js";
import { typeText } from "./type-text.js";

function properties(analyzed: Analyzed, name = "f"): readonly Property[] {
  const { type } = parameter(analyzed, name);
  if (type.kind !== "servable" || type.type.kind !== "object") throw new Error(problems(analyzed).join("\n"));
  return type.type.properties;
}

function descriptions(source: string): (string | undefined)[] {
  return properties(analyze(source)).map(({ description }) => description);
}

describe("descriptions", () => {
  it.each<[string, string, (string | undefined)[]]>([
    [
      "above, beside and in one line",
      "interface In {\n  /** A. */\n  a: 1;\n  b: 2; // no\n  /* no */ c: 3;\n}\nexport function f(i: In) {}",
      ["A.", undefined, undefined],
    ],
    ["in a literal", "export function f(i: { /** A. */ a: 1; /** B. */ b: 2 }) {}", ["A.", "B."]],
    ["the last of several", "export function f(i: {\n  /** Old. */\n  /** New. */\n  a: 1;\n}) {}", ["New."]],
    ["of object literals", "const o = {\n  /** A. */\n  a: 1,\n};\nexport function f(i: typeof o) {}", ["A."]],
    [
      "of class fields and parameter properties",
      "class C { /** A. */ a = 1; constructor(/** B. */ public b: string) {} }\nexport function f(i: C) {}",
      ["A.", "B."],
    ],
    [
      "inherited",
      "interface Base { /** A. */ a: 1 }\ninterface In extends Base { b: 2 }\nexport function f(i: In) {}",
      ["A.", undefined],
    ],
    [
      "of what is overridden, two levels up",
      "interface Base { /** A. */ a: number }\ninterface Mid extends Base { a: number }\ninterface In extends Mid { a: 1 }\nexport function f(i: In) {}",
      ["A."],
    ],
    [
      "by {@inheritDoc}",
      "interface Base { /** A. */ a: number }\ninterface In extends Base { /** {@inheritDoc} */ a: 1 }\nexport function f(i: In) {}",
      ["A."],
    ],
    [
      "of what is implemented",
      "interface Base { /** A. */ a: number }\nclass In implements Base { a = 1 }\nexport function f(i: In) {}",
      ["A."],
    ],
    [
      "through mapped types",
      "interface Base { /** A. */ a: 1; /** B. */ b: 2 }\nexport function f(i: Partial<Pick<Base, 'a'>> & Omit<Base, 'a'>) {}",
      ["A.", "B."],
    ],
    [
      "through generics",
      "interface Page<T> { /** The items. */ items: T[] }\nexport function f(i: Page<string>) {}",
      ["The items."],
    ],
    [
      "with links and lines",
      "export function f(i: {\n  /**\n   * See {@link Order}.\n   *\n   * More.\n   */\n  a: 1;\n}) {}",
      ["See Order.\n\nMore."],
    ],
    [
      "with the reason of a deprecation",
      "export function f(i: {\n  /**\n   * A.\n   * @deprecated Use b.\n   */\n  a: 1;\n}) {}",
      ["A.\n\nDeprecated: Use b."],
    ],
  ])("%s", (_title, source, expected) => {
    expect(descriptions(source)).toEqual(expected);
  });
});

describe("defaults, examples, deprecation", () => {
  it("are read as JSON, and as bare text where the type is text", () => {
    const source = `interface In {
  /** @default 20 */ size?: number;
  /** @default "new" */ order?: "new" | "top";
  /** @default 'top' */ quoted?: "new" | "top";
  /** @default top */ bare?: "new" | "top";
  /** @default \`[1, 2]\` */ list?: number[];
  /** @default {"deep": {"on": true}} */ more?: { deep: { on: boolean } };
  /** @default null */ nothing?: string | null;
  /** @default undefined */ absent?: string;
  /** @defaultValue 3 */ tsdoc?: number;
  /** @default 2020-01-01 */ at?: Date;
  /**
   * @example "0155"
   * @example 5003
   */
  zip: string;
  /** @example some prose */ count: number;
  /** @deprecated */ old?: string;
}
export function f(i: In) {}`;
    const analyzed = analyze(source);
    expect(problems(analyzed)).toEqual([]);
    const found = properties(analyzed);
    expect(found.map((each) => each.default)).toEqual([
      20,
      "new",
      "top",
      "top",
      [1, 2],
      { deep: { on: true } },
      null,
      undefined,
      3,
      "2020-01-01",
      undefined,
      undefined,
      undefined,
    ]);
    expect(found.find(({ name }) => name === "zip")?.examples).toEqual(["0155", "5003"]);
    expect(found.find(({ name }) => name === "count")?.examples).toBeUndefined();
    expect(found.find(({ name }) => name === "old")?.deprecated).toBe(true);
  });

  it("must fit the type", () => {
    const source = `interface In {
  /** @default many */
  a?: number;
  /** @default "purple" */
  b?: "red" | "blue";
  /**
   * @minimum 1
   * @default 0
   */
  c?: number;
}
export function f(i: In): In { return i; }`;
    const misfits = [
      "MG311 the default `many` does not fit the type @ src/a.ts:2:7-20",
      'MG311 the default `"purple"` does not fit the type @ src/a.ts:4:7-24',
      "MG311 the default `0` does not fit the type @ src/a.ts:8:6-16",
    ];
    // Once for the parameter, once for the result.
    expect(problems(analyze(source))).toEqual([...misfits, ...misfits]);
  });
});

describe("constraints", () => {
  it.each([
    ["@minimum 1 @maximum 2.5", "number", `number{"minimum":1,"maximum":2.5}`],
    [
      "@exclusiveMinimum 0 @exclusiveMaximum 1e3 @multipleOf 0.5",
      "number",
      `number{"exclusiveMinimum":0,"exclusiveMaximum":1000,"multipleOf":0.5}`,
    ],
    ["@int", "number", `number{"integer":true}`],
    ["@minLength 1 @maxLength 5 @format email", "string", `string{"minLength":1,"maxLength":5,"format":"email"}`],
    ["@pattern ^[a-z]+$", "string", `string{"pattern":"^[a-z]+$"}`],
    ["@pattern /^a\\/b$/u", "string", String.raw`string{"pattern":"^a\\/b$"}`],
    ["@minItems 1 @maxItems 3 @uniqueItems", "string[]", `string[]{"minItems":1,"maxItems":3,"uniqueItems":true}`],
    ["@minItems 1", "Set<string>", `Set<string>{"minItems":1}`],
    ["@minimum 1", "number | null", `(number{"minimum":1} | null)`],
    ["@minLength 2", "string | number", `(string{"minLength":2} | number)`],
    ["@minimum 1", "Cents", `number{"minimum":1}!`],
    ["How many. {@minimum 1}", "number", `number{"minimum":1}`],
  ])("%s on %s", (tags, type, expected) => {
    const analyzed = analyze(
      `type Cents = number & { __brand: 1 };\nexport function f(i: {\n  /** ${tags} */\n  a: ${type};\n}) {}`,
    );
    expect(problems(analyzed)).toEqual([]);
    expect(properties(analyzed).map((each) => typeText(each.type))).toEqual([expected]);
  });

  it.each([
    ["@minimum many", "number", "MG320 `@minimum` expects a number, not `many`"],
    ["@minimum", "number", "MG320 `@minimum` expects a number"],
    ["@minimum Infinity", "number", "MG320 `@minimum` expects a number, not `Infinity`"],
    ["@multipleOf 0", "number", "MG320 `@multipleOf` expects a number above 0, not `0`"],
    ["@maxLength -1", "string", "MG320 `@maxLength` expects a whole number from 0, not `-1`"],
    ["@minItems 1.5", "string[]", "MG320 `@minItems` expects a whole number from 0, not `1.5`"],
    ["@int 5", "number", "MG320 `@int` expects no value, not `5`"],
    ["@pattern ^[a-z$", "string", "MG320 `@pattern` expects a regular expression, not `^[a-z$`"],
    ["@format two words", "string", "MG320 `@format` expects the name of a format, such as `email`, not `two words`"],
    ["@minimum 1", "string", "MG321 `@minimum` is for numbers, and this is a string"],
    ["@minimum 1", "number[]", "MG321 `@minimum` is for numbers, and this is an array"],
    ["@minimum 1", "bigint", "MG321 `@minimum` is for numbers, and this is a bigint"],
    ["@minLength 1", "'a' | 'b'", "MG321 `@minLength` is for strings, and this is an enum"],
    ["@minItems 1", "Record<string, 1>", "MG321 `@minItems` is for arrays, and this is a record"],
    ["@minimum 2 @maximum 1", "number", "MG322 no value satisfies `@minimum 2` and `@maximum 1`"],
    ["@exclusiveMinimum 1 @maximum 1", "number", "MG322 no value satisfies `@exclusiveMinimum 1` and `@maximum 1`"],
    ["@int @exclusiveMinimum 1 @exclusiveMaximum 2", "number", "MG322 no value satisfies `@int` between 1 and 2"],
    ["@multipleOf 10 @minimum 11 @maximum 19", "number", "MG322 no value satisfies `@multipleOf 10` between 11 and 19"],
    ["@minLength 2 @maxLength 1", "string", "MG322 no value satisfies `@minLength 2` and `@maxLength 1`"],
    ["@minItems 2 @maxItems 1", "string[]", "MG322 no value satisfies `@minItems 2` and `@maxItems 1`"],
  ])("%s on %s is refused", (tags, type, expected) => {
    const found = problems(analyze(`export function f(i: {\n  /** ${tags} */\n  a: ${type};\n}) {}`));
    expect(found.map((line) => line.replace(/ @ src.*/, ""))).toEqual([expected]);
  });

  it("of a package's own declarations count only where they make sense", () => {
    const analyzed = analyze({
      "src/a.ts": `import type { In } from "pack";\nexport function f(i: In) {}`,
      "node_modules/pack/package.json": `{ "name": "pack", "version": "1.0.0", "types": "index.d.ts" }`,
      "node_modules/pack/index.d.ts":
        "export interface In {\n  /** @minimum 1 @default see below */\n  a: number;\n  /** @minimum soon */\n  b: number;\n}",
    });
    expect(problems(analyzed)).toEqual([]);
    expect(properties(analyzed).map(({ type }) => typeText(type))).toEqual([`number{"minimum":1}`, "number"]);
  });

  it("are understood as typia writes them", () => {
    const source = `type Tag<K, V> = { "typia.tag"?: { target: "x"; kind: K; value: V } };
export function f(i: { a: number & Tag<"minimum", 1> & Tag<"type", "uint32">; b: string & Tag<"format", "uuid">; c: (string & Tag<"minLength", 2>)[] & Tag<"maxItems", 3> }, d: number & Tag<"maximum", 5>) {}`;
    const analyzed = analyze(source);
    expect(problems(analyzed)).toEqual([]);
    expect(properties(analyzed).map(({ type }) => typeText(type))).toEqual([
      `number{"minimum":1,"integer":true}`,
      `string{"format":"uuid"}`,
      `string{"minLength":2}[]{"maxItems":3}`,
    ]);
    const d = parameter(analyzed, "f", 1).type;
    expect(d.kind === "servable" && typeText(d.type)).toBe(`number{"maximum":5}`);
  });
});
