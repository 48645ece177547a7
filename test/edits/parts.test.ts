/** What an edit leaves to be read anew: a part of the source, or all of it; and that either gives what a build from nothing gives. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { thisProcess } from "../../src/cli/owner.js";
import { isError } from "../../src/diagnostics/diagnostic.js";
import { generate } from "../../src/pipeline.js";

import { project } from "../analyze/sources.js";
import { readFolder, writeFiles } from "../support/folder.js";
import { parseLibrariesOnce } from "../support/parsed-libraries.js";
import { generatedOf } from "./generated.js";

parseLibrariesOnce();

const base: Readonly<Record<string, string>> = {
  "package.json": `{ "name": "app", "type": "module" }`,
  "tsconfig.json": `{ "compilerOptions": { "strict": true, "target": "ES2022", "module": "NodeNext", "lib": ["ES2022"], "types": [] } }`,
  "src/orders.ts": `import type { Order, Tree } from "./types.js";
/** Finds an order. */
export function findOrder(id: string): Order { return { id, at: new Date() }; }
/** Shows a tree. */
export function showTree(tree: Tree): Tree { return tree; }
`,
  "src/users.ts": `import type { Store } from "./store.js";
/** Finds a user. */
export function findUser(name: string, store: Store): string { return store.get(name); }
`,
  "src/sums.ts": `/** Adds. */
export function add(a: number, b: number): number { return a + b; }
`,
  "src/more.ts": `/** Halves. */
export function halve(value: number): number { return value / 2; }
`,
  "src/types.ts": `export interface Order { id: string; at: Date }
export interface Tree { name: string; parts?: Tree[] }
`,
  "src/store.ts": `export interface Store { get(id: string): string }
/** @provider */
export const makeStore = (): Store => ({ get: (id) => id });
`,
  "src/globals.ts": "declare global { interface Shared { id: string } }\nexport {};\n",
  "src/index.ts": `export * from "./sums.js";\nexport { findOrder } from "./orders.js";\nexport { halve } from "./more.js";\n`,
  "src/tenants.ts": `import type { Caller } from "mcpgen";
import type { Group } from "./groups.js";
export interface Tenant { describe(): string }
/** @provider @scope request */
export const makeTenant = (caller: Caller<{ group: Group }>): Tenant => ({ describe: () => caller.claims.group.name });
`,
  "src/groups.ts": "export interface Group { name: string; within?: Group }\n",
  "src/names.ts": `import type { Tenant } from "./tenants.js";
/** Names the tenant. */
export function nameTenant(tenant: Tenant): string { return tenant.describe(); }
`,
  "lib/units.ts": "export type Unit = 1 | 2;\n",
  "src/lists.ts": `import type { Order } from "./types.js";
/** A member of an order. */
export function member<T extends Order, K extends keyof T>(order: T, key: K): T[K] { return order[key]; }
/** The first. */
export function first<T>(items: T[]): T | undefined { return items[0]; }
`,
  "src/levels.ts": `import type { Level } from "gauge";
