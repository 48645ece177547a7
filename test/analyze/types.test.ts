/** Every kind of type that TypeScript can write, as a parameter: the whole of it in one program. */
import { describe, expect, it } from "vitest";
import { analyze, find, shown } from "./sources.js";

const declarations = `
import { Buffer as B2 } from "node:buffer";
import { URL as NodeUrl } from "node:url";
import type { Imported, Renamed as Other } from "./other.js";
import type * as other from "./other.js";
export interface Base { id: string; kind: string }
export interface Derived extends Base { kind: "derived"; more: number }
interface Multiple extends Base, Imported { own: boolean }
interface Page<T> { items: T[]; next?: string }
type Pair<A, B = A> = { first: A; second: B };
enum Color { Red = "red", Green = "green", Blue = "blue" }
enum Level { Low, Mid = 5, High }
enum Mixed { A = 1, B = "b" }
enum Computed { A = "x".length, B = 2 }
const enum Fixed { On = "on", Off = "off" }
enum Single { Only = "only" }
enum Flags { A = 1 << 0, B = 1 << 1, C = A | B }
declare const brand: unique symbol;
type UserId = string & { readonly __brand: "UserId" };
type Cents = number & { readonly [brand]: "Cents" };
type Tags = string[] & { readonly __brand: "Tags" };
type Status = "queued" | "active" | "done";
type Shape = { type: "circle"; r: number } | { type: "square"; side: number } | { type: "none" };
const colors = ["teal", "amber", "coral"] as const;
const limits = { small: 1, big: 1000 } as const;
const plain = { name: "x", tags: ["a"], deep: { on: true } };
class Point { constructor(public x: number, public y: number) {} }
class Dated { at = new Date(); get year(): number { return 1; } }
abstract class Generic<T> { abstract value: T }
declare class Date2 { year: number }
namespace N { export interface Inner { a: 1 } export interface Date { own: string } }
type Deep = { a: { b: { c: ["x", { d: boolean }] } } };
type DeepPartial<T> = { [K in keyof T]?: T[K] extends object ? DeepPartial<T[K]> : T[K] };
type Early = "to_m" | "to_a" | "m" | "a" | "z";
type Remapped = { [K in "z" | "a" | "m" as \`to_\${K}\`]: K };
type Getters<T> = { [K in keyof T as \`get_\${string & K}\`]: T[K] };
type Nullable<T> = { [K in keyof T]: T[K] | null };
type Unwrap<T> = T extends Promise<infer U> ? U : T extends (infer E)[] ? E : T;
interface Overloaded { a: string; a: string }
type Exclusive = { a: string; b?: never } | { a?: never; b: number };
`;

const other = `
export interface Imported { from: "other" }
export type Renamed = { renamed: true };
export default interface Main { main: string }
`;

