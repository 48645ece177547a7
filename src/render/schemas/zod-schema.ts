/** TypeNode → the zod schema of a generated tool: the validator, and what a reader of the file sees. */
import type {
  CodecNode,
  MapNode,
  ObjectNode,
  Property,
  RecordNode,
  SetNode,
  TupleNode,
  TypeNode,
  UnionNode,
} from "../../model/types.js";
import { codecs } from "../../language/codecs.js";
import { unreachable } from "../../model/result.js";
import { array, atom, call, method, object, type Code, type Entry } from "../code/code.js";
import { contentTypes } from "./content-schemas.js";
import { jsonToCode, stringToCode } from "../code/json-code.js";
import { propertyKey } from "../code/text.js";
import { isStringKeyed } from "../../model/types.js";
import { keyPattern } from "./template-pattern.js";
import type { ZodScope } from "./zod-scope.js";
import {
  enumToZod,
  literalToZod,
  numberToZod,
  regexLiteral,
  sizeOfSet,
  stringToZod,
  templateToZod,
  withItems,
} from "./zod-scalars.js";
import { chooseUnion } from "./zod-unions.js";

export function typeToZod(type: TypeNode, scope: ZodScope): Code {
  const code = kindToZod(type, scope);
  if (scope.side === "client") return code;
  if (type.encoded && scope.direction === "output") return call(scope.codec("asJson"), [code]);
  return type.schema && scope.direction === "input" ? method(code, "transform", [scope.own(type.schema)]) : code;
}

function kindToZod(type: TypeNode, scope: ZodScope): Code {
  switch (type.kind) {
    case "string":
      return stringToZod(type, scope);
    case "number":
      return numberToZod(type, scope);
    case "boolean":
    case "null":
    case "unknown":
      return method(atom(scope.z), type.kind);
    case "wide":
      return atom(scope.codec(type.accepts === "object" ? "anyObject" : "anyValue"), "word");
    case "void":
      return method(atom(scope.z), "undefined");
    case "literal":
      return literalToZod(type, scope);
    case "enum":
      return enumToZod(type, scope);
    case "template":
      return templateToZod(type, scope);
    case "codec":
      return codecToZod(type, scope);
    case "array":
      return withItems(method(atom(scope.z), "array", [typeToZod(type.element, scope)]), type.constraints, scope);
    case "set":
      return setToZod(type, scope);
    case "map":
      return mapToZod(type, scope);
    case "tuple":
      return tupleToZod(type, scope);
    case "record":
      return recordToZod(type, scope);
    case "object":
      return (scope.strict ? undefined : scope.shared?.(type)) ?? objectToZod(type, scope);
    case "union":
      return unionToZod(type, scope);
    case "reference":
      return scope.reference(type.name);
    case "content":
      return contentToZod(contentTypes[type.content], scope.z);
    default:
      return unreachable(type);
  }
}

function contentToZod(constant: string | undefined, z: string): Code {
  const type =
    constant === undefined ? [] : [{ key: "type", value: method(atom(z), "literal", [stringToCode(constant)]) }];
  return method(atom(z), "looseObject", [object(type)]);
}

function codecToZod({ codec, values }: CodecNode, scope: ZodScope): Code {
  const code = atom(scope.codec(codecs[codec].zod), "word");
  if (!values) return code;
  const literals = values.map((digits) => atom(`${digits}n`, "number"));
  return method(code, "pipe", [method(atom(scope.z), "literal", [array(literals)])]);
}

function setToZod(type: SetNode, scope: ZodScope): Code {
  const size = sizeOfSet(type.constraints);
  return call(scope.codec("setCodec"), [typeToZod(type.element, scope), ...(size.length === 0 ? [] : [object(size)])]);
}

function mapToZod(type: MapNode, scope: ZodScope): Code {
  const codec = scope.codec(isStringKeyed(type) ? "mapCodec" : "pairsCodec");
  return call(codec, [typeToZod(type.key, scope), typeToZod(type.value, scope)]);
}

function tupleToZod(type: TupleNode, scope: ZodScope): Code {
  const elements = type.elements.map((element) => {
    const code = typeToZod(element.type, scope);
    return element.optional ? method(code, absenceIn(scope)) : code;
  });
  const rest = type.rest ? [typeToZod(type.rest, scope)] : [];
  const end = type.end?.map((element) => typeToZod(element, scope));
  if (end) return call(scope.codec("endedTuple"), [array(elements), ...rest, array(end)]);
  return method(atom(scope.z), "tuple", [array(elements), ...rest]);
}

