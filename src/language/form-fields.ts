/** Which types a form can ask for: a string, a number, a boolean, one of several strings, or a list of such choices. */
import { unreachable } from "../model/result.js";
import type { ArrayNode, FormField, NumberNode, Property, StringNode, TypeNode } from "../model/types.js";
import { codecRow } from "./codecs.js";

type Schema = FormField["schema"];

/** What MCP writes for it, or why it has nothing to write; that completes "`Order.dates` …". */
export type FieldReading =
  { readonly kind: "field"; readonly schema: Schema } | { readonly kind: "refused"; readonly reason: string };

/** The description and the default are those of the property; what a form has no word for is refused. */
export function readField({ type, description, default: initial }: Omit<Property, "name" | "optional">): FieldReading {
  const read = readType(type);
  if (read.kind === "refused") return read;
  return {
    kind: "field",
    schema: {
      ...read.schema,
      ...(description !== undefined && { description }),
      ...(initial !== undefined && { default: initial }),
    },
  };
}

const field = (schema: Schema): FieldReading => ({ kind: "field", schema });
const refuse = (reason: string): FieldReading => ({ kind: "refused", reason });

function readType(type: TypeNode): FieldReading {
  if (type.schema) return refuse("is checked by a zod schema, which forms do not support");
  switch (type.kind) {
    case "string":
      return readText(type);
    case "number":
      return readNumber(type);
    case "boolean":
      return field({ type: "boolean" });
    case "literal":
    case "enum":
      return readChoice(type.kind === "enum" ? type.values : [type.value]);
    case "array":
      return readChoices(type);
    case "union":
      return refuse(type.members.some(({ kind }) => kind === "null") ? "may be null" : "is one of several types");
    case "codec":
      return refuse(`is a ${codecRow(type.codec).name}`);
    case "object":
    case "record":
    case "map":
    case "wide":
      return refuse("is an object, and forms are flat");
    case "set":
    case "tuple":
      return refuse(`is a ${type.kind}`);
    case "template":
      return refuse("is a template literal");
    case "reference":
      return refuse("contains itself");
    case "unknown":
      return refuse("can be anything");
    case "null":
    case "void":
    case "content":
      return refuse(`is ${type.kind}`);
    default:
      return unreachable(type);
  }
}

/** Those of MCP. */
const formats: ReadonlySet<string> = new Set(["email", "uri", "date", "date-time"]);

function readText({ constraints = {} }: StringNode): FieldReading {
  const { minLength, maxLength, format, ...others } = constraints;
  const [other] = Object.keys(others);
  if (other !== undefined) return refuse(`has a \`@${other}\`, which forms do not support`);
  if (format !== undefined && !formats.has(format))
    return refuse(`has the format \`${format}\`, which forms do not support`);
  return field({
    type: "string",
    ...(format !== undefined && { format }),
    ...(minLength !== undefined && { minLength }),
    ...(maxLength !== undefined && { maxLength }),
  });
}

function readNumber({ constraints = {} }: NumberNode): FieldReading {
  const { minimum, maximum, integer, ...others } = constraints;
  const [other] = Object.keys(others);
  if (other !== undefined) return refuse(`has a \`@${other}\`, which forms do not support`);
  return field({
    type: integer ? "integer" : "number",
    ...(minimum !== undefined && { minimum }),
    ...(maximum !== undefined && { maximum }),
  });
}

function readChoice(values: readonly (string | number | boolean)[]): FieldReading {
  const texts = values.filter((value) => typeof value === "string");
  return texts.length === values.length
    ? field({ type: "string", enum: texts })
    : refuse("has choices that are not strings");
}

function readChoices({ element, constraints = {} }: ArrayNode): FieldReading {
  const items = readType(element);
  if (items.kind === "refused" || !("enum" in items.schema))
    return refuse("is a list of something other than string choices");
  const { minItems, maxItems, ...others } = constraints;
  const [other] = Object.keys(others);
  if (other !== undefined) return refuse(`has \`@${other}\`, which forms do not support`);
  return field({
    type: "array",
    items: items.schema,
    ...(minItems !== undefined && { minItems }),
    ...(maxItems !== undefined && { maxItems }),
  });
}
