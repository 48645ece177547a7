/** Strings, numbers, literals and their constraints as zod. */
import type {
  ArrayConstraints,
  EnumNode,
  LiteralNode,
  NumberNode,
  StringNode,
  TemplateNode,
} from "../../model/types.js";
import { heldConstraints, type HeldConstraint } from "../../language/constraints.js";
import { array, atom, call, method, type Call, type Code, type Entry } from "../code/code.js";
import { jsonToCode, numberToCode, stringToCode } from "../code/json-code.js";
import type { ZodScope } from "./zod-scope.js";

type Constraints = StringNode["constraints"] | NumberNode["constraints"];

export function stringToZod(type: StringNode, scope: ZodScope): Code {
  return scalarToZod("string", type.constraints, scope);
}

export function numberToZod(type: NumberNode, scope: ZodScope): Code {
  return scalarToZod("number", type.constraints, scope);
}

function scalarToZod(kind: "string" | "number", constraints: Constraints | undefined, { z }: ZodScope): Code {
  const held = heldConstraints(kind, constraints);
  const bases = held.flatMap(({ row, value }) => (row.zod.form === "base" ? (row.zod.base(value) ?? []) : []));
  const [{ name, options } = { name: kind, options: undefined }] = bases;
  // `z.iso.date()`: what comes before the last name is one word.
  const [last = name, ...namespace] = name.split(".").reverse();
  const base = method(atom([z, ...namespace].join(".")), last, options ? [jsonToCode(options)] : []);
  return withCalls(base, held.flatMap(toCheck));
}

function toCheck({ row, value }: HeldConstraint): readonly Call[] {
  if (row.zod.form !== "check") return [];
  const argument = row.zod.argument === "regex" ? regexLiteral(String(value)) : jsonToCode(value);
  return [{ name: row.zod.name, arguments: [argument] }];
}

/** `source` escapes slashes and line ends: what remains is one token. */
export function regexLiteral(pattern: string): Code {
  return atom(`/${new RegExp(pattern, "u").source}/u`, "regex");
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
  const wraps = heldConstraints("array", constraints).flatMap(({ row }) =>
    row.zod.form === "wrap" ? [row.zod.codec] : [],
  );
  return wraps.reduce<Code>((code, codec) => call(scope.codec(codec), [code]), withSize(items, constraints));
}

/** For what has no repeats as it is: the bounds alone. */
export function withSize(items: Code, constraints: ArrayConstraints | undefined): Code {
  return withCalls(items, heldConstraints("array", constraints).flatMap(toCheck));
}

/** The bounds of a set, as the options of its codec. */
export function sizeOfSet(constraints: ArrayConstraints | undefined): readonly Entry[] {
  return heldConstraints("array", constraints)
    .flatMap(toCheck)
    .flatMap(({ name, arguments: [value] }) => (value ? [{ key: name, value }] : []));
}

function withCalls(receiver: Code, calls: readonly Call[]): Code {
  return calls.reduce<Code>((code, one) => method(code, one.name, one.arguments), receiver);
}

function valueToCode(value: string | number | boolean): Code {
  if (typeof value === "string") return stringToCode(value);
  return typeof value === "number" ? numberToCode(value) : atom(String(value), "word");
}
