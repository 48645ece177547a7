/** Recursive types are named, whichever way they are reached; all others are put in place. */
import { describe, expect, it } from "vitest";
import { analyze, find, lines, parameter, problems, shown } from "./sources.js";
import { typeText } from "./type-text.js";

const analyzed = analyze({
  "src/a.ts": `
import type { Node } from "./node.js";
/** A file or a folder. */
export interface Tree { name: string; children?: Tree[] }
type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
type Nested = (string | Nested)[];
interface Person { name: string; friends: Person[]; employer: Company | null }
interface Company { staff: Set<Person>; parent?: Company }
interface List<T> { value: T; next: List<T> | null }
type Expr = { op: "num"; value: number } | { op: "neg"; of: Expr } | { op: "add"; left: Expr; right: Expr };
interface Owner { node: Node; again: OwnNode }
interface OwnNode { next?: Node; own?: OwnNode }
type Anonymous = { inner: { self?: Anonymous["inner"] } };
export function tree(root: Tree): void {}
export function json(value: Json): void {}
export function optionalJson(options: { value?: Json; }): void {}
export function nested(value: Nested): void {}
export function person(person: Person): void {}
export function company(company: Company): void {}
export function texts(list: List<string>): void {}
export function numbers(list: List<number[]>): void {}
export function pages(list: List<{ a: 1 }>): void {}
export function expr(value: Expr): void {}
export function owner(owner: Owner): void {}
export function anonymous(value: Anonymous): void {}
export function partial(tree: Partial<Tree>): void {}
`,
  "src/node.ts": `export interface Node { next?: Node }
import type { Node as Other } from "./other.js";
export function both(a: Node, b: Other): void {}`,
  "src/other.ts": `export interface Node { value: number; next?: Node }`,
});
const definitions = Object.fromEntries(
  Object.entries(analyzed.model.definitions).map(([name, { type }]) => [name, typeText(type)]),
);

describe("recursive types", () => {
  it.each([
    ["tree", "{ name: string, children?: #Tree[] }"],
    ["json", "(string | number | boolean | #Json[] | Record<string, #Json> | null)"],
    ["optionalJson", "{ value?: #Json }"],
    ["nested", "(string | #Nested)[]"],
    ["person", "{ name: string, friends: #Person[], employer: (#Company | null) }"],
    ["company", "{ staff: Set<#Person>, parent?: #Company }"],
    ["texts", "{ value: string, next: (#ListOfString | null) }"],
    ["numbers", "{ value: number[], next: (#ListOfNumberArray | null) }"],
    [
      "expr",
      `({ op: "num", value: number } | { op: "neg", of: #Expr } | { op: "add", left: #Expr, right: #Expr } by op)`,
    ],
    ["owner", "{ node: #Node, again: #OwnNode }"],
    ["anonymous", "{ inner: #AnonymousInner }"],
    ["partial", "{ name?: string, children?: #Tree[] }"],
  ])("%s", (name, expected) => {
    expect(shown(parameter(analyzed, name).type)).toBe(expected);
  });

  it("names two types of one name apart, by their place", () => {
    expect(find(analyzed, "both").parameters.map(({ type }) => shown(type))).toEqual([
      "{ next?: #Node }",
      "{ value: number, next?: #Node2 }",
    ]);
  });

  it("defines each once", () => {
    expect(definitions).toMatchObject({
      Tree: "{ name: string, children?: #Tree[] }",
      Nested: "(string | #Nested)[]",
      Company: "{ staff: Set<#Person>, parent?: #Company }",
      AnonymousInner: "{ self?: #AnonymousInner }",
      Node2: "{ value: number, next?: #Node2 }",
    });
    expect(analyzed.model.definitions["Tree"]?.description).toBe("A file or a folder.");
  });

  it("finds nothing wrong", () => {
    expect(problems(analyzed)).toEqual([]);
  });
});

describe("the limits", () => {
  it("takes a type that is deep", () => {
    const depth = 95;
    const deep = analyze(`export function f(value: ${"{ a: ".repeat(depth)}string${" }".repeat(depth)}): void {}`);
    expect(shown(parameter(deep, "f").type)).toBe(`${"{ a: ".repeat(depth)}string${" }".repeat(depth)}`);
  });

  it("takes a generic type that is deep in itself", () => {
    const source = `type W<T> = { a: T }; type W4<T> = W<W<W<W<T>>>>; type W64 = W4<W4<W4<W4<W4<W4<W4<W4<W4<W4<W4<W4<W4<W4<W4<W4<1>>>>>>>>>>>>>>>>;
      type DeepPartial<T> = { [K in keyof T]?: DeepPartial<T[K]> };
      export function f(value: W64, partial: DeepPartial<W64>): void {}`;
    expect(problems(analyze(source))).toEqual([]);
  });

  it("takes unions of a thousand members", () => {
    const literals = Array.from({ length: 1000 }, (_, index) => `"k${999 - index}"`);
    const objects = Array.from({ length: 600 }, (_, index) => `{ kind: "k${index}"; n${index}: number }`);
    const big = analyze(`export function f(key: ${literals.join(" | ")}, one: ${objects.join(" | ")}): void {}`);
    const [key, one] = find(big, "f").parameters;
    expect(shown(key!.type)).toBe(`enum(${literals.join(" ")})`);
    expect(shown(one!.type)).toMatch(/^\(\{ kind: "k0", n0: number \} \| .* by kind\)$/);
  });

  it("refuses a type that grows at each step, and that one only", () => {
    const source = `interface Deep<T> { value: T; next?: Deep<T[]>; other?: Deep<Set<T>> }
      export function f(deep: Deep<string>): void {}
      export function g(lists: string[][]): void {}`;
    const endless = analyze(source);
    expect(shown(parameter(endless, "f").type)).toMatch(/^MG301 `deep.*` expands without end/);
    expect(shown(parameter(endless, "g").type)).toBe("string[][]");
    expect(lines(endless.diagnostics)).toEqual([]);
  });
});
