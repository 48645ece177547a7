// A random type → the zod schema that a generated file has for it.
import { z } from "zod";
import { typeToZod } from "../../src/render/schemas/zod-schema.js";
import * as codecs from "../../templates/runtime/codecs/index.js";
import type { ObjectNode } from "../../src/model/types.js";

/** The emitted expression, evaluated: what stands in a generated file. */
export function schemaOf(type: ObjectNode): z.ZodType {
  const code = typeToZod(type, {
    direction: "input",
    z: "z",
    codec: (name) => `codecs.${name}`,
    own: () => {
      throw new Error("no schemas of a user's here");
    },
    reference: () => {
      throw new Error("no recursion here");
    },
  });
  return new Function("z", "codecs", `return ${code.flat};`)(z, codecs) as z.ZodType;
}
