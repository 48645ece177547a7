/** A type → the function that accepts its values: statement by statement, out at the first doubt. */
import type {
  ArrayConstraints,
  ArrayNode,
  MapNode,
  Property,
  RecordNode,
  SetNode,
  TupleNode,
  TypeNode,
  UnionNode,
} from "../model/types.js";
import { isPlain } from "./check-choice.js";
import { objectLines, type PropertyCheck } from "./check-object.js";
import { plainConditions, type CheckFile, type Condition } from "./check-scalars.js";
import { jsonToCode } from "./json-code.js";
import { printWidth } from "./layout.js";
import { toCamelCase } from "./names.js";
import { textWidth } from "./width.js";
import { chooseUnion } from "./zod-unions.js";

export interface CheckScope {
  readonly file: CheckFile;
  /** What names of functions and constants are made of. */
  readonly hint: string;
  /** A function of its own for a type; its name. */
  declare(hint: string, type: TypeNode): string;
  /** The name of the function for a recursive type. */
  reference(name: string): string;
}

export function renderBody(head: string, type: TypeNode, scope: CheckScope): string {
  const lines = bodyLines(type, scope);
  return `${head}(given: unknown): unknown {\n${lines.map((line) => `  ${line}\n`).join("")}}`;
}

function bodyLines(type: TypeNode, scope: CheckScope): readonly string[] {
  switch (type.kind) {
    case "object":
      return objectLines(type, { file: scope.file, check: (property, local) => checkProperty(property, local, scope) });
    case "array":
      return listLines(type, scope);
    case "set":
      return setLines(type, scope);
    case "map":
    case "record":
      return entriesLines(type, scope);
    case "tuple":
      return tupleLines(type, scope);
    case "union":
      return unionLines(type, scope);
    default:
      return [`return ${decoded(type, "given", scope)};`];
  }
}

function checkProperty({ name, type }: Property, local: string, scope: CheckScope): PropertyCheck {
  const inner = { ...scope, hint: toCamelCase(name) };
  const refused = refusals(type, local, inner);
  if (refused) return { value: local, isPlain: true, lines: refused, result: local };
  const value = `given[${jsonToCode(name).flat}]`;
  const { lines } = element(type, { value, name: local, scope: inner });
  return { value, isPlain: false, lines, result: local };
}

/** Statements that refuse a plain value; undefined when it has to be taken apart. */
function refusals(type: TypeNode, value: string, scope: CheckScope): readonly string[] | undefined {
  const conditions = plainOf(type, value, scope);
  return conditions && refuse(conditions.map(({ fails }) => fails));
}

/** All in one line, or each on its own: prettier would break a long one otherwise. It is indented twice at most. */
function refuse(fails: readonly string[]): readonly string[] {
  const joined = `if (${fails.join(" || ")}) return undefined;`;
  if (textWidth(joined) + 4 <= printWidth) return [joined];
  return fails.map((one) => `if (${one}) return undefined;`);
}

function plainOf(type: TypeNode, value: string, { file, hint }: CheckScope): readonly Condition[] | undefined {
  if (type.kind !== "union") return plainConditions(type, value, { file, hint });
  const members = type.members.map((member) => plainConditions(member, value, { file, hint }));
  if (!type.members.every(isPlain)) return undefined;
  const holds = members.map((member) => (member ?? []).map((condition) => condition.holds).join(" && "));
  const either = holds.map((text) => (text.includes("&&") ? `(${text})` : text)).join(" || ");
  return [{ holds: `(${either})`, fails: `!(${either})` }];
}

/** The expression that gives the decoded value, or undefined. */
function decoded(type: TypeNode, value: string, scope: CheckScope): string {
  switch (type.kind) {
    case "reference":
      return `${scope.reference(type.name)}(${value})`;
    case "codec":
      return `${scope.file.runtime(type.codec === "date" ? "decodeDate" : type.codec === "bigint" ? "decodeBigint" : "decodeUrl")}(${value})`;
    case "union": {
      const [only, ...others] = type.members.filter((member) => member.kind !== "null");
      if (only && others.length === 0) return `${value} === null ? null : ${decoded(only, value, scope)}`;
      return `${scope.declare(scope.hint, type)}(${value})`;
    }
    default:
      return `${scope.declare(scope.hint, type)}(${value})`;
  }
}

/** The lines that check `value` and the expression of what it becomes, under a name of its own where that differs. */
function element(
  type: TypeNode,
  { value, name, scope }: { readonly value: string; readonly name: string; readonly scope: CheckScope },
): { readonly lines: readonly string[]; readonly result: string } {
  const refused = refusals(type, value, scope);
  if (refused) return { lines: refused, result: value };
  return {
    lines: [`const ${name} = ${decoded(type, value, scope)};`, `if (${name} === undefined) return undefined;`],
    result: name,
  };
}

function item(type: TypeNode, scope: CheckScope, value = "item"): ReturnType<typeof element> {
  return element(type, { value, name: "decoded", scope: { ...scope, hint: `${scope.hint}Item` } });
}

