// Schemas that users wrote themselves have the last word: `z.strictObject({ … }).transform(checkedBy(signup))`.
import * as z from "zod";

/** What zod's schemas have in common, of whichever version: the user's may be another than the server's. */
interface OwnSchema<T> {
  safeParse(value: unknown): {
    readonly success: boolean;
    readonly data?: T | undefined;
    readonly error?:
      { readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[] } | undefined;
  };
}

/** What it makes of a decoded value is what the function gets; what it complains of, in its own words, is refused. */
export function checkedBy<T>(schema: OwnSchema<T>): (value: unknown, context: z.core.$RefinementCtx) => T {
  return (value, context) => {
    const { success, data, error } = schema.safeParse(value);
    if (success) return data as T;
    for (const { path, message } of error?.issues ?? [])
      context.issues.push({ code: "custom", path: [...path], message, input: value });
    return z.NEVER;
  };
}
