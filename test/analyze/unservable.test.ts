/** What JSON cannot carry, with the path to the member at fault and the smallest place. */
import { describe, expect, it } from "vitest";
import { analyze, find, lines, parameter, problems, shown } from "./sources.js";

const declarations = `
import type { Server } from "node:http";
import type { Context, Logger, Progress } from "mcpgen";
interface Order { id: string; items: { sku: string; callback: (x: number) => void }[] }
interface Store { get(key: string): string; size: number }
interface Repo<T> { find(id: string): Promise<T>; }
class Money { private cents = 0; constructor(readonly currency: string) {} }
class Hash { #state = 0; value = 1 }
class Shop { name = "x"; open(): void {} }
class Failure extends Error { code = 1 }
enum Color { Red = "red" }
type Handler = (event: string) => void;
`;

const table: readonly (readonly [string, string])[] = [
  ["() => void", "MG301 `value` is a function"],
  ["Handler", "MG301 `value` is a function"],
  ["new () => object", "MG301 `value` is a class"],
  ["typeof Shop", "MG301 `value` is a class"],
  ["typeof parseInt", "MG301 `value` is a function"],
  ["symbol", "MG301 `value` is a symbol"],
  ["Order", "MG301 `value.items[].callback` is a function"],
  ["Order[]", "MG301 `value[].items[].callback` is a function"],
  ["Record<string, { on: () => void }>", "MG301 `value[].on` is a function"],
  ["[string, () => void]", "MG301 `value[1]` is a function"],
  ["Map<string, symbol>", "MG301 `value[]` is a symbol"],
  [`{ "a b": symbol }`, `MG301 \`value["a b"]\` is a symbol`],
  [`{ ["__proto__"]: string }`, "MG301 `value.__proto__` has a name that objects do not keep"],
  ["Store", "MG301 `value.get` is a function"],
  ["Money", "MG301 `value` is an instance of the class `Money`"],
  ["Hash", "MG301 `value` is an instance of the class `Hash`"],
  ["Shop", "MG301 `value` is an instance of the class `Shop`"],
  ["{ shop: Shop | null }", "MG301 `value.shop` is an instance of the class `Shop`"],
  ["Error", "MG301 `value` is an instance of the class `Error`"],
  ["Failure", "MG301 `value` is an instance of the class `Failure`"],
  ["RegExp", "MG301 `value` is a `RegExp`"],
  ["Promise<string>", "MG301 `value` is a `Promise`"],
  ["WeakMap<object, string>", "MG301 `value` is a `WeakMap`"],
  ["Float64Array", "MG301 `value` is a `Float64Array`"],
  ["Headers", "MG301 `value` is a `Headers`"],
  ["Response", "MG301 `value` is a `Response`"],
  ["URLSearchParams", "MG301 `value` is a `URLSearchParams`"],
  ["Function", "MG301 `value` is a `Function`"],
  ["Symbol", "MG301 `value` is a `Symbol`"],
  ["AbortSignal", "MG301 `value` is an `AbortSignal`"],
  ["Server", "MG301 `value` is an instance of the class `Server`"],
  ["Context", "MG301 `value` is a `Context`"],
  ["Progress", "MG301 `value` is a function"],
  ["never", "MG301 `value` is `never`: no value fits"],
  ["{ a: never }", "MG301 `value.a` is `never`: no value fits"],
  ["undefined", "MG301 `value` is `undefined`, which JSON cannot represent"],
  ["{ a: undefined }", "MG301 `value` has no member that a client could send"],
  ["undefined[]", "MG301 `value[]` is `undefined`, which JSON cannot represent"],
  ["(string | undefined)[]", "string[]"],
  ["[string | undefined, ...(number | undefined)[]]", "[string, ...number]"],
  ["Map<string, number | undefined>", "Map<string, number>"],
  ["Iterable<string> | string[]", "string[]"],
  ["(a: string) => string | string", "MG301 `value` is a function"],
];

const analyzed = analyze(
  declarations + table.map(([type], index) => `export function f${index}(value: ${type}): void {}`).join("\n"),
);

describe("parameters that JSON cannot carry, or only in part", () => {
  it.each(table.map(([type, expected], index) => ({ type, expected, index })))("$type", ({ expected, index }) => {
    expect(shown(parameter(analyzed, `f${index}`).type)).toBe(expected);
  });

  it("leaves them out of the stage's own diagnostics: a parameter may still be injected", () => {
    expect(analyzed.diagnostics).toEqual([]);
  });
});

