/** What keeps a project's test runner and linter out of the output: edits where settings are JSON, lines where they are programs. */
import { join } from "node:path";
import { expect, test } from "vitest";
import { collectEdits } from "../../src/cli/init/edits.js";
import { excludeOutput } from "../../src/cli/init/proposal.js";
import { emptyPlace, writeText } from "../support/fixtures/workspace.js";

interface Case {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  /** By file, what its JSON or text then holds. */
  readonly edited?: Readonly<Record<string, string>>;
  readonly byHand?: readonly string[];
}

const jest = (settings: string) => ({ "package.json": `{ "jest": ${settings} }` });
const own = '"testPathIgnorePatterns":["/node_modules/","<rootDir>/server/"]';
const excludes = 'in `test`, exclude: [...configDefaults.exclude, "server/**"]';

const cases: readonly Case[] = [
  { name: "nothing", files: { "package.json": "{}" } },
  {
    name: "jest without settings",
    files: { "package.json": '{ "devDependencies": { "jest": "30" } }' },
    edited: { "package.json": `"jest":{${own}}` },
  },
  { name: "jest of all", files: jest("{}"), edited: { "package.json": `"jest":{${own}}` } },
  {
    name: "jest that ignores something",
    files: jest('{ "testPathIgnorePatterns": ["/dist/"] }'),
    edited: { "package.json": '["/dist/","<rootDir>/server/"]' },
  },
  { name: "jest that ignores it", files: jest('{ "testPathIgnorePatterns": ["<rootDir>/server/"] }') },
  { name: "jest of a folder", files: jest('{ "rootDir": "src" }') },
  { name: "jest of roots", files: jest('{ "roots": ["<rootDir>/src"] }') },
  { name: "jest of other names", files: jest('{ "testRegex": ".*\\\\.spec\\\\.ts$" }') },
  { name: "jest of other globs", files: jest('{ "testMatch": ["<rootDir>/src/**/*.test.ts"] }') },
  {
    name: "jest's file",
    files: { "package.json": "{}", "jest.config.json": "{}" },
    edited: { "jest.config.json": own },
  },
  {
    name: "jest's program",
    files: { "package.json": "{}", "jest.config.ts": "export default {};" },
    byHand: ['jest.config.ts: testPathIgnorePatterns: ["/node_modules/", "<rootDir>/server/"]'],
  },
  {
    name: "vitest without settings",
    files: { "package.json": '{ "devDependencies": { "vitest": "4" } }' },
    byHand: [`vitest.config.ts (a new one): ${excludes}`],
  },
  {
    name: "vitest's program",
    files: { "package.json": "{}", "vitest.config.ts": "export default {};" },
    byHand: [`vitest.config.ts: ${excludes}`],
  },
  {
    name: "vitest of other files",
    files: { "package.json": "{}", "vitest.config.ts": 'export default { test: { include: ["src/**/*.test.ts"] } };' },
  },
  {
    name: "vite that serves",
    files: { "package.json": "{}", "vite.config.ts": "export default { server: { port: 1 }, test: {} };" },
    byHand: [`vite.config.ts: ${excludes}`],
  },
  {
    name: "vitest that excludes it",
    files: { "package.json": "{}", "vitest.config.ts": 'export default { test: { exclude: ["server/**"] } };' },
  },
  {
    name: "vitest of a folder",
    files: { "package.json": "{}", "vitest.config.ts": 'export default { test: { dir: "src" } };' },
  },
  {
    name: "vitest of projects",
    files: { "package.json": "{}", "vitest.config.ts": 'export default { test: { projects: ["packages/*"] } };' },
  },
  {
    name: "vitest that excludes a folder above it",
    files: { "package.json": "{}", "vitest.config.ts": 'export default { test: { exclude: ["s*/**"] } };' },
  },
  { name: "jest of projects", files: jest('{ "projects": ["<rootDir>/packages/*"] }') },
  { name: "jest that knows no such modules", files: jest('{ "modulePathIgnorePatterns": ["<rootDir>/server"] }') },
  {
    name: "eslint's list as git has it",
    files: { "package.json": "{}", ".gitignore": "/server/\n", "eslint.config.js": 'includeIgnoreFile(".gitignore")' },
  },
  {
    name: "eslint's global ignores",
    files: { "package.json": "{}", "eslint.config.js": 'export default [globalIgnores(["s*r"])];' },
  },
  { name: "vite without tests", files: { "package.json": "{}", "vite.config.ts": "export default {};" } },
  {
    name: "eslint's list",
    files: { "package.json": "{}", ".eslintignore": "dist" },
    edited: { ".eslintignore": "dist\nserver/\n" },
  },
  {
    name: "eslint's file",
    files: { "package.json": "{}", ".eslintrc.json": "{}" },
    edited: { ".eslintrc.json": '"ignorePatterns":["server/"]' },
  },
  { name: "eslint that ignores it", files: { "package.json": '{ "eslintConfig": { "ignorePatterns": "server" } }' } },
  {
    name: "eslint's program",
    files: { "package.json": "{}", "eslint.config.js": "export default [];" },
    byHand: ['eslint.config.js: a further entry { ignores: ["server/**"] }'],
  },
];

const suite = emptyPlace("init-host");

test.each(cases)("$name", ({ name, files, edited = {}, byHand = [] }) => {
  const root = join(suite, name);
  for (const [path, text] of Object.entries(files)) writeText(join(root, path), text);
  const edits = collectEdits(root);
  expect(excludeOutput(root, "server", edits)).toEqual(byHand);
  expect(edits.list().map(({ path }) => path)).toEqual(Object.keys(edited));
  for (const { path, after } of edits.list())
    expect(path.includes("ignore") ? after : after.replace(/\s/g, "")).toContain(edited[path]);
  // Once it is so, there is nothing left to do.
  expect(excludeOutput(root, "server", edits)).toEqual(byHand);
  expect(edits.list()).toHaveLength(Object.keys(edited).length);
});
