/** JSON values → code: literals of a TypeScript file. */
import type { JsonValue } from "../../model/json.js";
import { array, atom, object, type Atom, type Code } from "./code.js";
import { jsonNumber, propertyKey, stringLiteral } from "./text.js";

export function jsonToCode(value: JsonValue): Code {
  if (typeof value === "string") return stringToCode(value);
  if (typeof value === "number") return numberToCode(value);
  if (typeof value === "boolean" || value === null) return atom(String(value), "word");
  if (Array.isArray(value)) return array(value.map(jsonToCode));
  return object(Object.entries(value).map(([name, member]) => ({ key: propertyKey(name), value: jsonToCode(member) })));
}

export function numberToCode(value: number): Atom {
  return atom(jsonNumber(value), "number");
}

export function stringToCode(text: string): Atom {
  return atom(stringLiteral(text), "string");
}
