/** The sizes of policies as mcpgen.json has them → a list with places. */
import type { z } from "zod";
import type { PolicySize } from "../model/policy-sizes.js";
import type { Span } from "../model/span.js";
import { spanOfSetting, type ConfigFile } from "./file.js";
import type { policySizesSchema } from "./policy-schema.js";

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