describe("places", () => {
  it("points at the member where the user wrote it, in whichever file, else at the type", () => {
    const order = `export interface Order {
  lines: Array<{
    done: () => void;
  }>;
}`;
    const main = `import type { Order } from "./order.js";
export function f(order: Order, when: Promise<Date>): { result: Promise<1> } { return null!; }`;
    expect(problems(analyze({ "src/a.ts": main, "src/order.ts": order }))).toEqual([
      "MG301 `order.lines[].done` is a function @ src/order.ts:3:5-22",
      "MG301 `when` is a `Promise` @ src/a.ts:2:39-52",
      "MG306 `result.result` is a `Promise` @ src/a.ts:2:57-75",
    ]);
  });

  it("shortens a path that would fill the message", () => {
    const path = Array.from({ length: 20 }, (_, index) => `member${index}`);
    const type = `${path.map((name) => `{ ${name}: `).join("")}symbol${" }".repeat(path.length)}`;
    const [line = ""] = problems(analyze(`export function f(value: ${type}): void {}`));
    expect(line).toMatch(/^MG301 `….*\.member19` is a symbol/);
    expect(line.indexOf(" @")).toBeLessThan(100);
  });

  it("reports every member at fault, each once", () => {
    const source = `interface Hooks { before: () => void; after: () => void }
export function f(hooks: Hooks, more: { hooks: Hooks; again: Hooks }): void {}`;
    expect(problems(analyze(source)).map((line) => line.replace(/ @.*/, ""))).toEqual([
      "MG301 `hooks.before` is a function",
      "MG301 `hooks.after` is a function",
      "MG301 `more.hooks.before` is a function",
      "MG301 `more.hooks.after` is a function",
    ]);
  });
});

describe("results", () => {
  it.each([
    ["(): () => void", "MG306 `result` is a function"],
    ["(): Promise<{ db: Map<string, () => void> }>", "MG306 `result.db[]` is a function"],
    ["(): AsyncIterable<string>", "string"],
    ["(): AsyncGenerator<string>", "string"],
    ["(): ReadableStream<string>", "MG306 `result` is a stream, but not an `AsyncIterable`"],
    ["(): Generator<string>", "MG306 `result` is a generator that is not `async`"],
    ["(): { a: string } | undefined", "({ a: string } | void)"],
    ["(): string | null | undefined", "(string | null | void)"],
    ["(): void", "void"],
    ["(): Promise<void>", "void"],
    ["(): never", "void"],
    ["(): PromiseLike<number>", "number"],
    ["(): Promise<string> | number", "(string | number)"],
    ["(): Promise<Promise<boolean>>", "boolean"],
    ["(): (string | undefined)[]", "MG306 `result[]` can be `undefined`, which JSON cannot represent"],
    ["(): [string | undefined]", "MG306 `result[0]` can be `undefined`, which JSON cannot represent"],
    ["(): [...(string | undefined)[]]", "MG306 `result[]` can be `undefined`, which JSON cannot represent"],
    ["(): { a: Iterable<string> }", "MG306 `result.a` is an `Iterable`"],
    ["(): string | RegExp", "MG306 `result` is a `RegExp`"],
    ["(): { a?: string | RegExp; b: 1 }", "{ b: 1 }"],
  ])("%s", (signature, expected) => {
    expect(shown(find(analyze(`export function f${signature} { return null!; }`), "f").result)).toBe(expected);
  });
});

describe("open types", () => {
  const open = analyze(`interface Bag { any: any; list: unknown[]; map: Record<string, unknown> }
export function f(value: any, bag: Bag): { data: any } { return null!; }
export function g(bag: Bag): void {}
export function h(bag: Bag, stop: () => void): void {}`);

  it("are served, with a warning at each place", () => {
    expect(shown(parameter(open, "g").type)).toBe("{ any: unknown, list: unknown[], map: Record<string, unknown> }");
    expect(lines(open.diagnostics)).toEqual([
      "MG310 `bag.any` is `any`, which accepts everything @ src/a.ts:1:17-26",
      "MG310 `bag.list[]` is `unknown`, which accepts everything @ src/a.ts:1:27-43",
      "MG310 `bag.map[]` is `unknown`, which accepts everything @ src/a.ts:1:44-72",
      "MG310 `value` is `any`, which accepts everything @ src/a.ts:2:26-29",
      "MG310 `result.data` is `any`, which tells the client nothing @ src/a.ts:2:44-53",
    ]);
  });
});

describe("errors of TypeScript in a signature", () => {
  it("are reported in its own words, at their own place", () => {
    const broken = analyze({
      "src/a.ts": `import { Role } from "./roles.js";
import type { Half } from "./half.js";
export function role(role: Role): void {}
export function name(id: UserId): void {}
export function result(): Missing { return null!; }
export function member(half: Half): void {}
export function inferred() { return make(1); }
export function fine(): number { const wrong: string = 5; return undefinedName; }
`,
      "src/half.ts": `export interface Half { a: string; b: Lost }`,
    });
    expect(problems(broken)).toEqual([
      "MG110 Cannot find module './roles.js' or its corresponding type declarations. @ src/a.ts:1:22-34",
      "MG110 Cannot find name 'UserId'. @ src/a.ts:4:26-32",
      "MG110 Cannot find name 'Missing'. @ src/a.ts:5:27-34",
      "MG110 Cannot find name 'Lost'. @ src/half.ts:1:39-43",
      "MG110 Cannot find name 'make'. @ src/a.ts:7:37-41",
    ]);
    expect(shown(find(broken, "fine").result)).toBe("number");
  });

  it("is no dependency: nothing could be injected there", () => {
    const broken = analyze(`interface Options { a: Lost }\nexport function f(options: Options, other: Gone): void {}`);
    expect(find(broken, "f").parameters.map(({ key }) => key)).toEqual([undefined, undefined]);
  });
});
