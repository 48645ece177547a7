// What is wrong with a result that its function's type does not allow, in words: where, what it is, what the type says.
// Values are named by their kind, never repeated: what does not fit may be what nobody was to see.
import type * as z from "zod";
import { showPath } from "../arguments/show.js";

type Issue = z.core.$ZodIssue;

const maxProblems = 5;

/** `the result's `items[2].price` is null, where its type says number`. */
export function describeMismatch(value: unknown, issues: readonly Issue[]): string {
  const problems = [...new Set(issues.flatMap(locate).map((issue) => describeIssue(issue, value)))];
  const rest = problems.length - maxProblems;
  return problems.slice(0, maxProblems).join("; ") + (rest > 0 ? `; and ${String(rest)} more` : "");
}

/** Into the one alternative of a union that has the right form at its root. */
function locate(issue: Issue): readonly Issue[] {
  if (issue.code !== "invalid_union") return [issue];
  const inside = issue.errors.filter((branch) => branch.length > 0 && branch.every(({ path }) => path.length > 0));
  const [only] = inside;
  if (only === undefined || inside.length > 1) return [issue];
  return only.flatMap(locate).map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }));
}

function describeIssue(issue: Issue, result: unknown): string {
  const place = issue.path.length === 0 ? "the result" : `the result's \`${showPath(issue.path)}\``;
  const value = issue.path.reduce(step, result);
  if (typeof value === "number" && !Number.isFinite(value))
    return `${place} is ${String(value)}, and JSON has only finite numbers`;
  const expected = expectedBy(issue);
  return `${place} is ${nameOf(value)}, ${expected === undefined ? "which its type does not allow" : `where its type says ${expected}`}`;
}

function step(above: unknown, key: PropertyKey): unknown {
  return typeof above === "object" && above !== null ? (above as Record<PropertyKey, unknown>)[key] : undefined;
}

function nameOf(value: unknown): string {
  if (value === undefined) return "missing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "an invalid Date" : "a Date";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

/** Undefined where it is not a matter of the kind of value alone. */
function expectedBy(issue: Issue): string | undefined {
  switch (issue.code) {
    case "invalid_type":
      return typeNames[issue.expected] ?? issue.expected;
    case "invalid_value":
      return issue.values.map((value) => JSON.stringify(value)).join(" or ");
    case "invalid_union": {
      const each = issue.errors.map(([first]) => first && expectedBy(first));
      const known = each.filter((expected) => expected !== undefined);
      return known.length === each.length && known.length > 0 ? [...new Set(known)].join(" or ") : undefined;
    }
    default:
      return undefined;
  }
}

/** zod's names for types that TypeScript writes otherwise. */
const typeNames: Readonly<Record<string, string>> = { date: "Date", int: "number", record: "object" };
