// A configuration's definition and the environment → its value, or all that is wrong with the variables.
import type * as z from "zod";
import { show } from "../arguments/show.js";
import { hideSecret, isSecretKey } from "../logging/redact.js";
import { isOptional, isVariable, type ConfigDefinition, type Member, type Members, type Variable } from "./define.js";
import { describeVariable } from "./expected.js";

export type Environment = Readonly<Record<string, string | undefined>>;

export interface ReadConfig {
  /** Only without problems is it what the type says. */
  readonly value: object;
  readonly problems: readonly string[];
}

interface Reading {
  readonly environment: Environment;
  readonly definition: Omit<ConfigDefinition<Members>, "members">;
  readonly problems: string[];
}

export function readConfig(
  { members, ...definition }: ConfigDefinition<Members>,
  environment: Environment,
): ReadConfig {
  const reading: Reading = { environment, definition, problems: [] };
  return { value: readGroup(members, "", reading), problems: reading.problems };
}

function readGroup(members: Members, path: string, reading: Reading): object {
  const entries = Object.entries(members).flatMap(([name, member]) => {
    const inner = isOptional(member) ? member.inner : member;
    if (inner !== member && !isSet(inner, reading.environment)) return [];
    const place = `${path}.${name}`;
    const value = isVariable(inner) ? readVariable(inner, place, reading) : readGroup(inner, place, reading);
    return [[name, value] as const];
  });
  return Object.freeze(Object.fromEntries(entries));
}

/** A variable that is empty counts as one that is not set. */
function textOf(name: string, environment: Environment): string | undefined {
  return environment[name] || undefined;
}

function isSet(member: Member, environment: Environment): boolean {
  if (isVariable(member)) return textOf(member.name, environment) !== undefined;
  const inner = isOptional(member) ? [member.inner] : Object.values(member);
  return inner.some((each) => isSet(each, environment));
}

function readVariable({ name, schema, isSecret }: Variable<unknown>, path: string, reading: Reading): unknown {
  const { environment, definition, problems } = reading;
  const text = textOf(name, environment);
  const read = schema.safeParse(text);
  if (isSecret && text !== undefined) [text, ...(read.success ? textsIn(read.data) : [])].forEach(hideSecret);
  if (read.success) return freezeList(read.data);
  const expected = describeIssue(schema, read.error);
  const found = isSecret || isSecretKey(name) ? "something else" : show(text);
  const what = text === undefined ? `${name} is missing; ${expected}` : `${name}: ${expected}, got ${found}`;
  problems.push(`${what} (${definition.name}${path} in ${definition.source})`);
  return undefined;
}

/** The items of a list, which are shown one by one. */
function textsIn(value: unknown): readonly string[] {
  const items: readonly unknown[] = value instanceof Set || Array.isArray(value) ? [...value] : [];
  return items.filter((item) => typeof item === "string");
}

/** Lists are all that a variable can hold of others' values. */
function freezeList(value: unknown): unknown {
  return Array.isArray(value) ? Object.freeze(value) : value;
}

function describeIssue(schema: z.ZodType, { issues: [issue] }: z.ZodError): string {
  const known = issue?.code === "custom" ? undefined : describeVariable(schema);
  return known === undefined ? (issue?.message ?? "expected another value") : `expected ${known}`;
}
