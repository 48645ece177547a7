/** The functions that one unresolved name takes along: the cause is told once, with all of them. */
import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import type { FunctionModel, Servable } from "../../model/api.js";

export function nameVictims(functions: readonly FunctionModel[]): FunctionModel[] {
  const victims = new Map<string, Set<string>>();
  for (const { name, parameters, result } of functions) {
    for (const found of [...parameters.map(({ type }) => type), result].flatMap(unresolvedIn)) {
      const key = placeOf(found);
      victims.set(key, (victims.get(key) ?? new Set()).add(name));
    }
  }
  const named = (type: Servable): Servable =>
    type.kind === "servable"
      ? type
      : { ...type, diagnostics: type.diagnostics.map((found) => withVictims(found, victims.get(placeOf(found)))) };
  return functions.map((each) => ({
    ...each,
    parameters: each.parameters.map((parameter) => ({ ...parameter, type: named(parameter.type) })),
    result: named(each.result),
  }));
}

function unresolvedIn(type: Servable): readonly Diagnostic[] {
  return type.kind === "unservable" ? type.diagnostics.filter(({ code }) => code === "MG110") : [];
}

function placeOf({ code, span }: Diagnostic): string {
  return JSON.stringify([code, span]);
}

/** A function alone is where its error stands. */
function withVictims(found: Diagnostic, victims: ReadonlySet<string> = new Set()): Diagnostic {
  if (found.code !== "MG110" || victims.size < 2) return found;
  const names = [...victims];
  const shown = names.slice(0, 6).map((name) => `\`${name}\``);
  const more = names.length > shown.length ? ` and ${String(names.length - shown.length)} more` : "";
  return { ...found, notes: [...found.notes, { message: `not served without it: ${shown.join(", ")}${more}` }] };
}
