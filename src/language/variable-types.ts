/** Which types a variable's text can carry: scalars, lists of scalars, and unions of both with null. */
import type { TypeNode } from "../model/types.js";

/** Why it cannot; completes "`ShopConfig.rates` …". */
export function explainUnreadable(type: TypeNode): string | undefined {
  if (isScalar(type)) return undefined;
  switch (type.kind) {
    case "array":
    case "set":
      return isItem(type.element) ? undefined : "is a list of something other than strings and numbers";
    case "union":
      return explainUnion(type.members);
    case "object":
      return "is an object among other types";
    case "tuple":
      return "is a tuple";
    case "map":
    case "record":
      return "has keys that no variable can be named after";
    case "reference":
      return "contains itself";
    case "unknown":
      return "can be anything";
    default:
      return `is ${type.kind}`;
  }
}

function explainUnion(members: readonly TypeNode[]): string | undefined {
  const values = members.filter(({ kind }) => kind !== "null" && kind !== "void");
  const [only] = values;
  if (only && values.length === 1) return explainUnreadable(only);
  return values.every(isScalar) ? undefined : "is one of several types, and not each of them is a plain value";
}

function isItem(type: TypeNode): boolean {
  return isScalar(type) || (type.kind === "union" && type.members.every(isScalar));
}

function isScalar({ kind }: TypeNode): boolean {
  return scalars.has(kind);
}

const scalars: ReadonlySet<TypeNode["kind"]> = new Set([
  "string",
  "number",
  "boolean",
  "literal",
  "enum",
  "template",
  "codec",
] as const);
