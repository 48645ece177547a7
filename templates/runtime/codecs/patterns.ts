// Index signatures for some names, such as `data-…`: each has values of its own, beside the properties of the object.
import * as z from "zod";

type Fields = Readonly<Record<string, unknown>>;
type Parse = (schema: z.ZodType, value: unknown) => z.ZodSafeParseResult<unknown>;
type Pattern = readonly [name: RegExp, value: z.ZodType];

/** Names that fit no pattern are the object's own to take or to refuse; what fits several has to be right for each. */
export function withPatterns<Own extends z.ZodObject>(
  object: Own,
  patterns: readonly Pattern[],
): z.ZodType<z.output<Own>, z.input<Own>> {
  const fields = z.custom<Fields>((given) => typeof given === "object" && given !== null && !Array.isArray(given), {
    error: "expected an object",
  });
  const patternsOf = (name: string): readonly Pattern[] =>
    Object.hasOwn(object.shape, name) ? [] : patterns.filter(([pattern]) => pattern.test(name));
  const convert = (given: Fields, { issues }: Pick<z.core.ParsePayload, "issues">, parse: Parse): Fields => {
    const own = Object.entries(given).filter(([name]) => patternsOf(name).length === 0);
    const parts: [string, unknown][] = [];
    const take = (path: readonly string[], { data, error }: z.ZodSafeParseResult<unknown>): unknown => {
      for (const issue of error?.issues ?? [])
        issues.push({ ...issue, path: [...path, ...issue.path], input: given } as z.core.$ZodRawIssue);
      return data;
    };
    const converted = take([], parse(object, Object.fromEntries(own)));
    for (const [name, value] of Object.entries(given)) {
      const results = patternsOf(name).map(([, schema]) => take([name], parse(schema, value)));
      if (results.length > 0) parts.push([name, results[0]]);
    }
    return { ...(converted as Fields | undefined), ...Object.fromEntries(parts) };
  };
  const codec = z.codec(fields, fields, {
    decode: (given, context) => convert(given, context, z.safeDecode as Parse),
    encode: (given, context) => convert(given, context, z.safeEncode as Parse),
  });
  return codec as unknown as z.ZodType<z.output<Own>, z.input<Own>>;
}
