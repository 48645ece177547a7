/**
 * A type as JSON can carry it. Aliases are followed and generics instantiated; only recursive types
 * stay named, as `reference`s into `ApiModel.definitions`.
 */
import type { JsonValue } from "./json.js";
import type { Origins } from "./origins.js";

/** Arguments come in, results go out. */
export type Direction = "input" | "output";

export type TypeNode =
  | StringNode
  | NumberNode
  | BooleanNode
  | NullNode
  | UnknownNode
  | WideNode
  | VoidNode
  | LiteralNode
  | EnumNode
  | TemplateNode
  | CodecNode
  | ArrayNode
  | SetNode
  | MapNode
  | TupleNode
  | RecordNode
  | ObjectNode
  | UnionNode
  | ReferenceNode
  | ContentNode;

interface NodeBase {
  /** TypeScript sees a narrower type here than the schema gives back (a brand, an enum that is not exported): the generated call casts. */
  readonly nominal?: true;
  /** Of its constraints. */
  readonly origins?: Origins;
  /** What its `toJSON` returns: only in results. */
  readonly encoded?: true;
  /** The user's own zod schema, which in arguments has the last word on what was decoded, and may make something else of it. */
  readonly schema?: SchemaReference;
}

/** An exported zod schema of the user's. */
export interface SchemaReference {
  /** As in `ExportReference`. */
  readonly module: string;
  readonly export: string;
}

export interface StringNode extends NodeBase {
  readonly kind: "string";
  readonly constraints?: StringConstraints;
}

/** Lengths count Unicode code points. `pattern` is an ECMAScript regular expression without flags but `u`. */
export interface StringConstraints {
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly format?: string;
}

/** A finite number: NaN and the infinities are not JSON. */
export interface NumberNode extends NodeBase {
  readonly kind: "number";
  readonly constraints?: NumberConstraints;
}

export interface NumberConstraints {
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
  readonly integer?: true;
}

export interface BooleanNode extends NodeBase {
  readonly kind: "boolean";
}

export interface NullNode extends NodeBase {
  readonly kind: "null";
}

/** `any` and `unknown`: accepted and handed on as they are. */
export interface UnknownNode extends NodeBase {
  readonly kind: "unknown";
}

/** `object` and `{}`: any object that JSON has, and any value but `null`. Handed on as they are. */
export interface WideNode extends NodeBase {
  readonly kind: "wide";
  readonly accepts: "object" | "value";
}

/** `void` and `undefined`: a whole result, or the last member of a result's union (`User | undefined`). */
export interface VoidNode extends NodeBase {
  readonly kind: "void";
}

export interface LiteralNode extends NodeBase {
  readonly kind: "literal";
  readonly value: string | number | boolean;
}

/** Two or more string or number values: a TypeScript enum, or a union of literals. In declaration order, without repeats. */
export interface EnumNode extends NodeBase {
  readonly kind: "enum";
  readonly values: readonly (string | number)[];
}

/** A template literal type; text parts are literal, the others stand for any string, number (as text) or one of several texts. */
export interface TemplateNode extends NodeBase {
  readonly kind: "template";
  readonly parts: readonly TemplatePart[];
}

export type TemplatePart =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "string" }
  | { readonly kind: "number" }
  | { readonly kind: "bigint" }
  | { readonly kind: "choice"; readonly texts: readonly string[] };

/** A TypeScript value with no JSON form of its own: on the wire a string (`bigint`: digits, `bytes`: base64). */
export interface CodecNode extends NodeBase {
  readonly kind: "codec";
  readonly codec: "bigint" | "date" | "url" | "uint8array" | "buffer" | "arraybuffer";
  /** The digits of the only values of a `bigint`: a union of bigint literals. */
  readonly values?: readonly string[];
}

export interface ArrayNode extends NodeBase {
  readonly kind: "array";
  readonly element: TypeNode;
  readonly constraints?: ArrayConstraints;
}

export interface ArrayConstraints {
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: true;
}

/** `Set<T>`: on the wire an array of distinct values. */
export interface SetNode extends NodeBase {
  readonly kind: "set";
  readonly element: TypeNode;
  readonly constraints?: ArrayConstraints;
}

/** `Map<K, V>`: on the wire an object when keys are strings, else an array of pairs. */
export interface MapNode extends NodeBase {
  readonly kind: "map";
  readonly key: TypeNode;
  readonly value: TypeNode;
}

