/** The scopes of all tools → generated/auth.ts: what the HTTP side knows before any tool is loaded. */
import type { ToolPlan } from "../../model/plan.js";
import { array, atom, object, type Code } from "../code/code.js";
import { layOut } from "../code/layout.js";
import { propertyKey, stringLiteral } from "../code/text.js";
import { fillFrame } from "../frames/frames.js";

export function renderAuth(tools: readonly ToolPlan[]): string {
  const entries = tools.flatMap(({ name, scopes }) =>
    scopes.length === 0 ? [] : [{ key: propertyKey(name), value: array(scopeLiterals(scopes)) }],
  );
  return fillFrame("auth.ts", {
    scopes: layOut(object(entries), { indent: 2, column: "  scopes: ".length, rest: 1 }),
  });
}

export function scopeLiterals(scopes: readonly string[]): readonly Code[] {
  return scopes.map((scope) => atom(stringLiteral(scope), "string"));
}
