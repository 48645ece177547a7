/** The first type of a kind within another, which may be recursive. */
import type { Definition } from "../../model/api.js";
import { childTypes, type TypeNode } from "../../model/types.js";

export function findWithin<Found extends TypeNode>(
  type: TypeNode,
  definitions: Readonly<Record<string, Definition>>,
  matches: (node: TypeNode) => node is Found,
): Found | undefined {
  const seen = new Set<string>();
  const visit = (node: TypeNode): Found | undefined => {
    if (matches(node)) return node;
    if (node.kind !== "reference") return first(childTypes(node), visit);
    const definition = definitions[node.name];
    if (!definition || seen.has(node.name)) return undefined;
    seen.add(node.name);
    return visit(definition.type);
  };
  return visit(type);
}

function first<Item, Found>(items: readonly Item[], find: (item: Item) => Found | undefined): Found | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
