/** What zod schemas are written with: the names of their file, and what they are for. */
import type { ObjectNode, SchemaReference } from "../../model/types.js";
import type { Code } from "../code/code.js";

/** What a schema is for, and what its file calls the things that it needs. */
export interface ZodScope {
  /** `input`: unknown keys are refused. `output`: they are left out, so that nothing undeclared leaks. */
  readonly direction: "input" | "output";
  /** Outputs too refuse unknown keys: to tell which member of a union a value is. */
  readonly strict?: true;
  /** A client writes arguments and reads results: it has JSON for what a server's schemas do beside decoding. */
  readonly side?: "client";
  readonly z: string;
  /** The local name of something that the runtime's codecs export. */
  codec(name: CodecName): string;
  /** Hands what was decoded to the user's own schema. */
  own(schema: SchemaReference): Code;
  /** What stands for an object that has a file of its own. */
  shared?(type: ObjectNode): Code | undefined;
  /** The code that stands for a recursive type. */
  reference(name: string): Code;
}

/** A name that the runtime no longer exports does not compile. */
export type CodecName = keyof typeof import("../../../templates/runtime/codecs/index.js");
