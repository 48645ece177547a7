/** The pages of tags about what functions need: providers, classes, settings. Each example is built and called by a test. */
import type { TagPage } from "./policy-page.js";

export const sourcePages = {
  inject: {
    title: "this parameter is made here",
    text: [
      "Names a parameter that a provider makes, where its type is one that a client could send as well. Each parameter has a tag of its own.",
    ],
    shortest: "@inject limits",
    refused: ["MG203", "MG404", "MG482"],
    keys: {},
    example: `export interface Limits {
  readonly most: number;
}

/** @provider */
export function readLimits(): Limits {
  return { most: 3 };
}

/**
 * The smaller of a number and the server's limit.
 *
 * @inject limits
 */
export function limit(value: number, limits: Limits): number {
  return Math.min(value, limits.most);
}`,
    calls: [{ tool: "limit", arguments: { value: 7 }, answer: "3" }],
  },
  data: {
    title: "this parameter comes from the client",
    text: ["Names a parameter that a client sends, where its type is one that a provider makes as well."],
    shortest: "@data limits",
    refused: ["MG203", "MG404", "MG482"],
    keys: {},
    example: `export interface Limits {
  readonly most: number;
}

/** @provider */
export function readLimits(): Limits {
  return { most: 3 };
}

/**
 * The smaller of a number and the server's limit.
 *
 * @inject limits
 */
export function limit(value: number, limits: Limits): number {
  return Math.min(value, limits.most);
}

/**
 * The smaller of a number and a limit.
 *
 * @data limits
 */
export function limitBy(value: number, limits: Limits): number {
  return Math.min(value, limits.most);
}`,
    calls: [
      { tool: "limit", arguments: { value: 7 }, answer: "3" },
      { tool: "limitBy", arguments: { value: 7, limits: { most: 5 } }, answer: "5" },
    ],
  },
  provider: {
    title: "make a dependency",
    text: [
      "An exported function that makes what others take as a parameter of its declared type; an exported class makes itself. Its own parameters are injected. It may be asynchronous, or an `async function*` with one `yield`, behind which stands its cleanup. Without `@scope`, what it makes lives as long as the server.",
    ],
    refused: ["MG201", "MG202", "MG204", "MG208", "MG211", "MG220", "MG222", "MG226", "MG402"],
    keys: {},
    example: `export interface Store {
  count(name: string): number;
}

/** @provider */
export async function* openStore(): AsyncGenerator<Store> {
  const counts = new Map<string, number>();
  yield {
    count(name) {
      const next = (counts.get(name) ?? 0) + 1;
      counts.set(name, next);
      return next;
    },
  };
  counts.clear();
}

/** Counts how often a name was given. */
export function count(name: string, store: Store): number {
  return store.count(name);
}`,
    calls: [
      { tool: "count", arguments: { name: "a" }, answer: "1" },
      { tool: "count", arguments: { name: "a" }, answer: "2" },
    ],
  },
  scope: {
    title: "how long a dependency lives",
    text: [
      "`singleton`, as without it: made once, before the first call. `request`: made for each call that needs it and closed when the call has settled; it may take `Context`, `Caller` and the like.",
    ],
    shortest: "@scope request",
    refused: ["MG209", "MG403", "MG404"],
    keys: {},
    example: `export interface Draft {
  add(line: string): number;
}

/**
 * @provider
 * @scope request
 */
export function openDraft(): Draft {
  const lines: string[] = [];
  return { add: (line) => lines.push(line) };
}

/** Adds a line to a draft that this call alone has. */
export function addLine(line: string, draft: Draft): number {
  return draft.add(line);
}`,
    calls: [
      { tool: "addLine", arguments: { line: "a" }, answer: "1" },
      { tool: "addLine", arguments: { line: "b" }, answer: "1" },
    ],
  },
  pool: {
    title: "lend one to each call",
    text: [
      "Keeps several of what the provider makes and lends each call one for itself: `max` at most, for which a call waits `acquire`, and which are closed when they have not been lent for `idle`. It comes back however the call ends; after a failure that may have broken it, or when its own `validate()` says so, it is replaced. What is lent has no `@scope`.",
    ],
    shortest: "@pool",
    refused: ["MG403", "MG404", "MG405", "MG406"],
    keys: {},
    example: `export interface Line {
  say(text: string): string;
}

/**
 * @provider
 * @pool max=2 acquire=1s
 */
export function openLine(): Line {
  return { say: (text) => \`said \${text}\` };
}

/** Says something over a line of its own. */
export function say(text: string, line: Line): string {
  return line.say(text);
}`,
    calls: [{ tool: "say", arguments: { text: "hey" }, answer: "said hey" }],
  },
  tools: {
    title: "methods as tools",
    text: [
      "Above an exported class: its public methods are tools, and the container makes its instance, whose constructor's parameters are injected. Above an exported object of functions: they are tools, called on it. What is private, static or tagged `@internal` is none.",
    ],
    refused: ["MG308", "MG402"],
    keys: {},
    example: `/** @tools */
export class Desk {
  private readonly greeting = "Hello";

  /** Greets a visitor. */
  greet(name: string): string {
    return \`\${this.greeting}, \${name}.\`;
  }
}`,
    calls: [{ tool: "greet", arguments: { name: "Kari" }, answer: "Hello, Kari." }],
  },
  config: {
    title: "read a type from the environment",
    text: [
      "Above an interface, or a type of named members: a parameter of that type is read from variables at start, each member from one, `apiKey` from `API_KEY`; a prefix after the tag begins all names. What is missing or wrong is reported together, and `.env.example` lists them. Members are strings, numbers, booleans, URLs, lists of these, or objects of such members, and their constraints hold.",
    ],
    refused: ["MG230", "MG231", "MG232", "MG404"],
    keys: {},
    example: `/** @config SHOP_ */
export interface ShopConfig {
  /** What prices are told in. */
  readonly currency?: string;
}

/** Tells a price. */
export function tellPrice(amount: number, config: ShopConfig): string {
  return \`\${amount} \${config.currency ?? "NOK"}\`;
}`,
    calls: [{ tool: "tellPrice", arguments: { amount: 5 }, answer: "5 NOK" }],
  },
  env: {
    title: "name the variable",
    text: [
      "Above a member of a `@config` interface: the variable that it is read from, where that is not its own name in capitals. Above a member that is an object: what the names in it begin with.",
    ],
    shortest: "@env CURRENCY_CODE",
    refused: ["MG231", "MG404", "MG480"],
    keys: {},
    example: `/** @config SHOP_ */
export interface ShopConfig {
  /** @env CURRENCY_CODE */
  readonly currency?: string;
}

/** Tells a price. */
export function tellPrice(amount: number, config: ShopConfig): string {
  return \`\${amount} \${config.currency ?? "NOK"}\`;
}`,
    calls: [{ tool: "tellPrice", arguments: { amount: 5 }, answer: "5 NOK" }],
  },
  secret: {
    title: "never shown",
    text: [
      "Above a member of a `@config` interface: its value is masked wherever it would be written. Above a member that is an object, all that is in it is secret.",
    ],
    refused: ["MG404", "MG480"],
    keys: {},
    example: `/** @config SHOP_ */
export interface ShopConfig {
  /** @secret */
  readonly apiKey?: string;
}

/** Whether the shop has a key. */
export function hasKey(config: ShopConfig): boolean {
  return config.apiKey !== undefined;
}`,
    calls: [{ tool: "hasKey", answer: "false" }],
  },
} as const satisfies Readonly<Record<string, TagPage>>;