/** Type → what is on the wire. */
const table: readonly (readonly [string, string])[] = [
  // Primitives
  ["string", "string"],
  ["number", "number"],
  ["boolean", "boolean"],
  ["null", "null"],
  ["bigint", "<bigint>"],
  ["unknown", "unknown"],
  ["any", "unknown"],
  ["object", "object"],
  ["{}", "{}"],
  // Literals and unions
  [`"a"`, `"a"`],
  ["7", "7"],
  ["-1.5", "-1.5"],
  ["true", "true"],
  ["10n", "<10n>"],
  ["string | null", "(string | null)"],
  ["null | string", "(string | null)"],
  ["string | undefined", "string"],
  ["boolean | null", "(boolean | null)"],
  ["true | false | null", "(boolean | null)"],
  ["false | string", "(false | string)"],
  [`"x" | null`, `("x" | null)`],
  [`"b" | "a" | "c"`, `enum("b" "a" "c")`],
  ["3 | 1 | 2", "enum(3 1 2)"],
  [`"auto" | 0 | 1`, `enum("auto" 0 1)`],
  [`string | "a"`, "string"],
  [`"a" | "b" | (string & {})`, `(enum("a" "b") | string)`],
  ["string | number | boolean", "(string | number | boolean)"],
  ["string | string[]", "(string | string[])"],
  ["Status", `enum("queued" "active" "done")`],
  ["Status | null", `(enum("queued" "active" "done") | null)`],
  [`Exclude<Status, "active">`, `enum("queued" "done")`],
  [`Status | "lost"`, `enum("queued" "active" "done" "lost")`],
  ["(typeof colors)[number]", `enum("teal" "amber" "coral")`],
  ["keyof Remapped", `enum("to_z" "to_a" "to_m")`],
  ["keyof typeof limits", `enum("small" "big")`],
  ["(typeof limits)[keyof typeof limits]", "enum(1 1000)"],
  ["Shape", `({ type: "circle", r: number } | { type: "square", side: number } | { type: "none" } by type)`],
  [
    `{ ok: true; value: string } | { ok: false; error: string }`,
    `({ ok: true, value: string } | { ok: false, error: string } by ok)`,
  ],
  [`{ n: 1 | 2; a: string } | { n: 3; b: string }`, `({ n: enum(1 2), a: string } | { n: 3, b: string } by n)`],
  ["{ a: string } | { b: number }", "({ a: string } | { b: number })"],
  ["Exclusive", "({ a: string } | { b: number })"],
  // Enums
  ["Color", `enum("red" "green" "blue")!`],
  ["Color.Green", `"green"!`],
  ["Color.Blue | Color.Red", `enum("blue" "red")!`],
  ["Exclude<Color, Color.Red>", `enum("green" "blue")!`],
  ["Level", "enum(0 5 6)!"],
  ["Mixed", `enum(1 "b")!`],
  ["Computed", "number!"],
  ["Fixed", `enum("on" "off")!`],
  ["Single", `"only"!`],
  ["Flags", "enum(1 2 3)!"],
  ["keyof typeof Color", `enum("Red" "Green" "Blue")`],
  ["`${Color}`", `enum("red" "green" "blue")`],
  // Arrays and tuples
  ["string[]", "string[]"],
  ["readonly string[]", "string[]"],
  ["Array<number>", "number[]"],
  ["ReadonlyArray<Date>", "<date>[]"],
  ["(string | null)[]", "(string | null)[]"],
  [`("b" | "a")[]`, `enum("b" "a")[]`],
  ["string[][]", "string[][]"],
  ["[string, number]", "[string, number]"],
  ["readonly [string, number?]", "[string, number?]"],
  ["[name: string, age?: number]", "[name: string, age: number?]"],
  ["[string, ...number[]]", "[string, ...number]"],
  ["[a: string, ...rest: boolean[]]", "[a: string, ...boolean]"],
  ["[]", "[]"],
  ["typeof colors", `["teal", "amber", "coral"]`],
  // Objects
  ["{ a: string; b?: number }", "{ a: string, b?: number }"],
  ["{ readonly a: string | undefined }", "{ a?: string }!"],
  ["{ a?: string | null }", "{ a?: (string | null) }"],
  ["{ a?: boolean }", "{ a?: boolean }"],
  ["{ a: undefined; b: 1 }", "{ b: 1 }!"],
  [`{ "two words": 1; 3: string }`, `{ two words: 1, 3: string }`],
  ["Derived", `{ id: string, kind: "derived", more: number }`],
  ["Multiple", `{ id: string, kind: string, from: "other", own: boolean }`],
  ["Imported", `{ from: "other" }`],
  ["Other", "{ renamed: true }"],
  ["other.Imported", `{ from: "other" }`],
  [`import("./other.js").default`, "{ main: string }"],
  ["N.Inner", "{ a: 1 }"],
  ["Deep", `{ a: { b: { c: ["x", { d: boolean }] } } }`],
  [`Deep["a"]["b"]`, `{ c: ["x", { d: boolean }] }`],
  ["typeof plain", "{ name: string, tags: string[], deep: { on: boolean } }"],
  ["typeof limits", "{ small: 1, big: 1000 }"],
  ["Point", "{ x: number, y: number }"],
  ["Dated", "{ at: <date>, year: number }"],
  ["Generic<string>", "{ value: string }"],
  ["Overloaded", "{ a: string }"],
  // Records
  ["Record<string, number>", "Record<string, number>"],
  ["{ [key: string]: Date }", "Record<string, <date>>"],
  ["Record<number, string>", "Record<number, string>"],
  [`Record<"b" | "a", number>`, "{ b: number, a: number }"],
  ["Record<Status, number>", "{ queued: number, active: number, done: number }"],
  ["Record<Color, 1>", "{ red: 1, green: 1, blue: 1 }"],
  ["Record<`x_${string}`, number>", "Record<`x_${string}`, number>"],
  ["Record<string, never>", "{  }"],
  ["Record<string, string | undefined>", "Record<string, string>"],
  ["Partial<Record<Status, string>>", "{ queued?: string, active?: string, done?: string }"],
  ["{ a: number; [other: string]: number }", "{ a: number, ...: number }"],
  ["{ a: string; [other: `x-${string}`]: string }", "{ a: string, [`x-${string}`]: string }!"],
  // Utility and mapped types
  ["Partial<Derived>", `{ id?: string, kind?: "derived", more?: number }`],
  ["Required<{ a?: string; b?: number | null }>", "{ a: string, b: (number | null) }"],
  [`Pick<Derived, "more" | "id">`, "{ id: string, more: number }"],
  [`Omit<Derived, "kind">`, "{ id: string, more: number }"],
  ["Readonly<Base>", "{ id: string, kind: string }"],
  ["NonNullable<string | null>", "string"],
  ["Parameters<(a: string, b?: number) => void>", "[a: string, b: number?]"],
  ["ReturnType<() => { a: 1 }>", "{ a: 1 }"],
  ["Awaited<Promise<string>>", "string"],
  ["Page<Base>", "{ items: { id: string, kind: string }[], next?: string }"],
  ["Page<Page<string>>", "{ items: { items: string[], next?: string }[], next?: string }"],
  ["Pair<string>", "{ first: string, second: string }"],
  ["Pair<string, Pair<1>>", "{ first: string, second: { first: 1, second: 1 } }"],
  ["Nullable<Base>", "{ id: (string | null), kind: (string | null) }"],
  ["Getters<Base>", "{ get_id: string, get_kind: string }"],
  ["DeepPartial<{ a: { b: string } }>", "{ a?: { b?: string } }"],
  ["Unwrap<Promise<number>>", "number"],
  ["Unwrap<Base[]>", "{ id: string, kind: string }"],
  // Intersections
  ["Base & { extra: number }", "{ id: string, kind: string, extra: number }"],
  ["Base & Partial<Imported>", `{ id: string, kind: string, from?: "other" }`],
  [`{ id: string } & ({ a: 1 } | { b: 2 })`, "({ id: string, a: 1 } | { id: string, b: 2 })"],
  ["{ a: string } & Record<string, string>", "{ a: string, ...: string }"],
  ["UserId", "string!"],
  ["Cents", "number!"],
  ["Tags", "string[]!"],
  ["{ id: UserId }", "{ id: string! }"],
  ["UserId | null", "(string! | null)"],
  // Templates
  ["`id_${string}`", "`id_${string}`"],
  ["`${number}px`", "`${number}px`"],
  ["`v${bigint}`", "`v${bigint}`"],
  ["`${Status}-${number}`", "(`active-${number}` | `done-${number}` | `queued-${number}`)"],
  ["`${'a' | 'b'}_${'x' | 'y'}`", `enum("a_x" "a_y" "b_x" "b_y")`],
  [`Uppercase<"ab">`, `"AB"`],
  ["Uppercase<string>", String.raw`string{"pattern":"^\\P{Changes_When_Uppercased}*$"}!`],
  // Codecs, by declaration
  ["Date", "<date>"],
  ["URL", "<url>"],
  ["NodeUrl", "<url>"],
  ["Uint8Array", "<uint8array>"],
  ["Buffer", "<buffer>"],
  ["B2", "<buffer>"],
  ["ArrayBuffer", "<arraybuffer>"],
  ["Map<string, number>", "Map<string, number>"],
  ["ReadonlyMap<number, Date>", "Map<number, <date>>"],
  ["Set<Status>", `Set<enum("queued" "active" "done")>`],
  ["ReadonlySet<string>", "Set<string>"],
  ["Date | string", "(<date> | string)"],
  ["string | Date | null", "(string | <date> | null)"],
  ["N.Date", "{ own: string }"],
  ["Date2", "{ year: number }"],
];

