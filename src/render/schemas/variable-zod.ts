/** A member of a configuration → the zod schema that takes the text of its variable. */
import type { ConfigVariable } from "../../model/config.js";
import type { JsonValue } from "../../model/json.js";
import type { TypeNode } from "../../model/types.js";
import { array, atom, call, method, type Code } from "../code/code.js";
import { jsonToCode, stringToCode } from "../code/json-code.js";
import { withItems, withSize } from "./zod-scalars.js";
import { typeToZod } from "./zod-schema.js";
import type { CodecName, ZodScope } from "./zod-scope.js";

export interface VariableScope {
  readonly z: string;
  codec(name: CodecName): string;
  /** The local name of something that the runtime's config/texts.ts exports. */
  text(name: keyof typeof import("../../../templates/runtime/config/texts.js")): string;
}

export function variableToZod({ type, default: initial, optional }: ConfigVariable, scope: VariableScope): Code {
  const members = type.kind === "union" ? type.members : [type];
  const values = members.filter(({ kind }) => kind !== "null" && kind !== "void");
  const isNullable = members.some(({ kind }) => kind === "null");
  const code = valuesToZod(values, scope);
  const nullable = isNullable ? method(code, "nullable") : code;
  if (initial !== undefined) return withDefault(nullable, values, initial);
  if (isNullable) return method(nullable, "default", [atom("null", "word")]);
  return optional === "undefined" ? method(code, "optional") : code;
}

/** What anything can be read as stands last. */
function valuesToZod(types: readonly TypeNode[], scope: VariableScope): Code {
  const ordered = types.flatMap(splitEnum).toSorted((a, b) => rank(a) - rank(b));
  const codes = ordered.map((type) => textToZod(type, scope));
  const [only] = codes;
  return only && codes.length === 1 ? only : method(atom(scope.z), "union", [array(codes)]);
}

function rank(type: TypeNode): number {
  if (isNumeric(type)) return 0;
  if (type.kind === "boolean" || type.kind === "literal" || type.kind === "enum") return 1;
  return type.kind === "string" ? 3 : 2;
}

/** Numbers and texts are read in two ways. */
function splitEnum(type: TypeNode): readonly TypeNode[] {
  if (type.kind !== "enum") return [type];
  const numbers = type.values.filter((value) => typeof value === "number");
  const texts = type.values.filter((value) => typeof value === "string");
  if (numbers.length === 0 || texts.length === 0) return [type];
  return [numbers, texts].map((values): TypeNode => {
    const [only, ...others] = values;
    return only !== undefined && others.length === 0 ? { kind: "literal", value: only } : { ...type, values };
  });
}

function isNumeric(type: TypeNode): boolean {
  if (type.kind === "literal") return typeof type.value === "number";
  return type.kind === "number" || (type.kind === "enum" && type.values.every((value) => typeof value === "number"));
}

function textToZod(type: TypeNode, scope: VariableScope): Code {
  if (type.kind === "array" || type.kind === "set") {
    const element = type.element.kind === "union" ? type.element.members : [type.element];
    const list = method(atom(scope.z), "array", [valuesToZod(element, scope)]);
    const items =
      type.kind === "set" ? withSize(list, type.constraints) : withItems(list, type.constraints, zodScope(scope));
    return call(scope.text(type.kind === "set" ? "asSet" : "asList"), [items]);
  }
  const schema = typeToZod(type, zodScope(scope));
  if (isNumeric(type)) return call(scope.text("asNumber"), [schema]);
  const isBoolean = type.kind === "boolean" || (type.kind === "literal" && typeof type.value === "boolean");
  return isBoolean ? call(scope.text("asBoolean"), [schema]) : schema;
}

/** The types of variables refer to nothing, and a zod schema of the user's has a say in arguments alone. */
function zodScope(scope: VariableScope): ZodScope {
  const named = (name: string): Code => atom(name, "word");
  return {
    direction: "output",
    z: scope.z,
    codec: (name) => scope.codec(name),
    reference: named,
    own: (schema) => named(schema.export),
  };
}

/** As the value that it is, or where that has no literal, as the text that would stand in the variable. */
function withDefault(code: Code, types: readonly TypeNode[], initial: JsonValue): Code {
  if (types.every(hasLiterals)) return method(code, "default", [jsonToCode(initial)]);
  return method(code, "prefault", [stringToCode(variableText(initial))]);
}

function hasLiterals(type: TypeNode): boolean {
  if (type.kind === "array") return hasLiterals(type.element);
  if (type.kind === "union") return type.members.every(hasLiterals);
  return type.kind !== "codec" && type.kind !== "set";
}

/** A value as it is written in a variable. */
export function variableText(value: JsonValue): string {
  if (!Array.isArray(value)) return typeof value === "string" ? value : JSON.stringify(value);
  const items = value.map((item: JsonValue) => variableText(item));
  const isPlain = items.every((item) => item !== "" && item === item.trim() && !item.includes(","));
  return isPlain && !items[0]?.startsWith("[") ? items.join(",") : JSON.stringify(items);
}
