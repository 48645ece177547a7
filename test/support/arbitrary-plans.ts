/** Random types and tools, for what must hold of all of them. */
import fc from "fast-check";
import { planContract } from "../../src/language/injected/injected.js";
import { policyLayers } from "../../src/language/policies/policies.js";
import type { Definition } from "../../src/model/api.js";
import type { JsonValue } from "../../src/model/json.js";
import type { PolicyOption, PolicyPlan, ToolPlan } from "../../src/model/plan.js";
import type { ObjectNode, Property, TypeNode } from "../../src/model/types.js";

const word = fc.stringMatching(/^[a-z][a-zA-Z0-9]{0,14}$/);
const anyText = fc.oneof(
  { weight: 6, arbitrary: fc.array(word, { minLength: 1, maxLength: 20 }).map((words) => words.join(" ")) },
  { weight: 2, arbitrary: fc.string({ maxLength: 60 }) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 30 }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      'say "yes"',
      "it's",
      `"it's"`,
      "`${x}`",
      "*/ // */",
      "a\r\nb",
      "\u2028",
      "\\d+\\",
      "日本語の説明です",
      "größe – 5 €",
      "\ud800",
    ),
  },
);
const keyText = fc.oneof(
  { weight: 8, arbitrary: word },
  { weight: 1, arbitrary: fc.constantFrom("$top", "x-y", "a.b", "class", "größe", "1", "12a", "äb") },
);
const constant = fc.oneof(word, fc.integer({ min: -1000, max: 100000 }), fc.boolean());
const jsonValue: fc.Arbitrary<JsonValue> = fc.oneof(
  word,
  fc.integer(),
  fc.boolean(),
  fc.array(word, { maxLength: 3 }),
  fc.array(fc.integer(), { maxLength: 40 }),
  fc.dictionary(word, fc.oneof(word, fc.integer()), { maxKeys: 3 }),
  fc.array(fc.dictionary(word, fc.integer(), { maxKeys: 3 }), { maxLength: 3 }),
);

const leaf: fc.Arbitrary<TypeNode> = fc.oneof(
  fc.record(
    {
      kind: fc.constant("string" as const),
      constraints: fc.record(
        {
          minLength: fc.integer({ min: 0, max: 9 }),
          maxLength: fc.integer({ min: 10, max: 99 }),
          pattern: fc.constantFrom("^a$", "^[A-Z]{3}-\\d+/x$", "é|\\u{1F600}"),
          format: fc.constantFrom("email", "date-time", "uuid", "phone"),
        },
        { requiredKeys: [] },
      ),
    },
    { requiredKeys: ["kind"] },
  ),
  fc.record(
    {
      kind: fc.constant("number" as const),
      constraints: fc.record(
        {
          minimum: fc.constantFrom(0, -1.5, 1e21),
          maximum: fc.constant(100),
          multipleOf: fc.constant(0.25),
          integer: fc.constant(true as const),
        },
        { requiredKeys: [] },
      ),
    },
    { requiredKeys: ["kind"] },
  ),
  fc.constantFrom<TypeNode>(
    { kind: "boolean" },
    { kind: "null" },
    { kind: "unknown" },
    { kind: "codec", codec: "date" },
    { kind: "codec", codec: "uint8array" },
    { kind: "reference", name: "Tree" },
    { kind: "reference", name: "Json" },
  ),
  constant.map((value) => ({ kind: "literal" as const, value })),
  fc
    .uniqueArray(fc.oneof(word, fc.integer()), { minLength: 2, maxLength: 30 })
    .map((values) => ({ kind: "enum" as const, values })),
  fc.uniqueArray(fc.integer(), { minLength: 2, maxLength: 60 }).map((values) => ({ kind: "enum" as const, values })),
  fc
    .array(
      fc.oneof(
        anyText.map((text) => ({ kind: "text" as const, text })),
        fc.constantFrom({ kind: "string" as const }, { kind: "number" as const }),
        fc.uniqueArray(word, { minLength: 1, maxLength: 4 }).map((texts) => ({ kind: "choice" as const, texts })),
      ),
      { minLength: 1, maxLength: 5 },
    )
    .map((parts) => ({ kind: "template" as const, parts })),
);

