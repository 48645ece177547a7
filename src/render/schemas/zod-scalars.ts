/** Strings, numbers, literals and their constraints as zod. */
import type {
  ArrayConstraints,
  EnumNode,
  LiteralNode,
  NumberNode,
  StringNode,
  TemplateNode,
} from "../../model/types.js";
import { array, atom, call, method, object, type Call, type Code } from "../code/code.js";
import { numberToCode, stringToCode } from "../code/json-code.js";
import type { ZodScope } from "./zod-scope.js";

/** JSON Schema's formats in zod's words; an unknown format is an annotation and checks nothing. */
const formats: Readonly<Record<string, string>> = {
  "date-time": "iso.datetime",
  date: "iso.date",
  time: "iso.time",
  duration: "iso.duration",
  email: "email",
  uri: "url",
  // Any version and variant, as JSON Schema has it.
  uuid: "guid",
  ipv4: "ipv4",
  ipv6: "ipv6",
};

export function stringToZod(type: StringNode, scope: ZodScope): Code {
  const { minLength, maxLength, pattern, format } = type.constraints ?? {};
  const name = (format !== undefined && Object.hasOwn(formats, format) && formats[format]) || "string";
  const offset = name === "iso.datetime" ? [offsetAllowed] : [];
  const checks: Call[] = [
    // Both zod and JSON Schema count code points.
    ...(minLength === undefined ? [] : [bound("min", minLength)]),
    ...(maxLength === undefined ? [] : [bound("max", maxLength)]),
    ...(pattern === undefined ? [] : [{ name: "regex", arguments: [regexLiteral(pattern)] }]),
  ];
  // `z.iso.date()`: what comes before the last name is one word.
  const [last = name, ...namespace] = name.split(".").reverse();
  return withCalls(method(atom([scope.z, ...namespace].join(".")), last, offset), checks);
}

/** Times with an offset other than `Z` are times too. */
const offsetAllowed = object([{ key: "offset", value: atom("true", "word") }]);

function bound(name: string, value: number): Call {
  return { name, arguments: [numberToCode(value)] };
}

/** `source` escapes slashes and line ends: what remains is one token. */
export function regexLiteral(pattern: string): Code {
  return atom(`/${new RegExp(pattern, "u").source}/u`, "regex");
}

export function numberToZod(type: NumberNode, scope: ZodScope): Code {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf, integer } = type.constraints ?? {};
  const bounds = [
    ["min", minimum],
    ["gt", exclusiveMinimum],
    ["max", maximum],
    ["lt", exclusiveMaximum],
    ["multipleOf", multipleOf],
  ] as const;
  const checks = bounds.flatMap(([name, value]) => (value === undefined ? [] : [bound(name, value)]));
  return withCalls(method(atom(scope.z), integer ? "int" : "number"), checks);
}

export function literalToZod(type: LiteralNode, { z }: ZodScope): Code {
  return method(atom(z), "literal", [valueToCode(type.value)]);
}

export function enumToZod(type: EnumNode, { z }: ZodScope): Code {
  const texts = type.values.every((value) => typeof value === "string");
  return method(atom(z), texts ? "enum" : "literal", [array(type.values.map(valueToCode))]);
}

export function templateToZod(type: TemplateNode, { z }: ZodScope): Code {
  const parts = type.parts.map((part): Code => {
    if (part.kind === "text") return stringToCode(part.text);
    if (part.kind === "choice") return method(atom(z), "enum", [array(part.texts.map(stringToCode))]);
    return method(atom(z), part.kind);
  });
  return method(atom(z), "templateLiteral", [array(parts)]);
}

/** Bounds on the number of items; those without repeats go through the runtime's `distinct`. */
export function withItems(items: Code, constraints: ArrayConstraints | undefined, scope: ZodScope): Code {
  const { minItems, maxItems, uniqueItems } = constraints ?? {};
  const bounded = withCalls(items, [
    ...(minItems === undefined ? [] : [bound("min", minItems)]),
    ...(maxItems === undefined ? [] : [bound("max", maxItems)]),
  ]);
  return uniqueItems ? call(scope.codec("distinct"), [bounded]) : bounded;
}

function withCalls(receiver: Code, calls: readonly Call[]): Code {
  return calls.reduce<Code>((code, one) => method(code, one.name, one.arguments), receiver);
}

function valueToCode(value: string | number | boolean): Code {
  if (typeof value === "string") return stringToCode(value);
  return typeof value === "number" ? numberToCode(value) : atom(String(value), "word");
}
