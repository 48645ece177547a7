/** JSON values → code: literals of a TypeScript file, or the text of a JSON file. */
import type { JsonValue } from "../../model/json.js";
import { array, atom, object, type Atom, type Code } from "./code.js";
import { layOut } from "./layout.js";
import { jsonString, propertyKey, stringLiteral } from "./text.js";

interface Spelling {
  readonly key: (name: string) => string;
  readonly text: (text: string) => string;
}

const typescript: Spelling = { key: propertyKey, text: stringLiteral };
const json: Spelling = { key: jsonString, text: jsonString };

export function jsonToCode(value: JsonValue): Code {
  return spell(value, typescript);
}

export function jsonFile(value: JsonValue): string {
  return `${layOut(spell(value, json), { indent: 0, column: 0, rest: 0 }, "json")}\n`;
}

function spell(value: JsonValue, spelling: Spelling): Code {
  if (typeof value === "string") return atom(spelling.text(value), "string");
  if (typeof value === "number") return numberToCode(value);
  if (typeof value === "boolean" || value === null) return atom(String(value), "word");
  if (Array.isArray(value)) return array(value.map((item: JsonValue) => spell(item, spelling)));
  return object(
    Object.entries(value).map(([name, member]) => ({ key: spelling.key(name), value: spell(member, spelling) })),
  );
}

/** `1e+21` is written `1e21`. */
export function numberToCode(value: number): Atom {
  return atom(JSON.stringify(value).replace("e+", "e"), "number");
}

export function stringToCode(text: string): Atom {
  return atom(stringLiteral(text), "string");
}
