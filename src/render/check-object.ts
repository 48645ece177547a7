/** An object → the statements that accept it: each of its properties, and then that there are no others. */
import type { ObjectNode, Property } from "../model/types.js";
import { atom, object, type Entry } from "./code.js";
import type { CheckFile } from "./check-scalars.js";
import { jsonToCode } from "./json-code.js";
import { layOut } from "./layout.js";
import { createNames, toCamelCase, type Names } from "./names.js";
import { propertyKey } from "./text.js";

/** Names that the statements use for themselves; those of functions and constants are kept apart by their form. */
const taken = ["given", "decoded", "keys", "Array", "Number", "Set", "Map", "countCharacters"];
const ownForm = /^(?:accept|decode|is)[A-Z]|(?:Values|Pattern)\d*$/;

/** How one property is checked. */
export interface PropertyCheck {
  /** The expression that reads it. */
  readonly value: string;
  /** It is checked where it stands and stays what it is. */
  readonly isPlain: boolean;
  readonly lines: readonly string[];
  /** The expression of its decoded value. */
  readonly result: string;
}

interface Member {
  readonly property: Property;
  readonly local: string;
  readonly check: PropertyCheck;
}

export interface ObjectScope {
  readonly file: CheckFile;
  check(property: Property, local: string): PropertyCheck;
}

/**
 * Properties are read where they are met. The decoded object gets them in the order of the schema, as zod's has them:
 * a literal of those that are always there, as far as they come first, and then one by one.
 */
export function objectLines(type: ObjectNode, scope: ObjectScope): readonly string[] {
  const names = createNames(taken);
  const members = type.properties.map((property): Member => {
    const local = localName(property.name, names);
    return { property, local, check: scope.check(property, local) };
  });
  const firstOptional = members.findIndex(({ property }) => property.optional);
  const first = firstOptional < 0 ? members : members.slice(0, firstOptional);
  const rest = members.slice(first.length);
  const required = members.filter(({ property }) => !property.optional);
  const hasOptional = rest.length > 0;
  return [
    `if (!${scope.file.runtime("isFields")}(given)) return undefined;`,
    ...destructure(members.filter(({ check }) => check.isPlain)),
    ...first.flatMap(({ check }) => check.lines),
    ...(hasOptional ? [declareDecoded(first), `let keys = ${required.length};`] : []),
    ...rest.flatMap(setLines),
    ...(hasOptional ? ["return Object.keys(given).length === keys ? decoded : undefined;"] : countLines(first)),
  ];
}

function countLines(members: readonly Member[]): readonly string[] {
  return [`if (Object.keys(given).length !== ${members.length}) return undefined;`, returnLiteral(members)];
}

function localName(name: string, names: Names): string {
  const local = toCamelCase(name);
  return names.allocate(ownForm.test(local) ? `${local}Given` : local, "Given");
}

function destructure(members: readonly Member[]): readonly string[] {
  if (members.length === 0) return [];
  const pattern = object(members.map(({ property, local }) => ({ value: atom(bind(property.name, local), "word") })));
  return [`const ${inFunction(pattern, "const ", " = given;")} = given;`];
}

function bind(name: string, local: string): string {
  return name === local ? name : `${propertyKey(name)}: ${local}`;
}

function literal(members: readonly Member[]): ReturnType<typeof object> {
  return object(
    members.map(({ property, local, check }): Entry => {
      const value = atom(check.result, "word");
      return property.name === local && check.result === local ? { value } : { key: propertyKey(property.name), value };
    }),
  );
}

function declareDecoded(members: readonly Member[]): string {
  const head = "const decoded: Record<string, unknown> = ";
  return `${head}${inFunction(literal(members), head, ";")};`;
}

function returnLiteral(members: readonly Member[]): string {
  return `return ${inFunction(literal(members), "return ", ";")};`;
}

/** Later lines get their indentation with the first. */
function inFunction(code: ReturnType<typeof object>, before: string, after: string): string {
  const text = layOut(code, { indent: 2, column: 2 + before.length, rest: after.length });
  return text.replaceAll("\n  ", "\n");
}

function setLines({ property, check }: Member): readonly string[] {
  const set = `decoded[${jsonToCode(property.name).flat}] = ${check.result};`;
  if (!property.optional) return [...check.lines, set];
  const lines = [...check.lines, set, "keys += 1;"];
  return [`if (${check.value} !== undefined) {`, ...lines.map((line) => line.replace(/^/gm, "  ")), "}"];
}
