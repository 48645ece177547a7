/** Whether the schema gives back a type that TypeScript will not take for the parameter's own (a brand, an unexported enum). */
import type { Definition } from "../model/api.js";
import { childTypes, type TypeNode } from "../model/types.js";

export function isNominal(type: TypeNode, definitions: Readonly<Record<string, Definition>>): boolean {
  const seen = new Set<string>();
  const visit = (node: TypeNode): boolean => {
    if (node.nominal) return true;
    if (node.kind !== "reference") return childTypes(node).some(visit);
    const definition = definitions[node.name];
    if (!definition || seen.has(node.name)) return false;
    seen.add(node.name);
    return visit(definition.type);
  };
  return visit(type);
}
