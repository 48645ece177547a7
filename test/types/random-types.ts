// Random types and, for each, random values of it: the ground that the laws of codecs and schemas are tested on.
import fc from "fast-check";
import { codecs, type CodecKind } from "../../src/language/codecs.js";
import type { ObjectNode, Property, TupleElement, TypeNode } from "../../src/model/types.js";

const keys = fc.constantFrom("id", "name", "total", "with-dash", "a b", 'quote"d', "createdAt", "x", "zoë");

const leaf: fc.Arbitrary<TypeNode> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<TypeNode>({ kind: "string" }) },
  { weight: 3, arbitrary: fc.constant<TypeNode>({ kind: "number" }) },
  { weight: 2, arbitrary: fc.constant<TypeNode>({ kind: "boolean" }) },
  fc.constant<TypeNode>({ kind: "null" }),
  fc.constantFrom<TypeNode>({ kind: "wide", accepts: "object" }, { kind: "wide", accepts: "value" }),
  fc.constantFrom(...(Object.keys(codecs) as CodecKind[])).map((codec): TypeNode => ({ kind: "codec", codec })),
  fc.constant<TypeNode>({ kind: "codec", codec: "bigint", values: ["10", "-5", "12345678901234567890"] }),
  fc
    .constantFrom("a", "it's", "line\nend", 0, -1.5, true, false)
    .map((value): TypeNode => ({ kind: "literal", value })),
  fc
    .uniqueArray(fc.constantFrom("red", "green", "blue", 'a "b"'), { minLength: 2, maxLength: 4 })
    .map((values): TypeNode => ({ kind: "enum", values })),
  fc.constantFrom<TypeNode>(
    { kind: "template", parts: [{ kind: "text", text: "id_" }, { kind: "string" }] },
    {
      kind: "template",
      parts: [{ kind: "choice", texts: ["asc", "desc"] }, { kind: "text", text: ":" }, { kind: "number" }],
    },
  ),
  fc.record({ minLength: fc.nat(3), extra: fc.nat(4) }).map(({ minLength, extra }): TypeNode => ({
    kind: "string",
    constraints: { minLength, maxLength: minLength + extra },
  })),
  fc.record({ minimum: fc.integer({ min: -5, max: 5 }), extra: fc.nat(9) }).map(({ minimum, extra }): TypeNode => ({
    kind: "number",
    constraints: { integer: true, minimum, maximum: minimum + extra },
  })),
);

/** Members that no JSON value has in common: an ambiguous union is a diagnostic, not a type to serve. */
const union: fc.Arbitrary<TypeNode> = fc
  .subarray<TypeNode>(
    [
      { kind: "string" },
      { kind: "number" },
      { kind: "boolean" },
      { kind: "array", element: { kind: "string" } },
      { kind: "null" },
    ],
    { minLength: 2 },
  )
  .map((members): TypeNode => ({ kind: "union", members }));

const discriminated: fc.Arbitrary<TypeNode> = fc.tuple(leaf, leaf).map(([left, right]): TypeNode => ({
  kind: "union",
  discriminant: "kind",
  members: [
    {
      kind: "object",
      properties: [
        { name: "kind", optional: false, type: { kind: "literal", value: "left" } },
        { name: "value", optional: false, type: left },
      ],
    },
    {
      kind: "object",
      properties: [
        { name: "kind", optional: false, type: { kind: "literal", value: "right" } },
        { name: "value", optional: true, type: right },
      ],
    },
  ],
}));

const types = fc.letrec<{ node: TypeNode; object: ObjectNode }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4, depthSize: "small" },
    leaf,
    union,
    discriminated,
    tie("object"),
    tie("node").map((element): TypeNode => ({ kind: "array", element })),
    tie("node").map((value): TypeNode => ({ kind: "record", value })),
    leaf.map((element): TypeNode => ({ kind: "set", element })),
    tie("node").map((value): TypeNode => ({ kind: "map", key: { kind: "string" }, value })),
    tie("node").map((value): TypeNode => ({ kind: "map", key: { kind: "number" }, value })),
    fc
      .record({
        required: fc.array(tie("node"), { maxLength: 2 }),
        optional: fc.array(leaf, { maxLength: 1 }),
        rest: fc.option(leaf, { nil: undefined }),
      })
      .map(tuple),
    tie("node")
      .filter(canBeNullable)
      .map((member): TypeNode => ({ kind: "union", members: [member, { kind: "null" }] })),
  ),
  object: fc
    .uniqueArray(fc.record({ name: keys, type: tie("node"), optional: fc.boolean() }), {
      maxLength: 4,
      selector: (property) => property.name,
    })
    .map((properties): ObjectNode => ({ kind: "object", properties })),
}));

function canBeNullable(node: TypeNode): boolean {
  return node.kind !== "null" && node.kind !== "union" && node.kind !== "unknown";
}

function tuple({
  required,
  optional,
  rest,
}: {
  required: TypeNode[];
  optional: TypeNode[];
  rest: TypeNode | undefined;
}): TypeNode {
  const element =
    (isOptional: boolean) =>
    (type: TypeNode): TupleElement => ({ type, optional: isOptional });
  const elements = [...required.map(element(false)), ...optional.map(element(true))];
  return rest || elements.length === 0
    ? { kind: "tuple", elements, rest: rest ?? { kind: "string" } }
    : { kind: "tuple", elements };
}

export const randomObject: fc.Arbitrary<ObjectNode> = types.object;

