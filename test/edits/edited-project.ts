/** A small project as plain data → its files: what random edits change between two builds. */

export interface EditedTool {
  readonly name: string;
  readonly file: string;
  /** The types of its argument and its result. */
  readonly takes: TypeName;
  readonly gives: TypeName;
  readonly doc: string;
  /** A line of its comment, or none. */
  readonly tag: string;
  readonly needs: DependencyName | "nothing";
  readonly fault: FaultName | "none";
}

export interface EditedProject {
  readonly tools: readonly EditedTool[];
  /** The members of the type that tools share. */
  readonly item: string;
  /** Whether there is a provider for the tools that need a store. */
  readonly provider: boolean;
  /** How one module hands on what the others export. */
  readonly barrel: BarrelName;
  /** A further variable that the tools with settings read. */
  readonly setting: string;
  readonly config: Readonly<Record<string, unknown>> & { readonly out: string };
}

const types = {
  text: "string",
  number: "number",
  date: "Date",
  choice: `"one" | "two"`,
  list: "readonly string[]",
  item: "Item",
  items: "Item[]",
  tree: "Tree",
  patch: "Patch<Tree>",
  level: "Level",
  filter: `Filter<"name" | "at">`,
} as const;
export type TypeName = keyof typeof types;

const dependencies = {
  database: { parameter: "db: Database", import: `import type { Database } from "mcpgen";` },
  store: { parameter: "store: Store", import: `import type { Store } from "../lib/store.js";` },
  settings: { parameter: "settings: Settings", import: `import type { Settings } from "../lib/settings.js";` },
} as const;
type DependencyName = keyof typeof dependencies;

const faults = {
  syntax: "export const broken = (;",
  body: `const wrong: number = "text";`,
  signature: "export const refused = (run: () => void): void => run();",
} as const;
type FaultName = keyof typeof faults;

const barrels = {
  none: () => "",
  star: (from) => `export * from ${from};\n`,
  named: (from, names) => (names.length === 0 ? "" : `export { ${names.join(", ")} } from ${from};\n`),
} as const satisfies Record<string, (from: string, names: readonly string[]) => string>;
type BarrelName = keyof typeof barrels;

/** What an edit chooses from, by a number that a test draws. */
export const choices = {
  name: ["find", "make", "countAll", "send", "drop", "list", "readOne"],
  file: ["src/a.ts", "src/b.ts", "src/deep/c.ts"],
  type: Object.keys(types) as TypeName[],
  doc: ["Does it.", "Does it again, `quoted`.", "Says `* /` nothing.", "Zählt – ${all}."],
  tag: [
    "",
    "@readonly",
    "@cache 5m",
    "@timeout 500ms",
    "@retry 3",
    "@deprecated Nobody asks.",
    "@tool",
    `@example "one"`,
  ],
  needs: ["nothing", "nothing", ...(Object.keys(dependencies) as DependencyName[])],
  fault: Object.keys(faults) as FaultName[],
  item: [
    "id: string",
    "id: string; size?: number",
    "id: string; part: { at: Date }",
    "/** Its key. */ key: string | null",
  ],
  barrel: Object.keys(barrels) as BarrelName[],
  setting: ["", "region: string;", "/** How many. @default 3 @int */ count: number;"],
  config: [
    { naming: "snake_case" },
    { naming: "file_function" },
    { naming: "as-is" },
    { expose: "tagged" },
    { expose: "all" },
    { tokenBudget: 40 },
    { tokenBudget: 100_000 },
    { telemetry: true },
    { telemetry: false },
    { title: "Things" },
    { sdk: "v2" },
    { out: "other" },
    { out: "server" },
    { namming: "as-is" },
    { namming: undefined },
  ],
} as const;

const first = { takes: "text", gives: "item", doc: "Does it.", tag: "", needs: "nothing", fault: "none" } as const;

export const firstTool: EditedTool = { ...first, name: "find", file: "src/a.ts" };

export const firstProject: EditedProject = {
  tools: [firstTool, { ...first, name: "make", file: "src/b.ts", takes: "item" }],
  item: choices.item[0],
  barrel: "none",
  provider: true,
  setting: choices.setting[0],
  config: { source: "src", out: "server", name: "edited" },
};

/** Every file of the project; what the list does not name is not there. */
export function filesOf(project: EditedProject): Readonly<Record<string, string>> {
  const files = [...new Set(project.tools.map(({ file }) => file))];
  return {
    "mcpgen.json": `${JSON.stringify(project.config, null, 2)}\n`,
    "tsconfig.json": tsconfig,
    "src/items.ts": `export interface Item { ${project.item} }\n`,
    "src/trees.ts": trees,
    ...(project.barrel === "none" ? {} : { "src/index.ts": files.map((file) => handOn(file, project)).join("") }),
    "src/lib/settings.ts": `/** @config APP_ */\nexport interface Settings { readonly url: string; ${project.setting} }\n`,
    "src/lib/store.ts": `export interface Store { get(id: string): string }\n${project.provider ? provider : ""}`,
    ...Object.fromEntries(files.map((file) => [file, textOf(file, project)])),
  };
}

const trees = [
  `import type { Item } from "./items.js";`,
  `export interface Tree { item: Item; parts?: Tree[]; level: Level }`,
  `export type Level = "low" | "high" | "all";`,
  `export type Patch<T> = { [K in keyof T]?: T[K] | null };`,
  `export type Filter<K extends string> = { [Name in K]?: Level | { not: Level } };`,
  "",
].join("\n");

/** The files hold functions of their own, and types of none. */
function handOn(file: string, { barrel, tools }: EditedProject): string {
  const names = tools.filter((tool) => tool.file === file).map(({ name }) => name);
  return barrels[barrel](JSON.stringify(file.replace(/^src/, ".").replace(/ts$/, "js")), [...new Set(names)]);
}

/** Few declarations: most of a build's time is the compiler's, for those of its libraries. */
const tsconfig = `{ "compilerOptions": { "strict": true, "target": "ES2022", "module": "NodeNext", "lib": ["ES2022"], "types": [] } }`;
const provider = "/** @provider */\nexport const makeStore = (): Store => ({ get: (id) => id });\n";

function textOf(file: string, { tools }: EditedProject): string {
  const here = tools.filter((tool) => tool.file === file);
  const up = file.startsWith("src/deep/") ? ".." : ".";
  const imports = here.map(({ needs }) => (needs === "nothing" ? "" : dependencies[needs].import.replace("..", up)));
  const faulty = here.flatMap(({ fault }) => (fault === "none" || fault === "body" ? [] : [faults[fault]]));
  const lines = [
    `import type { Item } from "${up}/items.js";`,
    `import type { Filter, Level, Patch, Tree } from "${up}/trees.js";`,
    ...new Set(imports),
    ...here.map(printTool),
    ...new Set(faulty),
  ];
  return `${lines.join("\n")}\n`;
}

function printTool({ name, takes, gives, doc, tag, needs, fault }: EditedTool): string {
  const parameters = [`given: ${types[takes]}`, ...(needs === "nothing" ? [] : [dependencies[needs].parameter])];
  const comment = ["/**", ` * ${doc}`, ...(tag === "" ? [] : [` * ${tag}`]), " */"];
  return [
    ...comment,
    `export async function ${name}(${parameters.join(", ")}): Promise<${types[gives]}> {`,
    ...(fault === "body" ? [`  ${faults.body}`] : []),
    "  throw new Error(`not made of ${String(given)}`);",
    "}",
  ].join("\n");
}
