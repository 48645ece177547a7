/** Whether the schema gives back a type that TypeScript will not take for the parameter's own (a brand, an unexported enum). */
import type { Definition } from "../../model/api.js";
import type { TypeNode } from "../../model/types.js";
import { findWithin } from "./within.js";

export function isNominal(type: TypeNode, definitions: Readonly<Record<string, Definition>>): boolean {
  const marked = (node: TypeNode): node is TypeNode & { readonly nominal: true } => node.nominal === true;
  return findWithin(type, definitions, marked) !== undefined;
}
