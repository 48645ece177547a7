// Lengths of strings as JSON Schema counts them: in Unicode characters, where zod's own count UTF-16 units.
import { z } from "zod";

export function minCharacters(minimum: number): z.core.$ZodCheck<string> {
  return z.check<string>(({ value, issues }) => {
    if (countCharacters(value) < minimum)
      issues.push({ code: "too_small", origin: "string", minimum, inclusive: true, input: value });
  });
}

export function maxCharacters(maximum: number): z.core.$ZodCheck<string> {
  return z.check<string>(({ value, issues }) => {
    // There are never more characters than units.
    if (value.length > maximum && countCharacters(value) > maximum)
      issues.push({ code: "too_big", origin: "string", maximum, inclusive: true, input: value });
  });
}

function countCharacters(text: string): number {
  return text.length - (text.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0);
}