function recordToZod(type: RecordNode, scope: ZodScope): Code {
  const key = type.key ? typeToZod(type.key, scope) : method(atom(scope.z), "string");
  // A record by an enum would demand all of its keys.
  return method(atom(scope.z), type.key?.kind === "enum" ? "partialRecord" : "record", [
    key,
    indexedToZod(type.value, type, scope),
  ]);
}

/** A value under an index signature: a function may well give `undefined`, which no client can send. */
function indexedToZod(value: TypeNode, { sparse }: { readonly sparse?: true }, scope: ZodScope): Code {
  const code = typeToZod(value, scope);
  return sparse && absenceIn(scope) === "optional" ? method(code, "optional") : code;
}

type Absence = "optional" | "exactOptional";

/**
 * JSON has no `undefined`: what the function gets as it is has a key or has it not, also for a TypeScript that
 * tells the two apart. A function's result may well hold one, until it is JSON.
 */
function absenceIn(scope: ZodScope): Absence {
  return scope.direction === "input" || scope.side === "client" ? "exactOptional" : "optional";
}

/** `absence` is that of its own properties; those further in have the scope's. */
export function objectToZod(type: ObjectNode, scope: ZodScope, absence = absenceIn(scope)): Code {
  const plain = plainObjectToZod(type, scope, absence);
  if (!type.patterns) return plain;
  const patterns = type.patterns.map((pattern) =>
    array([regexLiteral(keyPattern(pattern.key)), indexedToZod(pattern.value, pattern, scope)]),
  );
  return call(scope.codec("withPatterns"), [plain, array(patterns)]);
}

function plainObjectToZod(type: ObjectNode, scope: ZodScope, absence: Absence): Code {
  const shape = object(type.properties.map((property) => propertyToZod(property, scope, absence)));
  if (type.additional)
    return method(method(atom(scope.z), "object", [shape]), "catchall", [indexedToZod(type.additional, type, scope)]);
  return method(atom(scope.z), scope.direction === "input" || scope.strict ? "strictObject" : "object", [shape]);
}

function propertyToZod(property: Property, scope: ZodScope, absence: Absence): Entry {
  const base = typeToZod(property.type, scope);
  const code = property.optional ? method(base, absence) : base;
  const value = withDocs(code, property);
  const isNamed = value.kind === "atom" && value.flat === property.name;
  return { ...(!isNamed && { key: propertyKey(property.name) }), value };
}

/** What the schema says to a reader; the validator takes no notice of it. */
function withDocs(code: Code, { description, default: initial, examples, deprecated }: Property): Code {
  if (initial === undefined && examples === undefined && !deprecated) {
    return description === undefined ? code : method(code, "describe", [stringToCode(description)]);
  }
  const meta = {
    ...(description !== undefined && { description }),
    ...(initial !== undefined && { default: initial }),
    ...(examples !== undefined && { examples }),
    ...(deprecated && { deprecated }),
  };
  return method(code, "meta", [jsonToCode(meta)]);
}

function unionToZod(type: UnionNode, scope: ZodScope): Code {
  const values = type.members.filter((member) => member.kind !== "null" && member.kind !== "void");
  const isNullable = type.members.some((member) => member.kind === "null");
  const [only = { kind: "null" }] = values;
  const code = values.length < 2 ? typeToZod(only, scope) : severalToZod(values, type, scope);
  const nullable = isNullable && values.length > 0 ? method(code, "nullable") : code;
  return type.members.some((member) => member.kind === "void") ? method(nullable, "optional") : nullable;
}

function severalToZod(members: readonly TypeNode[], type: UnionNode, scope: ZodScope): Code {
  const choice = chooseUnion(members, type, scope.direction);
  const { z } = scope;
  if (choice.kind === "discriminated") {
    const codes = choice.members.map((member) => typeToZod(member, scope));
    return method(atom(z), "discriminatedUnion", [stringToCode(choice.discriminant), array(codes)]);
  }
  const strict = choice.strict.map((member) => typeToZod(member, { ...scope, strict: true }));
  return method(atom(z), "union", [array([...strict, ...choice.members.map((member) => typeToZod(member, scope))])]);
}
