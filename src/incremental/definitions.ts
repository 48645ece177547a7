/** Recursive types are named for the whole source: which names two findings have in common, and which are still needed. */
import type { ApiModel, Definition, DependencyModel, FunctionModel } from "../model/api.js";
import { childTypes, type TypeNode } from "../model/types.js";

type Named = Pick<ApiModel, "definitions" | "recursive">;
type Before = Named & Pick<ApiModel, "providers">;

/** Whether each name stands for one type in both, and would in the whole. */
export function sharesNames({ recursive: before }: Named, { recursive: anew }: Named): boolean {
  const isPlain = (identities: readonly string[]): boolean => !identities.includes("");
  const isOne = Object.entries(anew).every(([name, identity]) => (before[name] ?? identity) === identity);
  return isOne && isPlain(Object.values(before)) && isPlain(Object.values(anew));
}

/** Those of the part, and those that the functions which are as they were refer to. */
export function joinDefinitions(
  before: Before,
  anew: Named,
  kept: readonly FunctionModel[],
): Readonly<Record<string, Definition>> {
  const claimed = before.providers.flatMap(({ parameters }) => claimsOf(parameters));
  const needed = new Set([...kept.flatMap(namesIn), ...claimed.flatMap(namesOf)]);
  // A set's iteration meets what is added to it on the way.
  for (const name of needed) {
    const definition = before.definitions[name];
    for (const each of definition ? namesOf(definition.type) : []) needed.add(each);
  }
  const still = Object.entries(before.definitions).filter(([name]) => needed.has(name));
  return { ...Object.fromEntries(still), ...anew.definitions };
}

const named = new WeakMap<FunctionModel, readonly string[]>();

/** A function that is as it was is the same object in the next build of this process. */
function namesIn(model: FunctionModel): readonly string[] {
  const names = named.get(model) ?? [...new Set(typesOf(model).flatMap(namesOf))];
  named.set(model, names);
  return names;
}

/** The recursive types that it refers to. */
function namesOf(type: TypeNode): readonly string[] {
  return [...(type.kind === "reference" ? [type.name] : []), ...childTypes(type).flatMap(namesOf)];
}

function typesOf({ parameters, result }: FunctionModel): readonly TypeNode[] {
  const servable = [result, ...parameters.map(({ type }) => type)];
  return [...servable.flatMap((each) => (each.kind === "servable" ? [each.type] : [])), ...claimsOf(parameters)];
}

function claimsOf(parameters: readonly Pick<DependencyModel, "claims">[]): readonly TypeNode[] {
  return parameters.map(({ claims }) => claims?.value).filter((type) => type !== undefined);
}