const source =
  declarations + table.map(([type], index) => `export function f${index}(value: ${type}): void {}`).join("\n");
const analyzed = analyze({ "src/a.ts": source, "src/other.ts": other });

describe("types on the wire", () => {
  it.each(table.map(([type, expected], index) => ({ type, expected, index })))("$type", ({ expected, index }) => {
    const [value] = find(analyzed, `f${index}`).parameters;
    expect(shown(value!.type)).toBe(expected);
  });

  it("warns of open types, and of what JSON cannot tell apart", () => {
    expect(new Set(analyzed.diagnostics.map(({ code }) => code))).toEqual(new Set(["MG310", "MG312"]));
  });
});

it("enums and interfaces of packages, which only declare them", () => {
  const analyzed = analyze({
    "src/a.ts": `import type { Level, Size, Opaque, Thing } from "pack";
/** F. */
export function f(level: Level, size: Size, opaque: Opaque, thing: Thing): void {}`,
    "node_modules/pack/package.json": `{ "name": "pack", "version": "1.0.0", "types": "index.d.ts" }`,
    "node_modules/pack/index.d.ts": `export declare enum Level { Low = "low", High = "high" }
export declare const enum Size { S = 1, L = 2 }
/** What a member without a value is worth, only the package's own code knows. */
export declare enum Opaque { A, B }
export interface Thing { name: string; level?: Level }`,
  });
  const types = find(analyzed, "f").parameters.map(({ type }) => shown(type));
  expect(types).toEqual([
    `enum("low" "high")!`,
    "enum(1 2)!",
    "number!",
    `{ name: string, level?: enum("low" "high")! }`,
  ]);
});
