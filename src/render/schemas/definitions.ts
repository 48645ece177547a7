/** The recursive types of a tool → local declarations that come before its schemas. */
import { lowerFirst, upperFirst } from "../../model/text.js";
import type { Definition } from "../../model/api.js";
import { childTypes, type ObjectNode, type SchemaReference, type TypeNode } from "../../model/types.js";
import { arrow, atom, method, type Code } from "../code/code.js";
import { layOut } from "../code/layout.js";
import type { Module } from "../code/module.js";
import { toCamelCase, toIdentifier } from "../code/names.js";
import { layOutMembers, layOutType } from "./type-text.js";
import { textWidth } from "../code/width.js";
import { typeToZod } from "./zod-schema.js";
import type { CodecName, ZodScope } from "./zod-scope.js";

export interface DefinitionScope extends Pick<ZodScope, "side"> {
  readonly module: Module;
  readonly definitions: Readonly<Record<string, Definition>>;
  /** Asked for only by what needs it: a file whose schemas are all elsewhere does not import zod. */
  readonly z: string;
  codec(name: CodecName): string;
  own(schema: SchemaReference): Code;
  /** In the file that is written, what stands for an object with a file of its own. */
  shared(type: ObjectNode, direction: ZodScope["direction"]): Code | undefined;
}

export interface Declarations {
  readonly texts: readonly string[];
  /** For the schemas that come after the declarations. */
  readonly scope: ZodScope;
}

/** Inputs are typed, as the function takes them; a server only checks outputs, so their schemas need no types there. */
export function declareDefinitions(
  root: TypeNode,
  direction: ZodScope["direction"],
  given: DefinitionScope,
): Declarations {
  const names = reachable(root, given.definitions);
  const suffix = direction === "input" ? "Schema" : "Result";
  const constants = new Map(
    names.map((name) => [name, given.module.names.allocate(lowerFirst(toCamelCase(name)), suffix)]),
  );
  const isTyped = direction === "input" || given.side === "client";
  const typed = names.filter((name) => isTyped && !given.definitions[name]?.type.nominal);
  const types = new Map(
    typed.map((name) => [name, given.module.names.allocate(upperFirst(toIdentifier(name)), "Type")]),
  );
  const scopeOf = (reference: ZodScope["reference"]): ZodScope => ({
    direction,
    ...(given.side && { side: given.side }),
    get z() {
      return given.z;
    },
    codec: (name) => given.codec(name),
    own: (schema) => given.own(schema),
    shared: (type) => given.shared(type, direction),
    reference,
  });
  // Inside of the declarations the constants may not be there yet.
  const inner = scopeOf((name) => lazily(constants.get(name) ?? name, given.z));
  const found = names.flatMap((name) => {
    const definition = given.definitions[name];
    return definition ? [{ name, type: definition.type }] : [];
  });
  const nameOf = (reference: string) => types.get(reference) ?? "unknown";
  const declared = found.flatMap(({ name, type }) =>
    types.has(name) ? [declareType(nameOf(name), type, nameOf)] : [],
  );
  const schemas = found.map(({ name, type }) => {
    const head = `const ${constants.get(name) ?? name}: ${given.z}.ZodType${types.has(name) ? `<${nameOf(name)}>` : ""} = `;
    return `${head}${layOut(typeToZod(type, inner), { indent: 0, column: textWidth(head), rest: 1 })};`;
  });
  return {
    texts: [...declared, ...schemas],
    scope: scopeOf((name) => atom(constants.get(name) ?? name, "word")),
  };
}

function lazily(constant: string, z: string): Code {
  return method(atom(z), "lazy", [arrow([], atom(constant, "word"))]);
}

function declareType(name: string, type: TypeNode, nameOf: (reference: string) => string): string {
  if (type.kind === "object") return `interface ${name} ${layOutMembers(type, nameOf, 0)}`;
  const head = `type ${name} = `;
  return `${head}${layOutType(type, nameOf, { indent: 0, column: textWidth(head), rest: 1 })};`;
}

/** In the order in which a reader meets them. */
function reachable(root: TypeNode, definitions: Readonly<Record<string, Definition>>): readonly string[] {
  const found = new Set<string>();
  const visit = (type: TypeNode): void => {
    if (type.kind !== "reference") return childTypes(type).forEach(visit);
    const definition = definitions[type.name];
    if (!definition || found.has(type.name)) return;
    found.add(type.name);
    visit(definition.type);
  };
  visit(root);
  return [...found];
}
