/** `z.infer<typeof schema>`: what is read off the schema's source, and what is left to the schema. */
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { TypeNode } from "../../src/model/types.js";
import { analyzeFolder, find, problems, project, type Analyzed } from "./sources.js";

const schemas: Readonly<Record<string, string>> = {
  lengths: "z.string().min(1).max(5)",
  length: "z.string().length(2)",
  email: "z.email()",
  olderEmail: "z.string().email()",
  uuid: "z.string().uuid()",
  day: "z.iso.date()",
  pattern: "z.string().regex(/^a/)",
  flagged: "z.string().regex(/^a/i)",
  integer: "z.int().gte(1).lte(9)",
  signs: "z.number().nonnegative().lt(limit)",
  step: "z.number().multipleOf(0.5)",
  list: "z.array(z.string().min(2)).nonempty()",
  chained: "z.string().min(2).array().max(3).min(1)",
  nullable: "z.string().min(2).nullable()",
  trimmed: "z.string().min(2).trim().max(3)",
  contradictory: "z.number().min(5).max(1)",
  named: "name",
  either: "z.string().min(2).or(z.string().max(1))",
  caught: "z.number().min(5).catch(5)",
  unknownStep: "z.string().startsWith('a').min(2)",
};

const source = `import { z } from "zod";
const limit = 10;
const name = z.string().min(7);
${Object.entries(schemas)
  .map(
    ([key, text]) => `const ${key}Schema = z.object({ v: ${text} });
export function ${key}(input: z.infer<typeof ${key}Schema>): void {}`,
  )
  .join("\n")}
export const made = z.object({ a: z.number().default(1), b: z.string().transform((text) => text.length) });
const hidden = z.object({ a: z.number().default(1) });
export const same = z.object({ id: z.string().min(3) });
export { same as renamed };
type Same = z.infer<typeof same>;
type Flags<T> = { [K in keyof T]: boolean };
interface Holder { same: Same; flags: Flags<{ same: Same }>; loop?: Holder }
export function takes(input: z.infer<typeof made>): void {}
export function holds(holder: Holder): void {}
export function both(a: Same | null, b: Same[], c?: Same): void {}
export function nested(x: { m: z.infer<typeof made> }): void {}
export function unexported(input: z.infer<typeof hidden>): void {}
interface Own { children: z.infer<typeof own>[] }
export const own: z.ZodType<Own> = z.lazy(() => z.object({ children: z.array(own) }));
export function recursive(x: z.infer<typeof own>): void {}
namespace other { export type infer<T> = T; }
export function foreign(x: other.infer<typeof limit>): void {}
`;

const analyzed = analyzeWithZod({ "package.json": '{ "type": "module" }', "src/a.ts": source });

function analyzeWithZod(files: Readonly<Record<string, string>>): Analyzed {
  const root = project(files);
  mkdirSync(join(root, "node_modules"));
  symlinkSync(join(import.meta.dirname, "../../node_modules/zod"), join(root, "node_modules/zod"));
  return analyzeFolder(root);
}

function parameterType(name: string, index = 0): TypeNode | undefined {
  const type = find(analyzed, name).parameters[index]?.type;
  return type?.kind === "servable" ? type.type : undefined;
}

function member(type: TypeNode | undefined, name: string): TypeNode | undefined {
  return type?.kind === "object" ? type.properties.find((property) => property.name === name)?.type : undefined;
}

test("all of it can be served", () => expect(problems(analyzed)).toEqual([]));

test.each<[string, unknown]>([
  ["lengths", { kind: "string", constraints: { minLength: 1, maxLength: 5 } }],
  ["length", { kind: "string", constraints: { minLength: 2, maxLength: 2 } }],
  ["email", { kind: "string", constraints: { format: "email" } }],
  ["olderEmail", { kind: "string", constraints: { format: "email" } }],
  ["uuid", { kind: "string", constraints: { format: "uuid" } }],
  ["day", { kind: "string", constraints: { format: "date" } }],
  ["pattern", { kind: "string", constraints: { pattern: "^a" } }],
  ["flagged", { kind: "string" }],
  ["integer", { kind: "number", constraints: { integer: true, minimum: 1, maximum: 9 } }],
  ["signs", { kind: "number", constraints: { minimum: 0, exclusiveMaximum: 10 } }],
  ["step", { kind: "number", constraints: { multipleOf: 0.5 } }],
  ["list", { kind: "array", element: { kind: "string", constraints: { minLength: 2 } }, constraints: { minItems: 1 } }],
  [
    "chained",
    {
      kind: "array",
      element: { kind: "string", constraints: { minLength: 2 } },
      constraints: { maxItems: 3, minItems: 1 },
    },
  ],
  ["nullable", { kind: "union", members: [{ kind: "string", constraints: { minLength: 2 } }, { kind: "null" }] }],
  ["trimmed", { kind: "string", constraints: { minLength: 2 } }],
  ["contradictory", { kind: "number", constraints: { minimum: 5 } }],
  ["named", { kind: "string", constraints: { minLength: 7 } }],
  ["either", { kind: "string" }],
  ["caught", { kind: "number" }],
  ["unknownStep", { kind: "string", constraints: { minLength: 2 } }],
])("%s", (name, type) => {
  expect(member(parameterType(name), "v")).toEqual(type);
  expect(parameterType(name)).not.toHaveProperty("schema");
});

test("a schema that makes something else stands for a whole parameter, and only there", () => {
  expect(parameterType("takes")).toEqual({
    kind: "object",
    properties: [
      { name: "a", type: { kind: "number" }, optional: true, default: 1 },
      { name: "b", type: { kind: "string" }, optional: false },
    ],
    schema: { module: "src/a.ts", export: "made" },
  });
  expect(member(member(parameterType("nested"), "m"), "b")).toEqual({ kind: "number" });
  expect(parameterType("unexported")).toEqual({
    kind: "object",
    properties: [{ name: "a", type: { kind: "number" }, optional: false }],
  });
});

test("one that makes what it takes stands wherever its type is written, but not where that is mapped", () => {
  const same = {
    kind: "object",
    properties: [{ name: "id", type: { kind: "string", constraints: { minLength: 3 } }, optional: false }],
    schema: { module: "src/a.ts", export: expect.stringMatching(/^(?:same|renamed)$/) },
  };
  expect(member(parameterType("holds"), "same")).toEqual(same);
  expect(member(member(parameterType("holds"), "flags"), "same")).toEqual({ kind: "boolean" });
  expect(parameterType("both")).toEqual({ kind: "union", members: [same, { kind: "null" }] });
  expect(parameterType("both", 1)).toEqual({ kind: "array", element: same });
  expect(parameterType("both", 2)).toEqual(same);
});

test("a type within itself, and an `infer` that is not zod's", () => {
  expect(member(parameterType("recursive"), "children")).toMatchObject({ kind: "array" });
  expect(parameterType("foreign")).toEqual({ kind: "literal", value: 10 });
});
