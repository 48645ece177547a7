// Turns zod's issues into sentences for a model to act on: which argument, what was expected, what was given.
// zod says where; the schema that the client has seen says what.
import type * as z from "zod";
import { isSecretKey } from "../logging/redact.js";
import { describeExpected } from "./expected.js";
import {
  alternatives,
  childSchemas,
  isSchema,
  jsonType,
  matching,
  propertiesOf,
  type JsonSchema,
} from "./json-schema.js";
import { nearest } from "./nearest.js";
import { list, show, showPath } from "./show.js";

type Issue = z.core.$ZodIssue;

const maxProblems = 10;

export interface RefusedArguments {
  readonly tool: string;
  readonly value: unknown;
  readonly schema: JsonSchema;
  readonly issues: readonly Issue[];
}

export function describeProblems({ tool, value, schema, issues }: RefusedArguments): string {
  const problems = [...new Set(issues.flatMap(locate).flatMap((issue) => describeIssue(issue, value, schema)))];
  const rest = problems.length - maxProblems;
  const lines = problems.slice(0, maxProblems).map((problem) => `- ${problem}`);
  return [`Invalid arguments for \`${tool}\`:`, ...lines, ...(rest > 0 ? [`- and ${String(rest)} more`] : [])].join(
    "\n",
  );
}

/** Follows a union into the one alternative that was meant, when that can be told. */
function locate(issue: Issue): readonly Issue[] {
  if (issue.code !== "invalid_union") return [issue];
  const branches = issue.errors
    .map((branch) => branch.flatMap(locate))
    .filter((branch) => branch.length > 0 && branch.every(isInside));
  const fewest = Math.min(...branches.map(contradictions));
  const meant = branches.filter((branch) => contradictions(branch) === fewest);
  const [only] = meant;
  if (only === undefined || meant.length > 1) return [issue];
  return only.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }));
}

/** The alternative has the right type; something within it is wrong. */
function isInside(issue: Issue): boolean {
  return issue.path.length > 0 || issue.code === "unrecognized_keys";
}

/** A wrong constant says that another alternative was meant. */
function contradictions(issues: readonly Issue[]): number {
  return issues.filter((issue) => issue.code === "invalid_value").length;
}

function describeIssue(issue: Issue, value: unknown, root: JsonSchema): readonly string[] {
  const place = { value, schemas: alternatives(root, root) };
  for (const key of issue.path) step(place, key, root);
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => describeUnknown([...issue.path, key], knownNames(place), knownForms(place)));
  }
  const name = issue.path.length === 0 ? "the arguments" : `\`${showPath(issue.path)}\``;
  if (issue.code === "invalid_key") return [`${name}: the key is not allowed`];
  const known = issue.code === "custom" ? undefined : describeExpected(place.schemas);
  const expected = known === undefined ? issue.message : `expected ${known}`;
  if (place.value === undefined) return [`${name} is missing; ${expected}`];
  return [`${name}: ${expected}, got ${showGiven(place.value, issue.path)}`];
}

interface Place {
  value: unknown;
  schemas: readonly JsonSchema[];
}

function step(place: Place, key: PropertyKey, root: JsonSchema): void {
  const above = place.value;
  const schemas = isSchema(above) ? matching(place.schemas, above) : place.schemas;
  place.schemas = childSchemas(schemas, key, root);
  const has = typeof above === "object" && above !== null && Object.hasOwn(above, key);
  place.value = has ? (above as Record<PropertyKey, unknown>)[key] : undefined;
}

function knownNames({ value, schemas }: Place): readonly string[] {
  const fitting = isSchema(value) ? matching(schemas, value) : schemas;
  return [...new Set(fitting.flatMap((schema) => Object.keys(propertiesOf(schema))))];
}

function knownForms({ schemas }: Place): readonly string[] {
  const patterns = schemas.flatMap(({ patternProperties }) =>
    isSchema(patternProperties) ? Object.keys(patternProperties) : [],
  );
  return [...new Set(patterns)].map((pattern) => `names matching ${pattern}`);
}

function describeUnknown(path: readonly PropertyKey[], known: readonly string[], forms: readonly string[]): string {
  const meant = nearest(String(path.at(-1)), known);
  if (meant !== undefined) return `\`${showPath(path)}\` is unknown; did you mean \`${meant}\`?`;
  const names = [...known.map((name) => `\`${name}\``), ...forms];
  return `\`${showPath(path)}\` is unknown; ${names.length === 0 ? "nothing is accepted here" : `known are ${list(names)}`}`;
}

/** What a secret-looking argument holds is not repeated. */
function showGiven(value: unknown, path: readonly PropertyKey[]): string {
  const secret = path.some((key) => typeof key === "string" && isSecretKey(key));
  return secret ? `another ${jsonType(value)}` : show(value);
}
