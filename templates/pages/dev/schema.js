// A JSON schema of an argument → the field that takes it.
import { isJson } from "./dom.js";

/** @typedef {import("./dom.js").Json} Json */
/**
 * `json`: what no single field can take.
 * @typedef {{ readonly kind: "text" | "number" | "integer" | "boolean" | "json" }
 *   | { readonly kind: "choice", readonly choices: readonly unknown[] }} Shape
 */
/**
 * @typedef {object} Argument
 * @property {string} name
 * @property {Shape} shape
 * @property {Json} schema
 * @property {boolean} isRequired
 * @property {boolean} mayBeNull
 * @property {unknown} initial Its default, else its first example; JSON that has to be there begins with its outline.
 */

/**
 * Undefined where the arguments are not the properties of one object.
 * @param {Json} root
 * @returns {readonly Argument[] | undefined}
 */
export function argumentsOf(root) {
  if (root["type"] !== "object" || "anyOf" in root || "oneOf" in root || "allOf" in root) return undefined;
  const properties = isJson(root["properties"]) ? root["properties"] : {};
  if (isJson(root["additionalProperties"]) || "patternProperties" in root) return undefined;
  const required = Array.isArray(root["required"]) ? root["required"] : [];
  return Object.entries(properties).map(([name, given]) => {
    const { schema, mayBeNull } = withoutNull(resolve(given, root), root);
    const isRequired = required.includes(name);
    const shape = shapeOf(schema);
    const outline = shape.kind === "json" && isRequired ? outlineOf(schema, { root, depth: 0 }) : undefined;
    return { name, shape, schema, isRequired, mayBeNull, initial: initialOf(schema) ?? outline };
  });
}

/**
 * What a schema points at, with what is said beside the pointer.
 * @param {unknown} given
 * @param {Json} root
 * @returns {Json}
 */
function resolve(given, root) {
  if (!isJson(given)) return {};
  const { $ref: pointer, ...beside } = given;
  if (typeof pointer !== "string" || !pointer.startsWith("#")) return given;
  /** @type {unknown} */
  let found = root;
  for (const part of pointer.split("/").slice(1))
    found = isJson(found) ? found[decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~")] : undefined;
  return { ...(isJson(found) && found !== given ? found : {}), ...beside };
}

/**
 * @param {Json} schema
 * @param {Json} root
 * @returns {{ readonly schema: Json, readonly mayBeNull: boolean }}
 */
function withoutNull(schema, root) {
  const { anyOf, type, ...beside } = schema;
  const options = Array.isArray(anyOf) ? anyOf.map((each) => resolve(each, root)) : [];
  const others = options.filter((each) => each["type"] !== "null");
  if (others.length === 1 && others.length < options.length)
    return { schema: { ...others[0], ...beside }, mayBeNull: true };
  const types = Array.isArray(type) ? type.filter((each) => each !== "null") : [];
  if (Array.isArray(type) && types.length === 1 && type.length === 2)
    return { schema: { ...schema, type: types[0] }, mayBeNull: true };
  return { schema, mayBeNull: false };
}

/**
 * @param {Json} schema
 * @returns {Shape}
 */
function shapeOf(schema) {
  const { type, enum: values, anyOf } = schema;
  if ("const" in schema) return { kind: "choice", choices: [schema["const"]] };
  if (Array.isArray(values)) return { kind: "choice", choices: values };
  if (Array.isArray(anyOf) && anyOf.length > 0 && anyOf.every((each) => isJson(each) && "const" in each))
    return { kind: "choice", choices: anyOf.map((each) => each["const"]) };
  if (type === "string") return { kind: "text" };
  if (type === "number" || type === "integer" || type === "boolean") return { kind: type };
  return { kind: "json" };
}

/** @param {Json} schema */
function initialOf(schema) {
  const { examples } = schema;
  return schema["default"] ?? (Array.isArray(examples) ? examples[0] : undefined);
}

/**
 * A value with all that has to be there, to be filled in.
 * @param {Json} given
 * @param {{ readonly root: Json, readonly depth: number }} at
 * @returns {unknown}
 */
function outlineOf(given, { root, depth }) {
  const { schema, mayBeNull } = withoutNull(resolve(given, root), root);
  const { type, enum: values, anyOf, properties, required, prefixItems } = schema;
  const initial = initialOf(schema);
  const below = (/** @type {unknown} */ each) => outlineOf(isJson(each) ? each : {}, { root, depth: depth + 1 });
  if (initial !== undefined) return initial;
  if (mayBeNull || depth > 6) return null;
  if ("const" in schema) return schema["const"];
  if (Array.isArray(values)) return values[0];
  if (Array.isArray(anyOf)) return below(anyOf[0]);
  if (type === "array") return Array.isArray(prefixItems) ? prefixItems.map(below) : [];
  if (type === "string") return "";
  if (type === "number" || type === "integer") return schema["minimum"] ?? 0;
  if (type === "boolean") return false;
  if (!isJson(properties)) return type === "object" ? {} : null;
  const names = Object.keys(properties).filter((name) => Array.isArray(required) && required.includes(name));
  return Object.fromEntries(names.map((name) => [name, below(properties[name])]));
}

/**
 * What a field is for, in a few words: `integer, at least 1, at most 50`.
 * @param {Argument} argument
 */
export function describe({ schema, shape, mayBeNull }) {
  const { minimum, maximum, minLength, maxLength, pattern, format, multipleOf } = schema;
  const type = shape.kind === "text" ? "string" : shape.kind === "choice" ? "" : shape.kind === "json" ? jsonType(schema) : shape.kind; // prettier-ignore
  return [
    typeof format === "string" ? format : type,
    minimum === undefined ? "" : `at least ${minimum}`,
    maximum === undefined ? "" : `at most ${maximum}`,
    multipleOf === undefined ? "" : `a multiple of ${multipleOf}`,
    minLength === undefined ? "" : `at least ${minLength} characters`,
    maxLength === undefined ? "" : `at most ${maxLength} characters`,
    pattern === undefined ? "" : `like ${pattern}`,
    mayBeNull ? "or null" : "",
  ]
    .filter((each) => each !== "")
    .join(", ");
}

/** @param {Json} schema */
function jsonType({ type }) {
  return typeof type === "string" ? `${type}, as JSON` : "JSON";
}
