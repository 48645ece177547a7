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
  const needed = new Set<string>();
  const visit = (type: TypeNode): void => {
    if (type.kind === "reference") needed.add(type.name);
    childTypes(type).forEach(visit);
  };
  kept.flatMap(typesOf).forEach(visit);
  before.providers.flatMap(({ parameters }) => claimsOf(parameters)).forEach(visit);
  // A set's iteration meets what is added to it on the way.
  for (const name of needed) {
    const definition = before.definitions[name];
    if (definition) visit(definition.type);
  }
  const still = Object.entries(before.definitions).filter(([name]) => needed.has(name));
  return { ...Object.fromEntries(still), ...anew.definitions };
}

function typesOf({ parameters, result }: FunctionModel): readonly TypeNode[] {
  const servable = [result, ...parameters.map(({ type }) => type)];
  return [...servable.flatMap((each) => (each.kind === "servable" ? [each.type] : [])), ...claimsOf(parameters)];
}

function claimsOf(parameters: readonly Pick<DependencyModel, "claims">[]): readonly TypeNode[] {
  return parameters.map(({ claims }) => claims?.value).filter((type) => type !== undefined);
}
