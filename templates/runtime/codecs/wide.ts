// What TypeScript calls `object` and `{}`: values that are handed on as they are, and never `null`.
import * as z from "zod";

/** An object as JSON has them: an array is none. */
export const anyObject = z.custom<object>(
  (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  { error: "expected an object" },
);

export const anyValue = z.custom<string | number | boolean | object>((value) => value !== undefined && value !== null, {
  error: "expected a value other than null",
});
