// The schema of a tool's arguments → code that reads them, made by zod. Wherever it does not accept, zod's own parser
// decides, in its own words.
import * as z from "zod";
import { alternatives, isSchema, propertiesOf, type JsonSchema } from "./json-schema.js";

/** Code for more is so long that V8 optimizes it late or never: zod's own parser, which looks one up, is faster then. */
const maxAlternatives = 16;

/** zod repeats the code of a type wherever that is used: for more places it takes long to make, once, for all who wait. */
const maxPlaces = 300;

/** What zod cannot compile it gives back: types that refer to themselves, and all where no code may be made from strings. */
export function compileSchema(input: z.ZodType, inputSchema: JsonSchema): z.ZodType {
  return placesLeft(inputSchema, inputSchema, maxPlaces) < 0 ? input : z.compile(input);
}

/** Below zero as soon as there are too many. */
function placesLeft(schema: JsonSchema, root: JsonSchema, before: number): number {
  const choices = alternatives(schema, root);
  if (choices.length > maxAlternatives) return -1;
  let left = before - choices.length;
  for (const child of choices.flatMap(placesIn)) {
    if (left < 0) return left;
    left = placesLeft(child, root, left);
  }
  return left;
}

function placesIn(schema: JsonSchema): readonly JsonSchema[] {
  const { items, prefixItems, additionalProperties } = schema;
  const elements: readonly unknown[] = Array.isArray(prefixItems) ? prefixItems : [];
  return [...Object.values(propertiesOf(schema)), items, additionalProperties, ...elements].filter(isSchema);
}
