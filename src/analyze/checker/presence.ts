/** Whether a type lets a value be absent. */
import type { ts } from "ts-morph";
import { compiler } from "./compiler.js";

export function hasUndefined(type: ts.Type): boolean {
  return parts(type).some(({ flags }) => flags & compiler.TypeFlags.VoidLike);
}

export function hasNull(type: ts.Type): boolean {
  return parts(type).some(({ flags }) => flags & compiler.TypeFlags.Null);
}

/** Whether it lets nothing else be: `undefined`, `void`, both, or what never is. */
export function isAbsent(type: ts.Type): boolean {
  const { Never, VoidLike } = compiler.TypeFlags;
  return parts(type).every(({ flags }) => flags & (Never | VoidLike));
}

function parts(type: ts.Type): readonly ts.Type[] {
  return type.isUnion() ? type.types : [type];
}
