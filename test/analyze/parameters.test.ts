/** Parameters: names, defaults, patterns, rest, and what the comment says of them. */
import { describe, expect, it } from "vitest";
import type { ParameterModel, Servable } from "../../src/model/api.js";
import type { ObjectNode } from "../../src/model/types.js";
import { analyze, find, parameter, problems, shown } from "./sources.js";

/** `name?: type = default`, and `...` for rest. */
function signature(parameters: readonly ParameterModel[]): string {
  return parameters
    .map(({ name, optional, rest, type, default: fallback }) => {
      const value = fallback === undefined ? "" : ` = ${JSON.stringify(fallback)}`;
      return `${rest ? "..." : ""}${name}${optional ? "?" : ""}: ${shown(type)}${value}`;
    })
    .join(", ");
}

function properties(type: Servable): ObjectNode["properties"] {
  if (type.kind !== "servable" || type.type.kind !== "object") throw new Error(shown(type));
  return type.type.properties;
}

describe("parameters", () => {
  it.each([
    ["(a: string, b?: number)", "a: string, b?: number"],
    ["(a: string | undefined)", "a?: string"],
    ["(a: string | null = null)", "a?: (string | null) = null"],
    ["(...tags: string[])", "...tags?: string[]"],
    ["(...pair: [a: string, b?: number])", "a: string, b?: number"],
    ["(...pair: [string, number?])", "...pair: [string, number?]"],
    ["(a = 1, b: string)", "a?: number = 1, b: string"],
    ["(limit = 10)", "limit?: number = 10"],
    ["(a = -1.5, b = +2)", "a?: number = -1.5, b?: number = 2"],
    [
      "(a = 'x', b = `y`, c = true, d = 1_000)",
      `a?: string = "x", b?: string = "y", c?: boolean = true, d?: number = 1000`,
    ],
    ["(a = 5n)", `a?: <bigint> = "5"`],
    ["(a = [1, 2])", "a?: number[] = [1,2]"],
    [
      "(a: { x: number; y?: { z: string } } = { x: 1, y: { z: 'q' } })",
      `a?: { x: number, y?: { z: string } } = {"x":1,"y":{"z":"q"}}`,
    ],
    ["(a: Color = Color.Green)", `a?: enum("red" "green")! = "green"`],
    ["(a: Level = Level.High)", "a?: enum(0 1)! = 1"],
    ["(a = size)", "a?: number = 20"],
    ["(a = defaults.limit, b = defaults['deep'].on)", "a?: number = 7, b?: boolean = true"],
    ["(a = [...list, 'c'])", `a?: string[] = ["a","b","c"]`],
    ["(a = 5 * 60 * 1000)", "a?: number = 300000"],
    ["(a: 'x' | 'y' = 'x' as const)", `a?: enum("x" "y") = "x"`],
    ["(a: number = (3))", "a?: number = 3"],
    ["(a = imported)", `a?: string = "from elsewhere"`],
    ["(a = new Date())", "a?: <date>"],
    ["(a = Math.random(), b = make(), c = { x: make() })", "a?: number, b?: string, c?: { x: string }"],
    ["(a?: string = undefined!)", "a?: string"],
    ["({ a, b = 3 }: { a: string; b?: number })", "options: { a: string, b?: number }"],
    ["({ a = 1, b = 'x' } = {})", "options?: { a?: number, b?: string } = {}"],
    ["(text: string, { a }: { a: 1 })", "text: string, options: { a: 1 }"],
    ["(options: string, { a }: { a: 1 })", "options: string, options2: { a: 1 }"],
  ])("%s", (given, expected) => {
    const source = `import { imported } from "./other.js";
enum Color { Red = "red", Green = "green" }
enum Level { Low, High }
const size = 20;
let changing = 1;
const list = ["a", "b"] as const;
const defaults = { limit: 7, deep: { on: true } };
function make() { return "x"; }
export function f${given}: void {}`;
    const analyzed = analyze({ "src/a.ts": source, "src/other.ts": `export const imported = "from elsewhere";` });
    expect(signature(find(analyzed, "f").parameters)).toBe(expected);
  });

  it("have a type from the annotation, names and defaults from the function", () => {
    const source = `type Handler = (input: { id: string; limit?: number }, verbose?: boolean) => void;
export const f: Handler = ({ id, limit = 5 }) => {};
export const g: (...args: Parameters<typeof f>) => void = () => {};`;
    const analyzed = analyze(source);
    expect(signature(find(analyzed, "f").parameters)).toBe("input: { id: string, limit?: number }, verbose?: boolean");
    expect(properties(parameter(analyzed, "f").type).map(({ name, default: fallback }) => [name, fallback])).toEqual([
      ["id", undefined],
      ["limit", 5],
    ]);
    expect(signature(find(analyzed, "g").parameters)).toBe("input: { id: string, limit?: number }, verbose?: boolean");
  });
});

