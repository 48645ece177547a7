/** How values without a JSON form of their own travel. */
import type { MapNode } from "../model/types.js";

/** Such a Map travels as an object, any other as an array of pairs. */
export function isStringKeyed(type: MapNode): boolean {
  const { key } = type;
  if (key.kind === "enum") return key.values.every((value) => typeof value === "string");
  return key.kind === "string" || key.kind === "template" || (key.kind === "literal" && typeof key.value === "string");
}
