// Says in words what a schema accepts: "an integer from 1 to 14", "one of \"c\", \"f\"".
import { allowedValues, propertiesOf, type JsonSchema } from "./json-schema.js";
import { list, show } from "./show.js";

const maxAlternatives = 6;

/** The wire form of a bigint; see codecs/scalars.ts. */
const digits = "^-?\\d{1,4096}$";

const formats: Readonly<Record<string, string>> = {
  "date-time": 'a date and time such as "2026-01-31T09:30:00Z"',
  date: 'a date such as "2026-01-31"',
  email: "an e-mail address",
  uri: 'a URL such as "https://example.com/page"',
  uuid: "a UUID",
};

/** Several schemas are alternatives; none means that nothing is known. */
export function describeExpected(schemas: readonly JsonSchema[]): string | undefined {
  const values = schemas.map(allowedValues);
  if (values.length > 0 && values.every((allowed) => allowed !== undefined)) return describeValues(values.flat());
  const texts = [...new Set(schemas.map(describeOne))].filter((text) => text !== undefined);
  if (texts.length === 0) return undefined;
  return texts.length > maxAlternatives ? `${texts.slice(0, maxAlternatives).join(", ")} or another form` : join(texts);
}

function join(texts: readonly string[]): string {
  return texts.length < 2 ? texts.join("") : `${texts.slice(0, -1).join(", ")} or ${texts.slice(-1).join("")}`;
}

function describeValues(values: readonly unknown[]): string {
  return values.length === 1 ? show(values[0]) : `one of ${list(values.map(show))}`;
}

function describeOne(schema: JsonSchema): string | undefined {
  const values = allowedValues(schema);
  if (values !== undefined) return describeValues(values);
  const type = schema["type"];
  if (Array.isArray(type)) return describeExpected(type.map((name: unknown) => ({ ...schema, type: name })));
  switch (type) {
    case "string":
      return describeString(schema);
    case "integer":
      return `an integer${describeRange(schema)}`;
    case "number":
      return `a number${describeRange(schema)}`;
    case "boolean":
      return "true or false";
    case "null":
      return "null";
    case "array":
      return `an array${describeSize(schema["minItems"], schema["maxItems"], "item")}${schema["uniqueItems"] === true ? " without repeats" : ""}`;
    case "object":
      return describeObject(schema);
    default:
      return undefined;
  }
}

function describeString(schema: JsonSchema): string {
  const known = formats[String(schema["format"])];
  if (known !== undefined) return known;
  if (schema["contentEncoding"] === "base64") return "base64 text";
  if (schema["pattern"] === digits) return 'digits such as "42"';
  const pattern = typeof schema["pattern"] === "string" ? ` matching ${schema["pattern"]}` : "";
  return `a string${describeSize(schema["minLength"], schema["maxLength"], "character")}${pattern}`;
}

function describeObject(schema: JsonSchema): string {
  const names = Object.keys(propertiesOf(schema)).map((name) => `\`${name}\``);
  return names.length === 0 ? "an object" : `an object with ${list(names)}`;
}

function describeSize(least: unknown, most: unknown, unit: string): string {
  const count = (number: number): string => `${number} ${unit}${number === 1 ? "" : "s"}`;
  if (isNumber(least) && least === most) return ` of ${count(least)}`;
  if (isNumber(least) && isNumber(most)) return ` of ${least} to ${count(most)}`;
  if (isNumber(least)) return ` of at least ${count(least)}`;
  return isNumber(most) ? ` of at most ${count(most)}` : "";
}

function describeRange({ minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf }: JsonSchema): string {
  const steps = isNumber(multipleOf) ? `, a multiple of ${multipleOf}` : "";
  if (isNumber(minimum) && isNumber(maximum)) return ` from ${minimum} to ${maximum}${steps}`;
  const bounds = [
    ...(isNumber(minimum) ? [`at least ${minimum}`] : []),
    ...(isNumber(exclusiveMinimum) ? [`above ${exclusiveMinimum}`] : []),
    ...(isNumber(maximum) ? [`at most ${maximum}`] : []),
    ...(isNumber(exclusiveMaximum) ? [`below ${exclusiveMaximum}`] : []),
  ];
  return (bounds.length === 0 ? "" : ` ${bounds.join(" and ")}`) + steps;
}

function isNumber(value: unknown): value is number {
  return typeof value === "number";
}
