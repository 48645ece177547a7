/** The sizes of policies: their part of the schema of mcpgen.json, and what is written there → a list with places. */
import { z } from "zod";
import { policyRows, sizesOf } from "../language/policies/policies.js";
import type { ValueKind } from "../language/policies/policy.js";
import type { PolicySize } from "../model/policy-sizes.js";
import type { Span } from "../model/span.js";
import { spanOfSetting, type ConfigFile } from "./file.js";

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

export function listSizes(
  written: z.infer<typeof policySizesSchema>,
  file: ConfigFile | undefined,
): readonly PolicySize[] {
  const place = (path: readonly string[], part: "key" | "value"): Span | undefined =>
    file && spanOfSetting(file, ["policies", ...path], part);
  return Object.entries(written).flatMap(([tool, policies]) =>
    Object.entries(policies).flatMap(([tag, sizes]) =>
      Object.entries(sizes ?? {}).flatMap(([key, size]) => {
        const value = place([tool, tag, key], "value");
        const places = {
          tool: place([tool], "key"),
          tag: place([tool, tag], "key"),
          value: value && typeof size === "string" ? withoutQuotes(value) : value,
        };
        return size === undefined ? [] : [{ tool, tag, key, written: String(size), places }];
      }),
    ),
  );
}

function withoutQuotes({ file, start, end }: Span): Span {
  return { file, start: { ...start, column: start.column + 1 }, end: { ...end, column: end.column - 1 } };
}
