/** The words after a tool's name + its schema → the argument object, each value read as its type asks for. */
import { isJsonObject, type JsonObject, type JsonValue } from "../model/json.js";

export type CallArguments =
  | { readonly kind: "arguments"; readonly value: Readonly<Record<string, unknown>> }
  | { readonly kind: "refused"; readonly reason: string };

/** Checks nothing that the server checks: an unknown name or a wrong value is the server's to refuse, as it would for a model. */
export function readArguments(words: readonly string[], schema: JsonObject): CallArguments {
  const value: Record<string, unknown> = {};
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? "";
    if (!word.startsWith("--")) {
      const object = parseJson(word);
      if (!isJsonObject(object))
        return { kind: "refused", reason: `\`${word}\` is neither --name value nor a JSON object` };
      Object.assign(value, object);
      continue;
    }
    const { name, given } = splitOption(word, schema);
    const property = propertyOf(schema, name);
    const takesNext = given === undefined && !isFlag(property, words[index + 1]);
    if (takesNext) index++;
    const text = given ?? (takesNext ? words[index] : "true");
    if (text === undefined) return { kind: "refused", reason: `\`${word}\` has no value` };
    value[name] = isList(property)
      ? [...listSoFar(value[name]), ...readItems(text, property)]
      : readValue(text, property);
  }
  return { kind: "arguments", value };
}

/** `--postal-code` is `postalCode`, unless the tool has an argument with the hyphen. */
function splitOption(word: string, schema: JsonObject) {
  const equals = word.indexOf("=");
  const written = equals < 0 ? word.slice(2) : word.slice(2, equals);
  const camel = written.replace(/-+(.)/g, (_, letter: string) => letter.toUpperCase());
  const name = propertyOf(schema, written) === undefined && propertyOf(schema, camel) !== undefined ? camel : written;
  return { name, given: equals < 0 ? undefined : word.slice(equals + 1) };
}

/** A boolean needs no value; it may have one. */
function isFlag(property: JsonObject | undefined, next: string | undefined): boolean {
  if (property?.["type"] !== "boolean") return next === undefined && property === undefined;
  return next !== "true" && next !== "false";
}

function isList(property: JsonObject | undefined): property is JsonObject {
  return property?.["type"] === "array";
}

function listSoFar(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** One item a word, or the whole list as JSON. */
function readItems(text: string, property: JsonObject): readonly unknown[] {
  const whole = text.startsWith("[") ? parseJson(text) : undefined;
  if (Array.isArray(whole)) return whole;
  const { items } = property;
  return [readValue(text, isJsonObject(items) ? items : undefined)];
}

/** A text stays a text wherever one is allowed; anything else is JSON, and what is no JSON goes as it is, to be refused by name. */
function readValue(text: string, property: JsonObject | undefined): unknown {
  if (acceptsText(property)) return text;
  const value = parseJson(text);
  return value === undefined ? text : value;
}

function acceptsText(property: JsonValue | undefined): boolean {
  if (!isJsonObject(property)) return false;
  const { type, anyOf, enum: choices } = property;
  if (type === "string" || (Array.isArray(type) && type.includes("string"))) return true;
  if (typeof property["const"] === "string") return true;
  if (Array.isArray(choices)) return choices.every((choice) => typeof choice === "string");
  return Array.isArray(anyOf) && anyOf.some(acceptsText);
}

function propertyOf(schema: JsonObject, name: string): JsonObject | undefined {
  const { properties } = schema;
  const property = isJsonObject(properties) && Object.hasOwn(properties, name) ? properties[name] : undefined;
  return isJsonObject(property) ? property : undefined;
}

function parseJson(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}
