/** A type → the functions of a check, one for each type that is taken apart, and the constants that they compare with. */
import type { Definition } from "../model/api.js";
import type { TypeNode } from "../model/types.js";
import { renderBody, type CheckScope } from "./check-body.js";
import type { CheckFile } from "./check-scalars.js";
import type { Module } from "./module.js";
import { toCamelCase } from "./names.js";

export interface CheckFunctions {
  /** Statements. */
  readonly constants: readonly string[];
  /** The exported one first, the others in the order in which a reader meets them. */
  readonly functions: readonly string[];
}

export interface CheckParts {
  readonly module: Module;
  readonly definitions: Readonly<Record<string, Definition>>;
}

export function renderFunctions(exported: string, root: TypeNode, { module, definitions }: CheckParts): CheckFunctions {
  const { file, statements } = createCheckFile(module);
  const functions: string[] = [];
  const pending: (() => void)[] = [];
  const names = new Map<string, string>();
  // Types that are alike share a function; it is written after the one that asks for it.
  const declare = (key: string, hint: string, type: TypeNode): string => {
    const known = names.get(key);
    if (known !== undefined) return known;
    const name = module.names.allocate(`accept${hint.slice(0, 1).toUpperCase()}${hint.slice(1)}`, "");
    names.set(key, name);
    pending.push(() => functions.push(renderBody(`function ${name}`, type, { ...scope, hint })));
    return name;
  };
  const scope: Omit<CheckScope, "hint"> = {
    file,
    declare: (hint, type) => declare(JSON.stringify(type), hint, type),
    reference: (name) => declare(name, toCamelCase(name), definitions[name]?.type ?? { kind: "unknown" }),
  };
  functions.push(renderBody(`export function ${exported}`, root, { ...scope, hint: "argument" }));
  for (let next = pending.shift(); next; next = pending.shift()) next();
  return { constants: statements, functions };
}

function createCheckFile(module: Module): { readonly file: CheckFile; readonly statements: readonly string[] } {
  const constants = new Map<string, string>();
  const statements: string[] = [];
  const file: CheckFile = {
    runtime: (name) => module.use({ from: "../runtime/arguments/accept.js", name }),
    constant(preferred, text) {
      const key = text(0);
      const known = constants.get(key);
      if (known !== undefined) return known;
      const name = module.names.allocate(preferred, "");
      constants.set(key, name);
      statements.push(`const ${name} = ${text(`const ${name} = `.length)};`);
      return name;
    },
  };
  return { file, statements };
}
