/** What bodies are seen to do: nothing only where that is certain. */
import { describe, expect, it, test } from "vitest";
import { changesNothing, isPure } from "../../src/model/effects.js";
import { analyze, find, type Files } from "./sources.js";

/** `kind text` of each effect, with the way to it. */
function effects(files: Files | string, name = "f"): string[] {
  return find(analyze(files), name).effects.map(({ kind, text, through }) => [kind, ...through, text].join(" › "));
}

describe("nothing", () => {
  it.each([
    ["arithmetic", "export function f(a: number, b: number) { return Math.round(a * b * 100) / 100; }"],
    ["text", "export const f = (a: string) => a.trim().split(',').map((x) => x.toUpperCase()).join('-');"],
    ["a list of its own", "export function f(a: number[]) { const b = [...a]; b.sort((x, y) => x - y); return b; }"],
    ["a sorted copy", "export function f(a: Record<string, number>) { return Object.keys(a).sort(); }"],
    [
      "a map of its own",
      "export function f(a: string[]) { const m = new Map<string, number>(); for (const x of a) m.set(x, (m.get(x) ?? 0) + 1); return m; }",
    ],
    ["a counter of its own", "export function f(a: number) { let n = 0; while (n < a) n += 1; return n; }"],
    [
      "an error with a status",
      "export function f(a: number) { if (a > 1) throw Object.assign(new Error('x'), { status: 404 }); return a; }",
    ],
    ["a date that is given", "export function f(a: string) { return new Date(a).toISOString(); }"],
    ["a constant of the module", "const rates = { a: 1 }; export function f() { return rates.a; }"],
    ["a plain regular expression", "const word = /^[a-z]+$/; export function f(a: string) { return word.test(a); }"],
    [
      "one that is made of a text",
      "const word = RegExp('^' + '[a-z]', 'iu'); export function f(a: string) { return word.exec(a) !== null; }",
    ],
    [
      "an error of its own class",
      "class NotFound extends Error { readonly status = 404; } export function f(a: string) { if (a === '') throw new NotFound(a); return a; }",
    ],
    [
      "a function of its own",
      "function g(n: number): number { return n < 2 ? 1 : n * g(n - 1); } export function f(n: number) { return g(n); }",
    ],
    [
      "functions that call each other",
      "function g(n: number): boolean { return n === 0 || h(n - 1); } function h(n: number): boolean { return n !== 0 && g(n - 1); } export function f(n: number) { return g(n); }",
    ],
    ["awaiting", "export async function f(a: number) { return (await Promise.all([a, a])).length; }"],
    [
      "logging, which nobody sees",
      "import type { Logger } from 'mcpgen'; export function f(a: number, log: Logger) { log.info('x', { a }); return a; }",
    ],
  ])("%s", (_, text) => expect(effects(text)).toEqual([]));
});

describe("something", () => {
  it.each([
    ["random › Math.random()", "export function f() { return Math.random(); }"],
    ["clock › Date.now()", "export function f() { return Date.now(); }"],
    ["clock › new Date()", "export function f() { return new Date().getUTCDate(); }"],
    ["network › fetch(a)", "export async function f(a: string) { return (await fetch(a)).status; }"],
    ["console › console.log(a)", "export function f(a: string) { console.log(a); return a; }"],
    ["reads › process", "export function f() { return process.env.HOME ?? ''; }"],
    ["reads › count", "let count = 0; export function f() { return count; }"],
    ["state › count", "let count = 0; export function f() { count += 1; return 1; }"],
    ["state › seen.add", "const seen = new Set<string>(); export function f(a: string) { seen.add(a); return 1; }"],
    ["unknown › Object.assign", "export function f(a: object, b: object) { return Object.assign(a, b); }"],
    ["unknown › a.push", "export function f(a: number[]) { a.push(1); return a; }"],
    ["state › word.test", "const word = /a/g; export function f(a: string) { return word.test(a); }"],
    ["state › word.test", "const word = new RegExp('a', 'gi'); export function f(a: string) { return word.test(a); }"],
    [
      "state › word.test",
      "const x = /a/g; const word = RegExp(x); export function f(a: string) { return word.test(a); }",
    ],
    [
      "writes › writeFileSync(a, 'x')",
      "import { writeFileSync } from 'node:fs'; export function f(a: string) { writeFileSync(a, 'x'); return 1; }",
    ],
    [
      "reads › fs.readFileSync(a)",
      "import * as fs from 'node:fs'; export function f(a: string) { return fs.readFileSync(a).length; }",
    ],
    ["random › randomUUID()", "import { randomUUID } from 'node:crypto'; export function f() { return randomUUID(); }"],
    ["unknown › g(1)", "export function f(g: (n: number) => number) { return g(1); }"],
  ])("%s", (expected, text) => expect(effects(text)).toContain(expected));

  test("through others, by the shortest way", () => {
    const files = {
      "src/a.ts": "import { g } from './b.js'; export function f() { return g() + g(); }",
      "src/b.ts": "import h from './c.js'; export const g = (): number => h();",
      "src/c.ts": "/** @internal */ export default function h(): number { return Math.random(); }",
    };
    expect(effects(files)).toEqual(["random › g › h › Math.random()"]);
  });

  test("an unknown implementation of an interface may do anything", () => {
    const text =
      "export interface Users { find(id: string): string } export function f(id: string, users: Users) { return users.find(id); }";
    expect(effects(text)).toEqual(["unknown › users.find(id)"]);
  });
});

