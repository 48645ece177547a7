/** What a feature adds to a project, and the call that shows that it means there what it means to the user's compiler. */
import { constantsOf } from "./constants.js";
import { loadedOf } from "./loaded.js";
import type { Feature, ForeignProject } from "./tsconfigs.js";

export interface FeatureSource {
  readonly files: Readonly<Record<string, string>>;
  /** Links by their paths, and where each leads. */
  readonly links?: Readonly<Record<string, string>>;
  readonly tool: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  /** The text of the answer. */
  readonly answer: string;
}

/** Extensions are written where the project's module resolution asks for them. */
export function sourcesOf({ name }: ForeignProject): Readonly<Record<Feature | "plain", FeatureSource>> {
  const isNode = /^(nodenext|node16|composite|strictest|tsc --init of 6)/.test(name);
  const js = isNode ? ".js" : "";
  const attributes = isNode ? ` with { type: "json" }` : "";
  return {
    plain: {
      files: {
        "src/add.ts": `/** Adds. */
export function add(a: number, b = 2): number {
  return a + b;
}
`,
      },
      tool: "add",
      arguments: { a: 1 },
      answer: "3",
    },
    alias: {
      files: {
        "src/lib/tax.ts": "export const rate = 0.25;\n",
        "src/price.ts": `import { rate } from "@lib/tax";

/** Adds tax. */
export function withTax(net: number): number {
  return net * (1 + rate);
}
`,
      },
      tool: "withTax",
      arguments: { net: 100 },
      answer: "125",
    },
    json: {
      files: {
        "src/rates.json": `{ "NOK": 11.5 }\n`,
        "src/rates.ts": `import rates from "./rates.json"${attributes};

/** The rate of the krone. */
export function krone(amount: number): number {
  return amount * rates.NOK;
}
`,
      },
      tool: "krone",
      arguments: { amount: 2 },
      answer: "23",
    },
    enum: {
      files: {
        "src/colour.ts": `export enum Colour {
  Red = "red",
  Green = "green",
}
`,
        "src/paint.ts": `import { Colour } from "./colour${js}";

/** Paints. */
export function paint(colour: Colour): string {
  return colour === Colour.Red ? "as red as " + Colour.Red : colour;
}
`,
      },
      tool: "paint",
      arguments: { colour: "red" },
      answer: "as red as red",
    },
    decorator: {
      files: {
        "src/service.ts": `type Made = { readonly name: string; readonly types: readonly string[] };
const made: Made[] = [];

function injectable(target: new (...given: never[]) => object): void {
  const reflect = Reflect as unknown as { getMetadata?: (key: string, of: object) => { name: string }[] };
  made.push({ name: target.name, types: (reflect.getMetadata?.("design:paramtypes", target) ?? []).map((t) => t.name) });
}

class Clock {
  now(): string {
    return "noon";
  }
}

// What \`reflect-metadata\` does, in short.
const kept = new Map<object, unknown>();
Object.assign(Reflect, {
  metadata: (key: string, value: unknown) => (of: object) => void (key === "design:paramtypes" && kept.set(of, value)),
  getMetadata: (_: string, of: object) => kept.get(of),
});

/* Made once. */ @injectable
class Service {
  constructor(readonly clock: Clock) {}
}

/** Says what the decorator saw. */
export function decorated(): string {
  return made.map(({ name, types }) => name + " " + types.join()).join() + " " + new Service(new Clock()).clock.now();
}
`,
      },
      tool: "decorated",
      arguments: {},
      answer: "Service Clock noon",
    },
    ambient: {
      files: {
        "types/globals.d.ts": `interface Tenant {
  slug: string;
  plan: "free" | "pro";
}
`,
        "src/tenants.ts": `/** Names a tenant. */
export function nameTenant(tenant: Tenant, count: number): string {
  return tenant.slug + tenant.plan + count;
}
`,
      },
      tool: "nameTenant",
      arguments: { tenant: { slug: "x", plan: "pro" }, count: 1 },
      answer: "xpro1",
    },
    constants: constantsOf(js),
    ...loadedOf(js),
    commonjs: {
      files: {
        "node_modules/shout/package.json": `{ "name": "shout", "version": "1.0.0", "main": "index.js", "types": "index.d.ts" }\n`,
        "node_modules/shout/index.js": `const { readFileSync } = require("fs");
module.exports = (text) => text.toUpperCase() + readFileSync(__dirname + "/mark.txt", "utf8").trim();
`,
        "node_modules/shout/mark.txt": "!\n",
        "node_modules/shout/index.d.ts": `declare function shout(text: string): string;
export = shout;
`,
        "src/loud.ts": `import shout from "shout";

/** Says it loudly. */
export function loud(text: string): string {
  return shout(text);
}
`,
      },
      tool: "loud",
      arguments: { text: "hey" },
      answer: "HEY!",
    },
    assigned: {
      files: {
        "src/twice.ts": `import { add } from "./add${js}";

declare const module: { exports: Record<string, unknown> };
declare const __dirname: string;

/** Doubles, and says what else the module exports, and where it is. */
export function twice(n: number): string {
  return add(n, n) + " " + module.exports["factor"] + " " + __dirname.slice(-3);
}

module.exports["factor"] = 2;
`,
      },
      tool: "twice",
      arguments: { n: 3 },
      answer: "6 2 src",
    },
    namespace: {
      files: {
        "node_modules/whisper/package.json": `{ "name": "whisper", "version": "1.0.0", "types": "index.d.ts" }\n`,
        "node_modules/whisper/index.js": "module.exports = (text) => text.toLowerCase();\n",
        "node_modules/whisper/index.d.ts": `declare function whisper(text: string): string;
declare namespace whisper {
  type Tone = string;
}
export = whisper;
`,
        "src/soft.ts": `import * as whisper from "whisper";
import * as path from "path";

function marked(target: new (...given: never[]) => object): void {
  void target;
}

@marked
class Voice {
  constructor(readonly tone: whisper.Tone) {}
}

/** Says it softly. */
export default function soft(text: string): string {
  return new Voice(whisper(text)).tone + path.basename(__filename);
}
`,
      },
      tool: "soft",
      arguments: { text: "HEY" },
      answer: "heysoft.ts",
    },
    late: {
      files: {
        "parts/first.ts": `export default { name: "first" };\n`,
        "parts/deep/second.ts": `export default { name: "second" };\n`,
        "node_modules/murmur/package.json": `{ "name": "murmur", "version": "1.0.0", "types": "index.d.ts" }\n`,
        "node_modules/murmur/index.js": "exports.murmur = (text) => text + '…';\n",
        "node_modules/murmur/index.d.ts": "export declare function murmur(text: string): string;\n",
        "src/parts.ts": `/** Loads parts by their names, and a package. */
export async function loadParts(names: string[]): Promise<string> {
  const parts = names.map((name) => import(\`../parts/\${name}${js}\`) as Promise<{ default: { name: string } }>);
  const { murmur } = await import("murmur");
  const missing = await import("../parts/" + names.length + "${js}").catch(({ code }: { code: string }) => code);
  return murmur((await Promise.all(parts)).map((part) => part.default.name).join()) + String(missing);
}
`,
      },
      tool: "loadParts",
      arguments: { names: ["first", "deep/second"] },
      answer: "first,second…MODULE_NOT_FOUND",
    },
    required: {
      files: {
        "tones/loud.ts": `export const loud = { pitch: 5 };\n`,
        "src/tone.ts": `const tone = { pitch: 2 };\nexport = tone;\n`,
        "node_modules/hum/package.json": `{ "name": "hum", "version": "1.0.0", "types": "index.d.ts" }\n`,
        "node_modules/hum/index.js": `Object.defineProperty(exports, "__esModule", { value: true });
exports.default = (text) => text + "m";
`,
        "node_modules/hum/index.d.ts": "export default function hum(text: string): string;\n",
        "src/sing.ts": `declare const require: (name: string) => { loud: { pitch: number } };

/** Sings: what is loaded late is required. */
export async function sing(name: string): Promise<string> {
  const tone = await import("./tone");
  const hum = await import("hum");
  return hum.default("m".repeat(tone.pitch)) + String(require("../tones/" + name).loud.pitch);
}
`,
      },
      tool: "sing",
      arguments: { name: "loud" },
      answer: "mmm5",
    },
    whole: {
      files: {
        "parts/third.ts": `export const name = "third";\nexport default 3;\n`,
        "src/whole.ts": `/** Node gives all that CommonJS exports as its default. */
export async function whole(name: string): Promise<string> {
  const third = await import("../parts/third.js");
  const named = (await import(\`../parts/\${name}.js\`)) as typeof third;
  return [third.name, third.default.default, named.default.default, third.default.name].join();
}
`,
      },
      tool: "whole",
      arguments: { name: "third" },
      answer: "third,3,3,third",
    },
    layers: {
      files: {
        "made/messages.ts": `export const greeting = "hello";\n`,
        "src/greet.ts": `import { greeting } from "./messages";

/** Greets. */
export function greet(name: string): string {
  return greeting + name;
}
`,
      },
      tool: "greet",
      arguments: { name: "x" },
      answer: "hellox",
    },
    suffix: {
      files: {
        "src/lib/host.ts": `export const host = "browser";\n`,
        "src/lib/host.node.ts": `export const host = "node";\n`,
        "src/where.ts": `import { host } from "./lib/host";

/** Says where it runs. */
export function where(): string {
  return host;
}
`,
      },
      tool: "where",
      arguments: {},
      answer: "node",
    },
    own: {
      files: {
        "src/lib/tax.ts": "export class Tax {}\n",
        // What an earlier build of the user's left: the same module, and not the one that is served.
        "dist/lib/tax.js": "export class Tax {}\n",
        "src/same.ts": `import { Tax } from "foreign/lib/tax";
import { Tax as Imported } from "#lib/tax.js";
import { Tax as Beside } from "./lib/tax.js";

/** Whether they are one. */
export function same(): boolean {
  return Tax === Beside && Imported === Beside;
}
`,
      },
      tool: "same",
      arguments: {},
      answer: "true",
    },
    fields: {
      files: {
        "src/user.dto.ts": `export class User {
  name: string;
  at?: Date;
}
`,
        "src/users.ts": `import { User } from "./user.dto";

/** Renames. What follows the name is anything. */
export function rename(user: User, name): User {
  return { ...user, name };
}
`,
      },
      tool: "rename",
      arguments: { user: { name: "a" }, name: "b" },
      answer: '{"name":"b"}',
    },
    jsdoc: {
      files: {
        "src/measure.js": `/**
 * @param {{ width: number, unit?: "m" | "km" }} box
 * @returns {string}
 */
export function describe(box) {
  return box.width + (box.unit ?? "m");
}
`,
        "src/box.ts": `import { describe } from "./measure.js";

/** Describes a box. */
export function describeBox(box: Parameters<typeof describe>[0], count: number): string {
  return describe(box) + count;
}
`,
      },
      tool: "describeBox",
      arguments: { box: { width: 2, unit: "km" }, count: 1 },
      answer: "2km1",
    },
  };
}

/** Packages of types that some of the tsconfigs name. */
export const typePackages: Readonly<Record<string, string>> = {
  "node_modules/@types/words/package.json": `{ "name": "@types/words", "version": "1.0.0", "types": "index.d.ts" }\n`,
  "node_modules/@types/words/index.d.ts": "declare const words: readonly string[];\n",
  "roots/house/package.json": `{ "name": "house", "version": "1.0.0", "types": "index.d.ts" }\n`,
  "roots/house/index.d.ts": "declare const house: string;\n",
};
