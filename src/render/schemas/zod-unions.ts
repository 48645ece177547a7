/** Which of zod's unions tells the members of a union apart, and in what order they are tried. */
import type { ObjectNode, TypeNode, UnionNode } from "../../model/types.js";

export type UnionChoice =
  | { readonly kind: "discriminated"; readonly discriminant: string; readonly members: readonly ObjectNode[] }
  /** `strict` first: a value is taken for a member that knows all of its keys before others drop some. */
  | { readonly kind: "ordered"; readonly strict: readonly ObjectNode[]; readonly members: readonly TypeNode[] };

export function chooseUnion(
  members: readonly TypeNode[],
  union: UnionNode,
  direction: "input" | "output",
): UnionChoice {
  const objects = members.filter((member) => member.kind === "object");
  const { discriminant } = union;
  const arePlain = objects.every(({ patterns }) => !patterns);
  if (
    discriminant !== undefined &&
    arePlain &&
    objects.length === members.length &&
    isDisjoint(objects, discriminant)
  ) {
    return { kind: "discriminated", discriminant, members: objects };
  }
  if (direction === "input" || objects.length < 2) return { kind: "ordered", strict: [], members };
  // Outputs drop unknown keys, so a member tried too early would drop another member's. More required keys, fewer mistakes.
  const byKeys = objects.toSorted((a, b) => required(b).length - required(a).length);
  const isSafe = byKeys.every((first, index) => byKeys.slice(index + 1).every((later) => cannotBe(later, first)));
  const others = members.filter((member) => member.kind !== "object");
  return { kind: "ordered", strict: isSafe ? [] : byKeys, members: [...byKeys, ...others] };
}

function required(type: ObjectNode): readonly string[] {
  return type.properties.filter((property) => !property.optional).map((property) => property.name);
}

/** No value of the one passes as the other, as it lacks a key. */
function cannotBe(type: ObjectNode, other: ObjectNode): boolean {
  const names = new Set(type.properties.map((property) => property.name));
  return required(other).some((name) => !names.has(name));
}

/** zod refuses two members with one value, and a discriminant that may be absent. */
function isDisjoint(members: readonly ObjectNode[], discriminant: string): boolean {
  const values = members.map((member) => constants(member, discriminant));
  return values.every((some) => some.length > 0) && new Set(values.flat()).size === values.flat().length;
}

function constants(member: ObjectNode, discriminant: string): readonly (string | number | boolean)[] {
  const property = member.properties.find((candidate) => candidate.name === discriminant);
  if (!property || property.optional) return [];
  if (property.type.kind === "literal") return [property.type.value];
  return property.type.kind === "enum" ? property.type.values : [];
}