const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (Object.is(value, -0) ? 0 : value));
const bytes = fc.uint8Array({ maxLength: 12 });

/** Values as a TypeScript function would hold them. */
export function valueOf(node: TypeNode): fc.Arbitrary<unknown> {
  switch (node.kind) {
    case "string":
      return fc.string({
        unit: "grapheme-ascii",
        minLength: node.constraints?.minLength ?? 0,
        maxLength: node.constraints?.maxLength ?? 12,
      });
    case "number":
      return node.constraints
        ? fc.integer({ min: node.constraints.minimum ?? -9, max: node.constraints.maximum ?? 9 })
        : finite;
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "literal":
      return fc.constant(node.value);
    case "enum":
      return fc.constantFrom(...node.values);
    case "template":
      return templateText(node.parts);
    case "codec":
      return node.values ? fc.constantFrom(...node.values.map(BigInt)) : codecValue(node.codec);
    case "array":
      return fc.array(valueOf(node.element), { maxLength: 4 });
    case "set":
      return fc
        .uniqueArray(valueOf(node.element), { maxLength: 3, selector: (value) => JSON.stringify(comparable(value)) })
        .map((values) => new Set(values));
    case "map":
      return fc
        .array(fc.tuple(valueOf(node.key), valueOf(node.value)), { maxLength: 3 })
        .map((entries) => new Map(entries.filter(([key]) => key !== "__proto__")));
    case "tuple":
      return tupleValue(node.elements, node.rest);
    case "record":
      return fc.dictionary(
        fc.string({ maxLength: 5 }).filter((key) => key !== "__proto__"),
        valueOf(node.value),
        { maxKeys: 3, noNullPrototype: true },
      );
    case "object":
      return objectValue(node.properties);
    case "union":
      return fc.oneof(...node.members.map(valueOf));
    case "wide":
      return node.accepts === "object"
        ? fc.dictionary(
            fc.string({ maxLength: 5 }).filter((key) => key !== "__proto__"),
            fc.integer(),
            { noNullPrototype: true },
          )
        : fc.oneof(fc.integer(), fc.string(), fc.boolean(), fc.array(fc.integer()));
    case "unknown":
    case "void":
    case "reference":
    case "content":
      throw new Error(`no random value for ${node.kind}`);
  }
}

function templateText(parts: Extract<TypeNode, { kind: "template" }>["parts"]): fc.Arbitrary<string> {
  const texts = parts.map((part): fc.Arbitrary<string> => {
    if (part.kind === "text") return fc.constant(part.text);
    if (part.kind === "choice") return fc.constantFrom(...part.texts);
    if (part.kind === "string") return fc.string({ maxLength: 6 });
    return fc.integer({ min: -999, max: 999 }).map(String);
  });
  return fc.tuple(...texts).map((chosen) => chosen.join(""));
}

function codecValue(codec: Extract<TypeNode, { kind: "codec" }>["codec"]): fc.Arbitrary<unknown> {
  switch (codec) {
    case "bigint":
      return fc.bigInt();
    case "date":
      return fc.date({
        min: new Date("0001-01-01T00:00:00Z"),
        max: new Date("9999-12-31T23:59:59Z"),
        noInvalidDate: true,
      });
    case "url":
      return fc.webUrl().map((text) => new URL(text));
    case "uint8array":
      return bytes;
    case "buffer":
      return bytes.map((array) => Buffer.from(array));
    case "arraybuffer":
      return bytes.map((array) => Uint8Array.from(array).buffer);
  }
}

function tupleValue(elements: readonly TupleElement[], rest: TypeNode | undefined): fc.Arbitrary<unknown[]> {
  const required = elements.filter((element) => !element.optional).map((element) => valueOf(element.type));
  const optional = elements.filter((element) => element.optional).map((element) => valueOf(element.type));
  const tail = rest ? fc.array(valueOf(rest), { maxLength: 2 }) : fc.constant([]);
  return fc
    .tuple(fc.tuple(...required), fc.tuple(...optional), fc.boolean(), tail)
    .map(([first, second, isFull, last]) => (isFull ? [...first, ...second, ...last] : first));
}

function objectValue(properties: readonly Property[]): fc.Arbitrary<Record<string, unknown>> {
  const entries = properties.map((property) => {
    const value = valueOf(property.type).map((chosen): [string, unknown][] => [[property.name, chosen]]);
    return property.optional ? fc.oneof(value, fc.constant<[string, unknown][]>([])) : value;
  });
  return fc.tuple(...entries).map((chosen) => Object.fromEntries(chosen.flat()));
}

/** A form in which two values are deeply equal exactly when they mean the same: binary and built-in objects spelt out. */
export function comparable(value: unknown): unknown {
  if (typeof value === "bigint") return { bigint: String(value) };
  if (value instanceof Date) return { date: value.toISOString() };
  if (value instanceof URL) return { url: value.href };
  if (Buffer.isBuffer(value)) return { buffer: [...value] };
  if (value instanceof Uint8Array) return { uint8array: [...value] };
  if (value instanceof ArrayBuffer) return { arraybuffer: [...new Uint8Array(value)] };
  // An object on the wire moves keys that look like indices to the front: the order of entries is not part of the value.
  if (value instanceof Map) return { map: new Set([...value].map((entry) => JSON.stringify(comparable(entry)))) };
  if (value instanceof Set) return { set: [...value].map(comparable) };
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, comparable(member)]));
  return value;
}
