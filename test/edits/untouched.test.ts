/** Of an edited module the functions that the edit cannot have changed are as they were: the very objects of the last build. */
import { expect, test } from "vitest";
import { thisProcess } from "../../src/cli/owner.js";
import type { FunctionModel } from "../../src/model/api.js";
import { generate } from "../../src/pipeline.js";
import { project } from "../analyze/sources.js";
import { writeFiles } from "../support/folder.js";
import { parseLibrariesOnce } from "../support/parsed-libraries.js";

parseLibrariesOnce();

const base: Readonly<Record<string, string>> = {
  "package.json": `{ "name": "app", "type": "module" }`,
  "tsconfig.json": `{ "compilerOptions": { "strict": true, "target": "ES2022", "module": "NodeNext", "lib": ["ES2022"], "types": [] } }`,
  "src/orders.ts": `import { discount, type Order } from "../lib/types.js";
interface Row { order: Order }
/** Finds. */
export function find(id: string): Row { return { order: { id } }; }
/** Counts. */
export const count = (rows: Row[]): number => rows.length * discount;
/** Sums. */
export function sum(values: number[]) { return values.length + total(values); }
/** Totals. */
export function total(values: number[]) { return values.length; }
/** Ends. */
export function end(id: string): string { return id; }
`,
  "lib/types.ts": `export interface Order { id: string }
export const discount = 1;
`,
  "src/farther.ts": "export const farther = (): number => 2;\n",
  "src/round.ts": `import { back } from "../lib/trip.js";
export function go() { return back(); }
export function stay(): number { return 0; }
`,
  "lib/trip.ts": `import { stay } from "../src/round.js";
export function back() { return stay(); }
`,
  "src/away.ts": `/** Is away. */
export const away = (): number => 1;
`,
};

type Edit = readonly [path: string, from: string, to: string];

const orders = "src/orders.ts";

const cases: Readonly<Record<string, { readonly edits: readonly Edit[]; readonly read: readonly string[] }>> = {
  "a body": { edits: [[orders, "return id;", "return id + id;"]], read: ["end"] },
  "a type": { edits: [[orders, "id: string): Row", "id: number): Row"]], read: ["find"] },
  "an arrow function": { edits: [[orders, "rows.length * discount", "rows.length"]], read: ["count"] },
  "a comment": { edits: [[orders, "Ends.", "Ends it."]], read: ["end"] },
  "a function that another names": {
    edits: [[orders, "return values.length; }", "return values; }"]],
    read: ["count", "end", "find", "sum", "total"],
  },
  "a type beside them": {
    edits: [[orders, "interface Row { order: Order }", "interface Row { order?: Order }"]],
    read: ["count", "end", "find", "sum", "total"],
  },
  "lines below which others stand": {
    edits: [[orders, "/** Counts. */", "/**\n * Counts.\n */"]],
    read: ["count", "end", "find", "sum", "total"],
  },
  "a line below which none stands": { edits: [[orders, "return id;", "\n  return id;\n"]], read: ["end"] },
  "a name that was free": {
    edits: [[orders, "/** Ends. */", "/** Ends. */ void find;"]],
    read: ["count", "end", "find", "sum", "total"],
  },
  "what it imports": {
    edits: [["lib/types.ts", "id: string", "id: number"]],
    read: ["count", "end", "find", "sum", "total"],
  },
  "it, and what it imports": {
    edits: [
      [orders, "return id;", "return id + id;"],
      ["lib/types.ts", "discount = 1", "discount = 2"],
    ],
    read: ["count", "end", "find", "sum", "total"],
  },
  "a module that comes back to itself": { edits: [["src/round.ts", "return 0;", "return 9;"]], read: ["go", "stay"] },
  "it, and what it has nothing to do with": {
    edits: [
      [orders, "return id;", "return id + id;"],
      ["src/away.ts", "1", "2"],
    ],
    read: ["away", "end"],
  },
};

/** Files that are edited → the names of the functions that the build after it has read anew. */
function readBuilds(root: string): (edited: Readonly<Record<string, string>>) => Promise<readonly string[]> {
  let before: readonly FunctionModel[] = [];
  return async (edited) => {
    writeFiles(root, edited);
    const { value } = await generate({ cwd: root, source: "src", output: "server", owner: thisProcess, again: true });
    const after = value.findings?.model.functions ?? [];
    const anew = after.filter((each) => !before.includes(each)).map(({ name }) => name);
    if (before.length > 0) expect(after.map(({ name }) => name)).toEqual(before.map(({ name }) => name));
    before = after;
    return anew.sort();
  };
}

test.each(Object.entries(cases))("%s", async (_, { edits, read }) => {
  const build = readBuilds(project(base));
  expect(await build({})).toHaveLength(9);
  const texts = { ...base };
  for (const [path, from, to] of edits) {
    expect(texts[path]).toContain(from);
    texts[path] = texts[path]?.replace(from, to) ?? "";
  }
  expect(await build(texts)).toEqual(read);
});

test("a module that is warned of is read as a whole", async () => {
  const warned = `/** Is warned of. */
export function warned(text: string | { /** @retry 2 */ name: string }): unknown { return text; }
/** Is not. */
export function other(text: string): string { return text; }
`;
  const build = readBuilds(project({ ...base, "src/warned.ts": warned }));
  await build({});
  const read = await build({
    "src/warned.ts": warned.replace("string { return text;", "string { return text + text;"),
  });
  expect(read).toEqual(["other", "warned"]);
});
