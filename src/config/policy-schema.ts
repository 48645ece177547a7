/** The sizes of policies: their part of the schema of mcpgen.json. */
import { z } from "zod";
import { policyRows, sizesOf } from "../language/policies/policies.js";
import type { ValueKind } from "../language/policies/policy.js";

/** By tool, by tag, by the tag's key. */
export const policySizesSchema = z.record(
  z.string().min(1),
  z.strictObject(
    members(Object.entries(policyRows), ({ grammar }) =>
      z.strictObject(members(Object.entries(sizesOf(grammar)), toSchema)),
    ),
  ),
);

function members<Value, Schema extends z.ZodType>(
  entries: readonly (readonly [string, Value])[],
  schemaOf: (value: Value) => Schema,
) {
  return Object.fromEntries(entries.map(([name, value]) => [name, schemaOf(value).optional()]));
}

/** What exactly a text may say is told with the places in the tags. */
function toSchema(kind: ValueKind) {
  if (kind.kind === "integer") return z.int().min(kind.least);
  return kind.kind === "choice" ? z.enum(kind.values) : z.string().min(1);
}
