/** The property whose literal tells the members of a union of objects apart. */
import type { ObjectNode, TypeNode, UnionNode } from "../../model/types.js";
import { peek, type Analysis } from "../checker/analysis.js";

export function discriminantOf(analysis: Analysis, { members }: UnionNode): string | undefined {
  const objects = members
    .map((member) => peek(analysis, member))
    .filter((member): member is ObjectNode => member.kind === "object" && !member.encoded);
  const [first] = objects;
  if (first === undefined || objects.length < members.length) return undefined;
  return first.properties.find(({ name }) => tellsApart(analysis, objects, name))?.name;
}

function tellsApart(analysis: Analysis, objects: readonly ObjectNode[], name: string): boolean {
  const seen = new Set<unknown>();
  return objects.every(({ properties }) => {
    const property = properties.find((candidate) => candidate.name === name);
    const values = property && !property.optional ? literalValues(peek(analysis, property.type)) : [];
    return values.length > 0 && values.every((value) => !seen.has(value) && seen.add(value));
  });
}

function literalValues(node: TypeNode): readonly (string | number | boolean)[] {
  if (node.kind === "literal") return [node.value];
  return node.kind === "enum" ? node.values : [];
}
