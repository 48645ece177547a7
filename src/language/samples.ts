/** A type → a value of it as JSON has it, made up: for calls and settings that a person is to fill in. */
import type { JsonObject, JsonValue } from "../model/json.js";
import { isStringKeyed } from "../model/types.js";
import type {
  ArrayNode,
  ObjectNode,
  Property,
  RecordNode,
  SetNode,
  TemplatePart,
  TupleNode,
  TypeNode,
} from "../model/types.js";
import { codecRow } from "./codecs.js";
import { sampleNumber, sampleString } from "./constraints.js";

/** What stands behind the name of a reference. */
export type TypeNamed = (name: string) => TypeNode | undefined;

/**
 * What may be left out is. Fits the type, but for patterns and schemas of the user's that no value can be made up for.
 * Undefined where a value would have to contain itself.
 */
export function sampleValue(type: TypeNode, named: TypeNamed, within: readonly string[] = []): JsonValue | undefined {
  const inner = (each: TypeNode): JsonValue | undefined => sampleValue(each, named, within);
  switch (type.kind) {
    case "array":
    case "set":
      return sampleItems(type, inner);
    case "tuple":
      return all([...requiredOf(type), ...(type.end ?? [])].map(inner));
    case "map":
      return isStringKeyed(type) ? {} : [];
    case "record":
      return sampleRecord(type, inner);
    case "object":
      return sampleObject(type, inner);
    case "union":
      return type.members.map(inner).find((value) => value !== undefined);
    case "reference": {
      const target = within.includes(type.name) ? undefined : named(type.name);
      return target && sampleValue(target, named, [...within, type.name]);
    }
    default:
      return sampleScalar(type);
  }
}

function requiredOf({ elements }: TupleNode): readonly TypeNode[] {
  return elements.filter(({ optional }) => !optional).map(({ type }) => type);
}

type Inner = (type: TypeNode) => JsonValue | undefined;

function sampleItems(type: ArrayNode | SetNode, inner: Inner): JsonValue | undefined {
  const { minItems = 0, maxItems = Infinity } = type.constraints ?? {};
  const first = inner(type.element);
  if (first === undefined) return minItems === 0 ? [] : undefined;
  const count = Math.min(Math.max(minItems, 1), maxItems);
  const isDistinct = type.kind === "set" || type.constraints?.uniqueItems === true;
  return Array.from({ length: count }, (_, index) => (isDistinct ? another(type.element, first, index) : first));
}

/** Not the same for two indices, where that is easily made. */
function another(type: TypeNode, first: JsonValue, index: number): JsonValue {
  if (index === 0) return first;
  if (type.kind === "enum") return type.values[index] ?? first;
  if (type.kind === "number" && typeof first === "number") return first + index * (type.constraints?.multipleOf ?? 1);
  return typeof first === "string" ? `${first}${String(index)}` : first;
}

function sampleRecord({ key, value }: RecordNode, inner: Inner): JsonValue | undefined {
  if (key?.kind !== "enum") return {};
  const sample = inner(value);
  return sample === undefined ? undefined : Object.fromEntries(key.values.map((name) => [String(name), sample]));
}

function sampleObject({ properties }: ObjectNode, inner: Inner): JsonObject | undefined {
  const required = properties.filter(({ optional }) => !optional);
  const values = all(required.map((property) => sampleProperty(property, inner)));
  return values && Object.fromEntries(required.map(({ name }, index) => [name, values[index] ?? null]));
}

function sampleProperty({ type, examples = [] }: Property, inner: Inner): JsonValue | undefined {
  return examples[0] ?? inner(type);
}

function all(values: readonly (JsonValue | undefined)[]): readonly JsonValue[] | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === values.length ? known : undefined;
}

/** Of a type that is made of no others. */
export function sampleScalar(type: TypeNode): JsonValue {
  switch (type.kind) {
    case "number":
      return sampleNumber(type.constraints);
    case "boolean":
      return true;
    case "null":
      return null;
    case "literal":
      return type.value;
    case "enum":
      return type.values[0] ?? "";
    case "template":
      return type.parts.map(samplePart).join("");
    case "codec":
      return type.values?.[0] ?? codecRow(type.codec).sample;
    case "wide":
      return type.accepts === "object" ? {} : sampleString();
    default:
      return sampleString(type.kind === "string" ? type.constraints : undefined);
  }
}

function samplePart(part: TemplatePart): string {
  switch (part.kind) {
    case "text":
      return part.text;
    case "choice":
      return part.texts[0] ?? "";
    case "string":
      return "text";
    case "number":
    case "bigint":
      return "1";
  }
}
