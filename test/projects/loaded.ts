/** What an import leads to, and what is made of the file there: each is something that esbuild would do otherwise. */
import type { FeatureSource } from "./sources.js";

export type LoadedFeature = "stale" | "bare" | "star" | "odd" | "element" | "typed" | "lookup" | "resolved" | "linked";

export function loadedOf(js: string): Readonly<Record<LoadedFeature, FeatureSource>> {
  return {
    stale: {
      files: {
        "src/lib/share.ts": "export const share: number = 2;\n",
        "src/lib/share.js": "exports.share = 1;\n",
        "src/shares.ts": `import { share } from "./lib/share.js";

/** The compiler makes its files anew, wherever an earlier build has put them. */
export function shares(n: number): number {
  return n * share;
}
`,
        "src/shares.js": "exports.shares = () => 0;\n",
      },
      tool: "shares",
      arguments: { n: 3 },
      answer: "6",
    },
    bare: {
      files: {
        "parts/register.ts": "export const registered: string[] = [];\n",
        "parts/bare.ts": `import { registered } from "./register${js}";\n\nregistered.push("bare");\n`,
        "parts/unused.ts": `import { registered } from "./register${js}";

registered.push("unused");
export const unused = 1;
`,
        "parts/every.ts": `export * from "./unused${js}";\nexport const used = 2;\n`,
        "src/registered.ts": `import "../parts/bare${js}";
import { used } from "../parts/every${js}";
import { registered } from "../parts/register${js}";

/** The package.json says that nothing has side effects. */
export function listRegistered(): string {
  return registered.join() + String(used);
}
`,
      },
      tool: "listRegistered",
      arguments: {},
      answer: "bare,unused2",
    },
    star: {
      files: {
        "parts/sum.ts": `function sum(a: number, b: number): number {
  return a + b;
}
namespace sum {
  export const zero = 0;
}
export = sum;
`,
        "src/sums.ts": `import * as sum from "../parts/sum";

/** A namespace that can be called, of a file of one's own. */
export function sums(a: number): number {
  return sum(a, 2) + sum.zero;
}
`,
      },
      tool: "sums",
      arguments: { a: 1 },
      answer: "3",
    },
    lookup: {
      files: {
        "parts/node_modules/tune/package.json": `{ "name": "tune", "version": "2.0.0" }\n`,
        "parts/tones.json": "{}\n",
        "parts/job.ts": `declare const process: { send(message: string): void };\n\nprocess.send("done");\nexport {};\n`,
        "parts/run.ts": `declare const require: { (name: string): { fork: (path: string) => Child }; resolve: (name: string) => string };
interface Child {
  once(event: "message", told: (message: string) => void): void;
}

export const tune = (): string => require.resolve("tune/package.json") + require.resolve("./tones").slice(-16);
export const run = (): Promise<string> =>
  new Promise((told) => require("child_process").fork(require.resolve("./job")).once("message", told));
`,
        "src/lookup.ts": `import { run, tune } from "../parts/run${js}";

/** Node looks up a name from where the file is. */
export async function lookUp(): Promise<string> {
  return (await run()) + tune().slice(-52);
}
`,
      },
      tool: "lookUp",
      arguments: {},
      answer: "doneparts/node_modules/tune/package.jsonparts/tones.json",
    },
    linked: {
      files: {
        "shared/part.ts": `import { near } from "./near${js}";\n\nexport const part = near;\n`,
        "src/parts/near.ts": `export const near = "near the link";\n`,
        "src/linked.ts": `import { part } from "./parts/part${js}";

/** A link is where it stands. */
export function linkedPart(): string {
  return part;
}
`,
      },
      links: { "src/parts/part.ts": "../../shared/part.ts" },
      tool: "linkedPart",
      arguments: {},
      answer: "near the link",
    },
    resolved: {
      files: {
        "node_modules/dual/package.json": `{ "name": "dual", "exports": { "import": "./es.js", "require": "./common.js" } }\n`,
        "node_modules/dual/es.js": "",
        "node_modules/dual/common.js": "",
        "parts/task.ts": `declare const process: { send(message: string): void };\n\nprocess.send("made");\nexport {};\n`,
        "parts/start.ts": `import { fork } from "child_process";
import { createRequire } from "module";
import { fileURLToPath } from "url";

declare global {
  interface ImportMeta {
    resolve(name: string): string;
  }
}

const required = createRequire(import.meta.url);
const run = (path: string): Promise<string> => new Promise((told) => fork(path).once("message", told as () => void));

export const names = (): readonly string[] => [
  import.meta.resolve("dual"),
  required.resolve("dual"),
  import.meta.resolve("fs"),
  import.meta.resolve("./none.txt"),
];
export const runs = async (): Promise<string> =>
  (await run(fileURLToPath(import.meta.resolve("./task.js")))) + (await run(required.resolve("./task.js")));
`,
        "src/resolved.ts": `import { names, runs } from "../parts/start${js}";

/** An import finds another file than a \`require\`. */
export async function nameAll(): Promise<string> {
  return [await runs(), ...names().map((name) => name.split("/").slice(-2).join("/"))].join();
}
`,
      },
      tool: "nameAll",
      arguments: {},
      answer: "mademade,dual/es.js,dual/common.js,node:fs,parts/none.txt",
    },
    odd: {
      files: {
        "src/50% off/mark.txt": "!",
        "src/50% off/#1?.ts": `import { readFileSync } from "node:fs";

/** A place whose URL has other letters than its path. */
export function odd(): string {
  const { url, filename } = import.meta;
  return url.slice(-14) + filename.slice(-6) + readFileSync(new URL("./mark.txt", url), "utf8");
}
`,
      },
      tool: "odd",
      arguments: {},
      answer: "off/%231%3F.ts#1?.ts!",
    },
    element: {
      files: {
        "types/jsx.d.ts": `declare namespace JSX {
  interface IntrinsicElements {
    b: { title: string };
  }
}
`,
        "node_modules/react/package.json": `{ "name": "react", "version": "1.0.0" }\n`,
        "node_modules/react/jsx-runtime.js": "exports.jsx = (type, given) => ({ type, ...given });\n",
        "parts/mail.tsx": "export const mail = (title: string): unknown => <b title={title} />;\n",
        "src/mails.ts": `import { mail } from "../parts/mail";

/** Makes an element; the file imports no React. */
export function makeMail(title: string): string {
  return JSON.stringify(mail(title));
}
`,
      },
      tool: "makeMail",
      arguments: { title: "x" },
      answer: '{"type":"b","title":"x"}',
    },
    typed: {
      files: {
        "parts/kinds.ts": `export enum Kind {
  A = "a",
}
export type Id = string;
export type Ids = Id[];
export type Run = () => void;
export interface Repository {
  find(): string;
}
export class Books implements Repository {
  find(): string {
    return "book";
  }
}
`,
        "src/typed.ts": `import { Books, Id, Ids, Kind, Repository, Run } from "../parts/kinds";

let types: { readonly name: string }[] = [];
// What \`reflect-metadata\` does, in short.
Object.assign(Reflect, {
  metadata: (key: string, value: typeof types) => () => void (key === "design:paramtypes" && (types = value)),
});

function entity(target: new (...given: never[]) => object): void {
  void target;
}

class Made {
  constructor(given: object) {
    Object.assign(this, given);
  }
}

/* Its field is none before ES2022. */ @entity
class Shelf extends Made {
  name: string;

  constructor(
    readonly books: Repository,
    id: Id,
    ids: Ids,
    kind: Kind,
    run: Run,
    real: Books,
    at: Date,
  ) {
    super({ name: [id, ids, kind, run, real, at].length });
  }
}

/** What decorators are told of types that another file declares. */
export function typed(): string {
  const books = new Books();
  const shelf = new Shelf(books, "", [], Kind.A, () => undefined, books, new Date(0));
  return shelf.books.find() + shelf.name + types.map(({ name }) => name).join();
}
`,
      },
      tool: "typed",
      arguments: {},
      answer: "book6Object,String,Array,String,Function,Books,Date",
    },
  };
}
