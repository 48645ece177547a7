/** The pages of tags on functions that are no policies: what clients see of them, and what they are served as. Each example is built and called by a test. */
import type { TagPage } from "./policy-page.js";

export const functionPages = {
  title: {
    title: "name for people",
    text: [
      "The name that clients show to people, where the tool's own would be read out otherwise. On a member or a type it is documentation.",
    ],
    shortest: "@title Add numbers",
    refused: ["MG404"],
    keys: {},
    example: `/**
 * Adds two numbers.
 *
 * @title Add numbers
 */
export function add(a: number, b: number): number {
  return a + b;
}`,
    calls: [{ tool: "add", arguments: { a: 1, b: 2 }, answer: "3" }],
  },
  name: {
    title: "name for programs",
    text: [
      "The tool's name, where it is not the function's. Clients that know the old one lose it: `mcpgen diff` calls that breaking. On a provider it is the key of what it makes, for tests.",
    ],
    shortest: "@name add_numbers",
    refused: ["MG404", "MG501", "MG502"],
    keys: {},
    example: `/**
 * Adds two numbers.
 *
 * @name add_numbers
 */
export function add(a: number, b: number): number {
  return a + b;
}`,
    calls: [{ tool: "add_numbers", arguments: { a: 1, b: 2 }, answer: "3" }],
  },
  icon: {
    title: "a picture for people",
    text: [
      "What clients draw beside the name, such as `@icon https://example.com/sum.svg any`: an https URL, or a data URI of an image; its sizes, such as `48x48`, or `any` where it has none of its own; and the background that it is for, `light` or `dark`. Only the first must be there. Each further line is a further icon, of which the client takes the one that fits. The type is that of the data URI, or of the ending: svg, png, jpg, webp, gif or ico.",
    ],
    shortest: "@icon https://example.com/sum.svg",
    refused: ["MG402", "MG404", "MG406"],
    keys: {},
    example: `/**
 * Adds two numbers.
 *
 * @icon https://example.com/sum.svg any
 * @icon https://example.com/sum-dark.png 48x48 96x96 dark
 */
export function add(a: number, b: number): number {
  return a + b;
}`,
    calls: [{ tool: "add", arguments: { a: 1, b: 2 }, answer: "3" }],
  },
  readonly: {
    title: "changes nothing",
    text: [
      "Clients are told `readOnlyHint`, and may call it without asking. The body is held to it: what it plainly writes is refused. Where a function provably changes nothing, the tag is not needed, and neither is it where the tools that it takes or calls are known to change nothing either; a tool with the tag that runs one which changes something is warned of. `@readonly false` says that it is not so.",
    ],
    refused: ["MG403", "MG404", "MG444", "MG483"],
    keys: {},
    example: `/**
 * The day's greeting.
 *
 * @readonly
 */
export function greet(name: string): string {
  return \`Good day, \${name}.\`;
}`,
    calls: [{ tool: "greet", arguments: { name: "Kari" }, answer: "Good day, Kari." }],
  },
  pure: {
    title: "depends on its arguments alone",
    text: [
      "The same arguments give the same result, and nothing is changed on the way: the tool is read-only, idempotent and closed to the world, and the body is held to it.",
    ],
    refused: ["MG404", "MG443"],
    keys: {},
    example: `/**
 * The square of a number.
 *
 * @pure
 */
export function square(value: number): number {
  return value * value;
}`,
    calls: [{ tool: "square", arguments: { value: 3 }, answer: "9" }],
  },
  idempotent: {
    title: "twice is as good as once",
    text: [
      "A second call with the same arguments changes nothing more. Clients are told `idempotentHint`, and `@retry` asks for it where a tool is not `@readonly`.",
    ],
    refused: ["MG404", "MG420"],
    keys: {},
    example: `/**
 * Names the folder that a report belongs in.
 *
 * @idempotent
 */
export function fileReport(year: number): string {
  return \`reports/\${year}\`;
}`,
    calls: [{ tool: "fileReport", arguments: { year: 2026 }, answer: "reports/2026" }],
  },
  destructive: {
    title: "may destroy something",
    text: [
      "Clients are told `destructiveHint`, and most ask the user first. `@destructive false` says of a tool that changes something that it only adds.",
    ],
    refused: ["MG402", "MG403", "MG404"],
    keys: {},
    example: `/**
 * Drops the drafts in a folder.
 *
 * @destructive
 */
export function dropDrafts(folder: string): string {
  return \`dropped \${folder}\`;
}`,
    calls: [{ tool: "dropDrafts", arguments: { folder: "old" }, answer: "dropped old" }],
  },
  openWorld: {
    title: "meets the world outside",
    text: [
      "Clients are told `openWorldHint`: what it reads or changes is not the server's own, such as the web. `@openWorld false` says that it is.",
    ],
    refused: ["MG402", "MG404"],
    keys: {},
    example: `/**
 * The address of a search.
 *
 * @openWorld false
 */
export function searchAddress(words: string): string {
  return \`https://example.com/?q=\${encodeURIComponent(words)}\`;
}`,
    calls: [{ tool: "searchAddress", arguments: { words: "a b" }, answer: "https://example.com/?q=a%20b" }],
  },
  accept: {
    title: "a warning that may stay",
    text: [
      "Names the code of a warning, followed by why it may stay: builds count it and no longer show it. Above a function or a member it holds for what is there; `accept` in mcpgen.json holds for the project. Errors cannot be accepted.",
    ],
    shortest: "@accept MG504",
    refused: ["MG117"],
    keys: {},
    example: `/** @accept MG504 the name says it */
export function add(a: number, b: number): number {
  return a + b;
}`,
    calls: [{ tool: "add", arguments: { a: 1, b: 2 }, answer: "3" }],
  },
  tool: {
    title: "serve this function",
    text: [
      'With "expose": "tagged" in mcpgen.json only what is tagged is served. Otherwise every exported function is, and the tag changes nothing.',
    ],
    refused: ["MG403"],
    keys: {},
    example: `/**
 * Adds two numbers.
 *
 * @tool
 */
export function add(a: number, b: number): number {
  return a + b;
}`,
    calls: [{ tool: "add", arguments: { a: 1, b: 2 }, answer: "3" }],
  },
  internal: hidingPage("internal", "ignore"),
  ignore: hidingPage("ignore", "internal"),
  example: {
    title: "a value to show",
    text: [
      'On a member it goes into the schema as JSON, where models read it. Above a function it is a call with its answer, which the generated test makes and the bench repeats: `@example getWeather("Oslo") // => 4`.',
    ],
    shortest: '@example "Oslo"',
    refused: ["MG401"],
    keys: {},
    example: `export interface Place {
  /**
   * The name of a city.
   *
   * @example "Oslo"
   */
  city: string;
}

/** Finds a place. */
export function findPlace(place: Place): string {
  return \`found \${place.city}\`;
}`,
    calls: [{ tool: "findPlace", arguments: { city: "Oslo" }, answer: "found Oslo" }],
  },
  deprecated: {
    title: "no longer to be used",
    text: [
      "The description says so with the tag's text, so that models choose another tool; of a member the schema has `deprecated`.",
    ],
    refused: [],
    keys: {},
    example: `/**
 * Adds two numbers.
 *
 * @deprecated use \`sum\`
 */
export function add(a: number, b: number): number {
  return a + b;
}

/** Adds numbers. */
export function sum(values: number[]): number {
  return values.reduce((a, b) => a + b, 0);
}`,
    calls: [
      { tool: "add", arguments: { a: 1, b: 2 }, answer: "3" },
      { tool: "sum", arguments: { values: [1, 2] }, answer: "3" },
    ],
  },
  header: {
    title: "an argument that a header repeats",
    text: [
      "An argument of the tool and a name: a client of the revision 2026-07-28 that calls the tool over HTTP sends the argument's value in the header `Mcp-Param-NAME` too, so that proxies can route by it. The server compares both and refuses a call whose header is missing or says something else, with 400 and the error −32020, because a proxy may have gone by it. An argument that is left out has no header; over stdio and in earlier revisions there are none.",
      "The argument is a string, an integer (`@int`) or a boolean. Names are tokens (RFC 9110), each once in a tool, whatever the case of their letters. The tag stands once for each argument.",
    ],
    shortest: "@header region Region",
    refused: ["MG233", "MG234", "MG235", "MG402", "MG404", "MG429", "MG431"],
    keys: {},
    example: `/**
 * Lists the shops of a region.
 *
 * @header region Region
 */
export function listShops(region: string): string {
  return \`the shops of \${region}\`;
}`,
    calls: [{ tool: "listShops", arguments: { region: "north" }, answer: "the shops of north" }],
  },
  requires: {
    title: "scopes that a caller must hold",
    text: [
      "The scopes, separated by blanks; a caller must hold all of them. A call without is refused and told which scopes are missing: over HTTP with `403` and `insufficient_scope`, elsewhere with a failed result of the tool, or the error −32003 of a resource or a prompt. Over stdio the caller is the user who started the server, and scopes are not checked; over HTTP `auth` in mcpgen.json says who checks tokens.",
    ],
    shortest: "@requires orders:write",
    refused: ["MG404", "MG406", "MG460"],
    keys: {},
    example: `/**
 * Cancels an order.
 *
 * @requires orders:write
 */
export function cancelOrder(id: string): string {
  return \`cancelled \${id}\`;
}`,
    calls: [{ tool: "cancelOrder", arguments: { id: "7" }, answer: "cancelled 7" }],
  },
  resource: {
    title: "serve what is read",
    text: [
      "The function is a resource, not a tool: clients read it under this URI. The variables of a template fill the parameters of their names; `undefined` and `null` mean that there is no such resource.",
    ],
    shortest: "@resource notes://{id}",
    refused: ["MG306", "MG402", "MG403", "MG404", "MG510", "MG511", "MG514"],
    keys: {},
    example: `/**
 * A note.
 *
 * @resource notes://{id}
 */
export function readNote(id: string): string {
  return \`note \${id}\`;
}`,
    calls: [{ resource: "notes://7", type: "text/plain", answer: "note 7" }],
  },
  mimeType: {
    title: "what the bytes are",
    text: [
      "On a resource, the type that it is read as: text is `text/plain` without it, data `application/json`. On a tool that returns bytes, `image/…` makes them an image, `audio/…` audio, anything else a file.",
    ],
    shortest: "@mimeType text/markdown",
    refused: ["MG402", "MG404"],
    keys: {},
    example: `/**
 * The rules that articles follow.
 *
 * @resource articles://style
 * @mimeType text/markdown
 */
export function styleGuide(): string {
  return "# Style";
}`,
    calls: [{ resource: "articles://style", type: "text/markdown", answer: "# Style" }],
  },
  prompt: {
    title: "serve a prompt",
    text: [
      "The function is a prompt, not a tool: people choose it in their client, fill in its parameters, and its text is what their model is asked. Parameters are strings, numbers, booleans, one of several literals.",
    ],
    refused: ["MG306", "MG402", "MG404", "MG512"],
    keys: {},
    example: `/**
 * Asks for a review.
 *
 * @prompt
 */
export function reviewText(text: string): string {
  return \`Review this: \${text}\`;
}`,
    calls: [{ prompt: "reviewText", arguments: { text: "Hello." }, answer: "Review this: Hello." }],
  },
  completes: {
    title: "propose values",
    text: [
      "The function is not a tool: it proposes values for an argument of a prompt, or for a variable of a resource's template. Its first parameter is what has been typed; the others, all optional, are arguments given before. Literals and booleans propose themselves.",
    ],
    shortest: "@completes reviewIn.language",
    refused: ["MG306", "MG404", "MG513"],
    keys: {},
    example: `/**
 * Asks for a review.
 *
 * @prompt
 */
export function reviewIn(language: string): string {
  return \`Review it in \${language}.\`;
}

/** @completes reviewIn.language */
export function languages(typed: string): string[] {
  return ["English", "Norwegian"].filter((each) => each.startsWith(typed));
}`,
    calls: [{ completes: "reviewIn", argument: "language", typed: "No", answer: "Norwegian" }],
  },
} as const satisfies Readonly<Record<string, TagPage>>;

/** Two words for one thing. */
function hidingPage(tag: string, other: string): TagPage {
  return {
    title: "hide from clients",
    text: [
      `An exported function with it is not a tool, nor is a method of a class of tools; an optional member of a type is left out of the schema, and no client can send it. \`@${other}\` means the same.`,
    ],
    refused: ["MG403"],
    keys: {},
    example: `/** Adds two numbers. */
export function add(a: number, b: number): number {
  return carry(a + b);
}

/** @${tag} */
export function carry(sum: number): number {
  return sum;
}`,
    calls: [{ tool: "add", arguments: { a: 1, b: 2 }, answer: "3" }],
  };
}