/** Raises a level. */
export function raise(level: Level): number { return level + 1; }
`,
  "node_modules/gauge/package.json": `{ "name": "gauge", "version": "1.0.0", "types": "index.d.ts" }`,
  "node_modules/gauge/index.d.ts": "export declare const enum Level { Low = 1, High = 2 }\n",
};

interface Case {
  readonly edit: Readonly<Record<string, (text: string) => string>>;
  readonly reads: "a part" | "all";
  /** The functions that are served, where not all are. */
  readonly chosen?: readonly string[];
}

const replace =
  (from: string, to: string) =>
  (text: string): string => {
    expect(text).toContain(from);
    return text.replace(from, to);
  };
const add = (more: string) => (text: string) => text + more;

const cases: Readonly<Record<string, Case>> = {
  "the body of a function": { edit: { "src/sums.ts": replace("a + b", "b + a") }, reads: "a part" },
  "the type of a parameter": { edit: { "src/sums.ts": replace("b: number", "b: bigint") }, reads: "a part" },
  "a comment": { edit: { "src/sums.ts": replace("Adds.", "Adds two.") }, reads: "a part" },
  "another function": {
    edit: { "src/sums.ts": add("/** Is new. */\nexport function none(): void {}\n") },
    reads: "a part",
  },
  "a function with a recursive type": { edit: { "src/orders.ts": replace("Shows a", "Draws a") }, reads: "a part" },
  "a function that needs what another module provides": {
    edit: { "src/users.ts": replace("name: string,", "name: string, limit: number,") },
    reads: "a part",
  },
  "the claims that a provider names": {
    edit: { "src/groups.ts": replace("name: string;", "name: string; rank: number;") },
    reads: "all",
  },
  "a function that needs what is made of claims": {
    edit: { "src/names.ts": replace("Names the", "Tells of the") },
    reads: "a part",
  },
  "a type that two modules import": {
    edit: { "src/types.ts": replace("id: string;", "id: number;") },
    reads: "a part",
  },
  "an import of a file that was read": {
    edit: {
      "src/sums.ts": (text) => `import type { Tree } from "./types.js";\n${text.replace("b: number", "b: Tree")}`,
    },
    reads: "a part",
  },
  "an error": { edit: { "src/sums.ts": replace("b: number", "b: () => void") }, reads: "a part" },
  "a file that does not parse": { edit: { "src/sums.ts": add("export const broken = (;") }, reads: "a part" },
  "a name that a barrel hands on": { edit: { "src/more.ts": replace("halve", "divide") }, reads: "all" },
  "values that only the compiler knows": {
    edit: { "node_modules/gauge/index.d.ts": add("export declare const enum Step { Up = 1 }\n") },
    reads: "all",
  },
  "a barrel": { edit: { "src/index.ts": replace("{ halve }", "{ halve as half }") }, reads: "a part" },
  "a function that is exported as the default": {
    edit: { "src/more.ts": replace("export function halve", "export default function halve") },
    reads: "all",
  },
  "an import of a file that was not": {
    edit: {
      "src/sums.ts": (text) => `import type { Unit } from "../lib/units.js";\n${text.replace("b: number", "b: Unit")}`,
    },
    reads: "all",
  },
  "a need that nothing had": {
    edit: {
      "src/sums.ts": (text) =>
        `import type { Store } from "./store.js";\n${text.replace("b: number", "b: number, store?: Tree")}interface Tree { own: Store }\n`,
    },
    reads: "all",
  },
  "a provider": { edit: { "src/store.ts": replace("makeStore", "openStore") }, reads: "all" },
  "a provider beside a tool": {
    edit: {
      "src/sums.ts": add(
        "/** @provider */\nexport function makeClock(): Clock { return new Clock(); }\nexport class Clock {}\n",
      ),
    },
    reads: "all",
  },
  "a type that is recursive and called as another": {
    edit: {
      "src/sums.ts": add(
        "interface Tree { left?: Tree }\n/** Cuts. */\nexport function cut(tree: Tree): void { void tree; }\n",
      ),
    },
    reads: "all",
  },
  "what holds for all": { edit: { "src/globals.ts": replace("id: string", "id: number") }, reads: "all" },
  "what holds for all, in a module that held for itself": {
    edit: { "src/sums.ts": add("declare global { interface Added { id: string } }\n") },
    reads: "all",
  },
  "a step of a chain": {
    edit: {
      "src/sums.ts": add("/** Takes. @from b halve */\nexport function take(b: number): number { return b; }\n"),
    },
    reads: "all",
  },
  "a class that is left out": {
    edit: { "src/sums.ts": add("export class Service { run(): void {} }\n") },
    reads: "all",
  },
  "a function that is chosen": {
    chosen: ["orders.ts", "users.ts#findUser"],
    edit: { "src/users.ts": replace("name: string,", "name: string, limit: number,") },
    reads: "a part",
  },
  "a name where functions are chosen": {
    chosen: ["orders.ts", "users.ts#findUser"],
    edit: { "src/users.ts": replace("findUser", "seekUser") },
    reads: "all",
  },
  "a function that a barrel chooses": {
    chosen: ["index.ts"],
    edit: { "src/sums.ts": replace("b: number", "b: bigint") },
    reads: "all",
  },
  "a function where an entry names nothing": {
    chosen: ["orders.ts", "users.ts#nobody"],
    edit: { "src/orders.ts": replace("Shows a", "Draws a") },
    reads: "all",
  },
  "what package.json says": { edit: { "package.json": replace(`"app"`, `"other"`) }, reads: "all" },
};

const build = (root: string, functions?: readonly string[]) =>
  generate({ cwd: root, source: "src", output: "server", functions, owner: thisProcess });

test.each(Object.entries(cases))("%s", async (_, { edit, reads, chosen }) => {
  const root = project(base);
  expect((await build(root, chosen)).diagnostics.filter(isError)).toEqual([]);
  const edited = Object.fromEntries(Object.entries(edit).map(([path, change]) => [path, change(base[path] ?? "")]));
  writeFiles(root, edited);
  const anew = await build(root, chosen);
  expect(anew.value.isIncremental === true ? "a part" : "all").toBe(reads);

  const nothing = project({ ...base, ...edited });
  const cold = await build(nothing, chosen);
  // A build from nothing has no tests of tools that are gone.
  expect(anew.diagnostics.filter(({ code }) => code !== "MG616")).toEqual(cold.diagnostics);
  if (cold.diagnostics.some(isError)) return;
  const generated = (of: string) => generatedOf(readFolder(join(of, "server")));
  expect(generated(root)).toEqual(generated(nothing));
  // The next build begins with what this one has kept.
  writeFiles(root, { "src/more.ts": `${edited["src/more.ts"] ?? base["src/more.ts"] ?? ""}// An end.\n` });
  await build(root, chosen);
  rmSync(join(nothing, "server"), { recursive: true });
  writeFiles(nothing, { "src/more.ts": `${edited["src/more.ts"] ?? base["src/more.ts"] ?? ""}// An end.\n` });
  await build(nothing, chosen);
  expect(generated(root)).toEqual(generated(nothing));
});