function indent(lines: readonly string[]): readonly string[] {
  return lines.map((line) => line.replace(/^/gm, "  "));
}

function size(constraints: ArrayConstraints = {}): readonly string[] {
  const { minItems, maxItems } = constraints;
  return [
    "!Array.isArray(given)",
    ...(minItems === undefined ? [] : [`given.length < ${jsonToCode(minItems).flat}`]),
    ...(maxItems === undefined ? [] : [`given.length > ${jsonToCode(maxItems).flat}`]),
  ];
}

function listLines(type: ArrayNode, scope: CheckScope): readonly string[] {
  const { lines, result } = item(type.element, scope);
  return [
    ...refuse(size(type.constraints)),
    "const items: unknown[] = [];",
    "for (const item of given as readonly unknown[]) {",
    ...indent([...lines, `items.push(${result});`]),
    "}",
    type.constraints?.uniqueItems
      ? "return new Set(items).size === items.length ? items : undefined;"
      : "return items;",
  ];
}

function setLines(type: SetNode, scope: CheckScope): readonly string[] {
  const { lines, result } = item(type.element, scope);
  return [
    ...refuse(size(type.constraints)),
    "const items = new Set<unknown>();",
    "for (const item of given as readonly unknown[]) {",
    ...indent([...lines, `items.add(${result});`]),
    "}",
    "return items.size === given.length ? items : undefined;",
  ];
}

function entriesLines(type: MapNode | RecordNode, scope: CheckScope): readonly string[] {
  const { lines, result } = item(type.value, scope);
  const isMap = type.kind === "map";
  return [
    `if (!${scope.file.runtime("isFields")}(given) || Object.hasOwn(given, "__proto__")) return undefined;`,
    isMap ? "const entries = new Map<string, unknown>();" : "const entries: Record<string, unknown> = {};",
    "for (const [name, item] of Object.entries(given)) {",
    ...indent([...lines, isMap ? `entries.set(name, ${result});` : `entries[name] = ${result};`]),
    "}",
    "return entries;",
  ];
}

function tupleLines(type: TupleNode, scope: CheckScope): readonly string[] {
  const count = type.elements.length;
  if (count === 0) return [...refuse(size({ maxItems: 0 })), "return [];"];
  const places = type.elements.map((_, index) => `item${index + 1}`);
  const parts = type.elements.map((one, index) =>
    element(one.type, {
      value: places[index] ?? "",
      name: `decoded${index + 1}`,
      scope: { ...scope, hint: `${scope.hint}Item${index + 1}` },
    }),
  );
  return [
    ...refuse(["!Array.isArray(given)", `given.length !== ${count}`]),
    `const [${places.join(", ")}] = given as readonly unknown[];`,
    ...parts.flatMap(({ lines }) => lines),
    `return [${parts.map(({ result }) => result).join(", ")}];`,
  ];
}

function unionLines(type: UnionNode, scope: CheckScope): readonly string[] {
  const isNullable = type.members.some((member) => member.kind === "null");
  const members = type.members.filter((member) => member.kind !== "null");
  const nullable = isNullable ? ["if (given === null) return null;"] : [];
  const choice = chooseUnion(members, type, "input");
  if (choice.kind === "discriminated" && members.length > 1) {
    return [...nullable, ...discriminatedLines(choice.discriminant, choice.members, scope)];
  }
  const plain = members.flatMap((member) => {
    const conditions = plainOf(member, "given", scope);
    return conditions ? [`if (${conditions.map(({ holds }) => holds).join(" && ")}) return given;`] : [];
  });
  const others = members.filter((member) => !isPlain(member));
  const calls = others.map((member) =>
    decoded(member, "given", { ...scope, hint: `${scope.hint}${suffixes[member.kind] ?? "Other"}` }),
  );
  return [...nullable, ...plain, `return ${calls.length === 0 ? "undefined" : calls.join(" ?? ")};`];
}

const suffixes: Readonly<Record<string, string>> = {
  array: "List",
  set: "Set",
  map: "Map",
  record: "Record",
  object: "Object",
  tuple: "Tuple",
};

function discriminatedLines(
  discriminant: string,
  members: Extract<ReturnType<typeof chooseUnion>, { kind: "discriminated" }>["members"],
  scope: CheckScope,
): readonly string[] {
  const cases = members.flatMap((member) => {
    const tag = member.properties.find(({ name }) => name === discriminant)?.type;
    const values = tag?.kind === "literal" ? [tag.value] : tag?.kind === "enum" ? tag.values : [];
    const name = scope.declare(toCamelCase(`${scope.hint}-${String(values[0])}`), member);
    return [...values.map((value) => `case ${jsonToCode(value).flat}:`), `  return ${name}(given);`];
  });
  return [
    `if (!${scope.file.runtime("isFields")}(given)) return undefined;`,
    `switch (given[${jsonToCode(discriminant).flat}]) {`,
    ...indent([...cases, "default:", "  return undefined;"]),
    "}",
  ];
}