describe("patterns", () => {
  it("put their defaults on the properties, also when renamed or nested", () => {
    const source = `export function f({ a: renamed = 1, "b-c": other = "x", deep: { on = true } = {}, ...rest }:
      { a?: number; "b-c"?: string; deep?: { on?: boolean }; more?: string }) {}`;
    const [a, b, deep, more] = properties(parameter(analyze(source), "f").type);
    expect([a, b, more].map((each) => each?.default)).toEqual([1, "x", undefined]);
    expect(deep).toMatchObject({ default: {}, type: { properties: [{ name: "on", default: true }] } });
  });

  it("take the name that the comment gives", () => {
    const source = `/**
 * @param options All of it.
 * @param options.a The a.
 */
export function f({ a }: { a: string }) {}
/** @param a The a. */
export function g({ a }: { a: string }) {}`;
    const analyzed = analyze(source);
    expect(parameter(analyzed, "f")).toMatchObject({ name: "options", destructured: true, description: "All of it." });
    expect(parameter(analyzed, "g")).toMatchObject({ name: "options", destructured: true });
    for (const name of ["f", "g"])
      expect(properties(parameter(analyzed, name).type)[0]).toMatchObject({ description: "The a." });
  });

  it("leave the type alone for others", () => {
    const source = `interface In { a?: number }
/** @param input.a Of f only. */
export function f({ a = 1 }: In) {}
export function g(input: In) {}`;
    expect(properties(parameter(analyze(source), "g").type)).toEqual([
      { name: "a", type: { kind: "number" }, optional: true },
    ]);
  });
});

describe("what the comment says", () => {
  it("is found for each parameter, however it is written", () => {
    const source = `/**
 * @param a - The a.
 * @param {string} b The b,
 *   on two lines.
 * @param {{ x: { y: 1 } }} c - The c. See {@link Order}.
 * @param [d=5] The d.
 * @arg e The e.
 * @param f
 */
export function f(a: string, b: string, c: string, d: number, e: string, f: string, g: string) {}`;
    expect(find(analyze(source), "f").parameters.map(({ description }) => description)).toEqual([
      "The a.",
      "The b,\non two lines.",
      "The c. See Order.",
      "The d.",
      "The e.",
      undefined,
      undefined,
    ]);
  });

  it("reaches members, through arrays too", () => {
    const source = `/**
 * @param order.lines[].sku The unit. {@minLength 3}
 * @param order.gone Nothing.
 */
export function f(order: { lines: { sku: string }[] }, other: string) {}`;
    expect(parameter(analyze(source), "f").type).toMatchObject({
      type: {
        properties: [
          {
            name: "lines",
            type: { element: { properties: [{ description: "The unit.", type: { constraints: { minLength: 3 } } }] } },
          },
        ],
      },
    });
  });

  it("constrains, and is checked", () => {
    const source = `/**
 * @param a How many. {@int} {@minimum 1}
 * @param b {@minLength many}
 * @param c {@minimum 1}
 * @param d {@minimum 5} {@maximum 1}
 * @param e {@minimum 1}
 */
export function f(a: number, b: string, c: string, d: number, e = 0) {}`;
    const analyzed = analyze(source);
    expect(parameter(analyzed, "f")).toMatchObject({
      description: "How many.",
      type: { type: { constraints: { integer: true, minimum: 1 } } },
    });
    expect(problems(analyzed)).toEqual([
      "MG320 `@minLength` expects a whole number from 0, not `many` @ src/a.ts:3:13-30",
      "MG321 `@minimum` is for numbers, and this is a string @ src/a.ts:4:13-25",
      "MG322 no value satisfies `@minimum 5` and `@maximum 1` @ src/a.ts:5:26-38",
      "MG311 the default `0` does not fit the type @ src/a.ts:8:67-68",
    ]);
  });
});

describe("identity, for injection", () => {
  it("is the declared symbol and its arguments, behind aliases and imports", () => {
    const source = `import type { Repo as R } from "./repo.js";
import type { User } from "./repo.js";
type Alias = R<User>;
type Brand = string & { readonly __brand: "Brand" };
type Erased = string;
export function f(a: R<User>, b: Alias, c: R<string> | undefined, d: User[], e: Brand, g: Erased, h: { x: 1 }, i: "a" | "b", j: Date, k: [User], l: () => void) {}`;
    const repo = "export interface User { id: string }\nexport interface Repo<T> { find(): T }";
    const { parameters } = find(analyze({ "src/a.ts": source, "src/repo.ts": repo }), "f");
    const user = { name: "User", module: "src/repo.ts", arguments: [] };
    const ofUser = { name: "Repo", module: "src/repo.ts", arguments: [user] };
    expect(parameters.map(({ key }) => key)).toEqual([
      ofUser,
      ofUser,
      { ...ofUser, arguments: [{ name: "string", module: "typescript", arguments: [] }] },
      undefined,
      { name: "Brand", module: "src/a.ts", arguments: [] },
      undefined,
      undefined,
      undefined,
      { name: "Date", module: "typescript", arguments: [] },
      undefined,
      undefined,
    ]);
  });
});