export interface TupleNode extends NodeBase {
  readonly kind: "tuple";
  /** Optional elements follow all required ones. */
  readonly elements: readonly TupleElement[];
  readonly rest?: TypeNode;
  /** What follows the rest, which is there where this is: `[...number[], string]`. All elements are required then. */
  readonly end?: readonly TypeNode[];
}

export interface TupleElement {
  readonly name?: string;
  readonly type: TypeNode;
  readonly optional: boolean;
}

/** An index signature with no properties beside it. `key` only when narrower than `string`. */
export interface RecordNode extends NodeBase {
  readonly kind: "record";
  readonly key?: StringNode | TemplateNode | EnumNode | NumberNode;
  readonly value: TypeNode;
  readonly sparse?: Sparse;
}

/** A value may be `undefined`: JSON leaves its key out. */
type Sparse = true;

export interface ObjectNode extends NodeBase {
  readonly kind: "object";
  /** What its declaration calls it, with its arguments: `PageOfUser`. No part of what it is. */
  readonly declared?: string;
  /** In declaration order, inherited ones first. */
  readonly properties: readonly Property[];
  /** The index signature of all names, beside the properties. */
  readonly additional?: TypeNode;
  /** Index signatures of some names: whatever fits several has the type of each. */
  readonly patterns?: readonly KeyPattern[];
  /** Of `additional`. */
  readonly sparse?: Sparse;
}

export interface KeyPattern {
  readonly key: StringNode | TemplateNode | NumberNode;
  readonly value: TypeNode;
  readonly sparse?: Sparse;
}

export interface Property {
  readonly name: string;
  readonly type: TypeNode;
  readonly optional: boolean;
  /** JSDoc text of the property, or of its `@param` line. */
  readonly description?: string;
  readonly default?: JsonValue;
  readonly examples?: readonly JsonValue[];
  readonly deprecated?: true;
  /** In a type that is not resolved yet: JSON cannot carry it in the other direction. */
  readonly only?: Direction;
  readonly origins?: Origins;
}

/** At least two members, none of them a union, `null` last. */
export interface UnionNode extends NodeBase {
  readonly kind: "union";
  readonly members: readonly TypeNode[];
  /** The property whose literal tells the members apart, when all members are objects. */
  readonly discriminant?: string;
  /** In a type that is not resolved yet: indices of the members that only results have. */
  readonly resultOnly?: readonly number[];
}

export interface ReferenceNode extends NodeBase {
  readonly kind: "reference";
  /** A key of `ApiModel.definitions`. */
  readonly name: string;
}

/** One of the specification's content types, passed through as it is: only in results. */
export interface ContentNode extends NodeBase {
  readonly kind: "content";
  readonly content:
    | "TextContent"
    | "ImageContent"
    | "AudioContent"
    | "ResourceLink"
    | "EmbeddedResource"
    | "CallToolResult"
    | "PromptMessage";
}

/** A property of the `T` of an `Elicit<T>`, as a client is asked to have it filled in. */
export interface FormField {
  readonly name: string;
  readonly optional: boolean;
  /** As MCP writes it in a `requestedSchema`. */
  readonly schema: Readonly<Record<string, JsonValue>>;
}

/** The types that a type is made of, in order; a reference has none. */
export function childTypes(type: TypeNode): readonly TypeNode[] {
  switch (type.kind) {
    case "array":
    case "set":
      return [type.element];
    case "map":
      return [type.key, type.value];
    case "tuple":
      return [...type.elements.map((element) => element.type), ...(type.rest ? [type.rest] : []), ...(type.end ?? [])];
    case "record":
      return [...(type.key ? [type.key] : []), type.value];
    case "object":
      return [
        ...type.properties.map((property) => property.type),
        ...(type.additional ? [type.additional] : []),
        ...(type.patterns ?? []).map(({ value }) => value),
      ];
    case "union":
      return type.members;
    default:
      return [];
  }
}

/** Such a Map travels as an object, any other as an array of pairs. */
export function isStringKeyed({ key }: MapNode): boolean {
  if (key.kind === "enum") return key.values.every((value) => typeof value === "string");
  return key.kind === "string" || key.kind === "template" || (key.kind === "literal" && typeof key.value === "string");
}

/** A string of base64 on the wire. */
export function isBytes(type: TypeNode): boolean {
  return type.kind === "codec" && ["uint8array", "buffer", "arraybuffer"].includes(type.codec);
}