describe("the working directory", () => {
  const directory = (text: string): string[] => effects(text).filter((each) => each.startsWith("directory"));

  it.each([
    ["process.cwd()", "export function f() { return process.cwd(); }"],
    ["cwd()", "import { cwd } from 'node:process'; export function f() { return cwd(); }"],
    ["fs.readFileSync('./a')", "import fs from 'fs'; export function f() { return fs.readFileSync('./a').length; }"],
    [
      "open(`a/${a}`)",
      "import { open } from 'fs/promises'; export async function f(a: string) { await open(`a/${a}`); }",
    ],
    ["resolve('a')", "import { resolve } from 'path'; export function f() { return resolve('a'); }"],
    ["process.loadEnvFile()", "process.loadEnvFile(); export function f() { return 1; }"],
    ['"dotenv/config"', 'import "dotenv/config"; export function f() { return 1; }'],
    ["dotenv.config()", "import dotenv from 'dotenv'; dotenv.config(); export function f() { return 1; }"],
    [
      "config({ quiet: true })",
      "import { config } from 'dotenv'; config({ quiet: true }); export function f() { return 1; }",
    ],
    ["require('dotenv').config()", "require('dotenv').config(); export function f() { return 1; }"],
  ])("%s", (text, source) => expect(directory(source)).toEqual([`directory › ${text}`]));

  test("of a module that is imported", () => {
    const files = {
      "src/a.ts": "import { b } from './b.js'; export function f() { return b; }",
      "src/b.ts": "import './c.js'; export const b = 1;",
      "src/c.ts": "process.loadEnvFile('.env'); export {};",
    };
    expect(effects(files)).toContain("directory › process.loadEnvFile('.env')");
  });

  it.each([
    "import { readFileSync } from 'fs'; export function f(a: string) { return readFileSync(a) && readFileSync('/etc/hosts').length; }",
    "import { join, resolve } from 'path'; export function f() { return join('a', 'b') + resolve(import.meta.dirname, 'a'); }",
    "import { config } from 'dotenv'; config({ path: '/a/.env' }); export function f() { return 1; }",
    "function resolve(a: string) { return a; } export function f() { return resolve('a'); }",
    "export async function f() { return new Promise<string>((resolve) => { resolve('a'); }); }",
  ])("%s", (source) => expect(directory(source)).toEqual([]));
});

describe("contracts", () => {
  const body = (statement: string): string =>
    `import type { Database } from "mcpgen"; export async function f(id: string, database: Database) { return database.query(${statement}, [id]); }`;

  it.each([
    ['"select * from users where id = $1"', ["reads"]],
    ['"insert into users (id) values ($1)"', ["writes"]],
    ["`  UPDATE users SET a = 1 WHERE id = $1`", ["writes"]],
    ['"select * from users for update"', ["unknown"]],
    ['"select nextval($1)"', ["unknown"]],
    ['"with a as (delete from users returning *) select * from a"', ["unknown"]],
    ["id", ["unknown"]],
  ])("%s", (statement, kinds) =>
    expect(find(analyze(body(statement)), "f").effects.map(({ kind }) => kind)).toEqual(kinds),
  );

  test("requests go over the network", () => {
    const text = `import type { HttpClient } from "mcpgen"; export function f(http: HttpClient) { return http.getJson<string>("https://a.example"); }`;
    expect(effects(text)).toEqual(['network › http.getJson<string>("https://a.example…']);
  });
});

test.each([
  ["return 1;", true, true],
  ["return Date.now();", false, true],
  ["return fetch('https://a.example').then(({ status }) => status);", false, false],
  ["console.log('x'); return 1;", true, true],
])("%s", (body, pure, harmless) => {
  const { effects: found } = find(analyze(`export function f() { ${body} }`), "f");
  expect([isPure(found), changesNothing(found)]).toEqual([pure, harmless]);
});
