/** The page of `@from`; see policy-pages.ts. */
import type { PolicyPage } from "./policy-page.js";

export const fromPage: PolicyPage = {
  title: "fill a parameter in the server",
  text: [
    "Names a parameter and what the server fills it with: no client sees it, and one that sends it is refused as for any unknown argument. A tag fills one parameter; a function may have several.",
    "`caller.id` and `caller.claims.NAME` are of the verified caller: a call without one is refused, unless the parameter may be undefined or null. A claim is checked against the parameter's type when a call comes; one that does not fit is logged with its reason, and the client is told that the call is not allowed. A claim's name that is not a word is written in brackets: caller.claims[\"https://example.com/tenant\"].",
    "`env.VARIABLE` is read once at start, as a member of a `@config` interface is: what is missing or wrong is reported together with everything else, and `.env.example` has it. Anything that is JSON is a constant.",
    "The name of another tool runs that tool first, in the same call: its arguments become those of this tool, beside this tool's own, and no client sends what it gives. Each step has the policies of its tool, and the caller needs the scopes of both. Two steps run at once, and the first that fails stops the other; its error names the step. A tool with `@batch`, a stream or content for the client can be no step. Of a resource, what the step takes are variables of its URI or have defaults; of a prompt, its arguments. A stream has its steps run when it is opened, not for each page; `@batch` runs them for each item, but once for all items where they take nothing of one.",
    "Keys and templates of policies know the parameter by its name, `user:{userId}`, and `@cache` keeps the results of different values apart. They do not know what another tool gives, which comes after them; `@cache` goes by the arguments.",
  ],
  shortest: "@from userId caller.id",
  keys: {},
  example: `/**
 * The newest notes of the caller.
 *
 * @from owner caller.id
 */
export function findNotes(topic: string, owner: string): string {
  return \`\${owner} on \${topic}\`;
}

/**
 * Rounds a number.
 *
 * @from digits 1
 */
export function round(value: number, digits: number): string {
  return value.toFixed(digits);
}

/**
 * Twice the rounded number.
 *
 * @from rounded round
 */
export function double(rounded: string): number {
  return 2 * Number(rounded);
}`,
  calls: [
    { tool: "round", arguments: { value: 2.345 }, answer: "2.3" },
    { tool: "double", arguments: { value: 2.345 }, answer: "4.6" },
    { tool: "findNotes", arguments: { topic: "tea" }, answer: "This call needs an authenticated caller.", fails: true },
  ],
};