const { type } = fc.letrec<{ type: TypeNode; object: ObjectNode }>((tie) => ({
  object: fc
    .uniqueArray(property(tie("type")), { maxLength: 7, selector: ({ name }) => name })
    .map((properties) => ({ kind: "object" as const, properties })),
  type: fc.oneof(
    { depthSize: "small", maxDepth: 4, withCrossShrink: true },
    { weight: 4, arbitrary: leaf },
    { weight: 3, arbitrary: tie("object") },
    {
      weight: 2,
      arbitrary: fc.record(
        {
          kind: fc.constant("array" as const),
          element: tie("type"),
          constraints: fc.record(
            { minItems: fc.nat(5), maxItems: fc.integer({ min: 5, max: 99 }), uniqueItems: fc.constant(true as const) },
            { requiredKeys: [] },
          ),
        },
        { requiredKeys: ["kind", "element"] },
      ),
    },
    { weight: 1, arbitrary: tie("type").map((value) => ({ kind: "record" as const, value })) },
    { weight: 1, arbitrary: tie("type").map((element) => ({ kind: "set" as const, element })) },
    {
      weight: 1,
      arbitrary: fc.tuple(tie("type"), tie("type")).map(([key, value]) => ({ kind: "map" as const, key, value })),
    },
    {
      weight: 1,
      arbitrary: fc.array(tie("type"), { minLength: 1, maxLength: 4 }).map((types) => ({
        kind: "tuple" as const,
        elements: types.map((element) => ({ type: element, optional: false })),
      })),
    },
    {
      weight: 2,
      arbitrary: fc.array(tie("type"), { minLength: 2, maxLength: 4 }).map((members) => ({
        kind: "union" as const,
        members:
          members.filter((member) => member.kind !== "union").length > 1
            ? members.filter((member) => member.kind !== "union")
            : [{ kind: "string" as const }, { kind: "null" as const }],
      })),
    },
  ),
}));

function property(of: fc.Arbitrary<TypeNode>): fc.Arbitrary<Property> {
  const required = { name: keyText, type: of, optional: fc.boolean() };
  const docs = {
    description: anyText,
    default: jsonValue,
    examples: fc.array(jsonValue, { maxLength: 3 }),
    deprecated: fc.constant(true as const),
  };
  return fc.oneof(
    { weight: 3, arbitrary: fc.record(required) },
    { weight: 3, arbitrary: fc.record({ ...required, description: anyText }) },
    { weight: 1, arbitrary: fc.record({ ...required, ...docs }, { requiredKeys: ["name", "type", "optional"] }) },
  );
}

export const anyType: fc.Arbitrary<TypeNode> = type;

/** What the references of `anyType` lead to. */
export const someDefinitions: Readonly<Record<string, Definition>> = {
  Tree: {
    type: {
      kind: "object",
      properties: [
        { name: "value", type: { kind: "string" }, optional: false },
        {
          name: "children",
          type: { kind: "array", element: { kind: "reference", name: "Tree" } },
          optional: true,
          description: "Below.",
        },
      ],
    },
  },
  Json: {
    type: {
      kind: "union",
      members: [
        { kind: "string" },
        { kind: "number" },
        { kind: "array", element: { kind: "reference", name: "Json" } },
        { kind: "record", value: { kind: "reference", name: "Json" } },
        { kind: "null" },
      ],
    },
  },
};

const policyOption: fc.Arbitrary<PolicyOption> = fc.oneof(
  anyText,
  fc.integer({ min: 0, max: 99_999 }),
  fc.constantFrom(0.5, 0.1),
  fc.array(anyText, { maxLength: 4 }),
);

export const somePolicies: fc.Arbitrary<readonly PolicyPlan[]> = fc.array(
  fc
    .tuple(fc.constantFrom(...policyLayers), fc.dictionary(word, policyOption, { maxKeys: 6 }))
    .map(([layer, options]) => ({ ...layer, options })),
  { maxLength: 5 },
);

const span = { file: "src/a.ts", start: { line: 1, column: 1 }, end: { line: 1, column: 2 } };

export const anyTool: fc.Arbitrary<ToolPlan> = fc
  .record({
    name: word,
    properties: fc.uniqueArray(property(type), { maxLength: 6, selector: ({ name }) => name }),
    result: type,
    scopes: fc.array(word, { maxLength: 3 }),
    policies: somePolicies,
    injected: fc.boolean(),
    whole: fc.boolean(),
    cast: fc.boolean(),
    several: fc.boolean(),
  })
  .map(({ name, properties, result, scopes, policies, injected, whole, cast, several }) => ({
    name,
    description: "Does it.",
    annotations: {},
    examples: [],
    input: { kind: "object", properties },
    result: { kind: "text", type: result },
    scopes,
    policies,
    ...(several && {
      batch: {
        item: { kind: "object", properties },
        result: { kind: "text", type: result },
        ...{ max: 100, concurrency: 8, coalesces: whole },
      },
    }),
    call: {
      callee: { module: `src/${name}.ts`, export: name },
      arguments: [
        ...(whole
          ? [{ kind: "all" as const, cast }]
          : properties.map((one) => ({ kind: "argument" as const, name: one.name, cast }))),
        ...(injected ? [{ kind: "contract" as const, contract: planContract("AbortSignal") }] : []),
      ],
    },
    span,
  }));
