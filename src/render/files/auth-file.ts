/** The scopes of all that is served → generated/auth.ts: what the HTTP side knows before any of it is loaded. */
import type { ServedPlan, ServerPlan } from "../../model/plan.js";
import { array, atom, call, object, type Code } from "../code/code.js";
import { layOut } from "../code/layout.js";
import { propertyKey, stringLiteral } from "../code/text.js";
import { fillFrame } from "../frames/frames.js";

export function renderAuth({ tools, resources, prompts }: ServerPlan): string {
  const put = (code: Code, field: string): string =>
    layOut(code, { indent: 2, column: `  ${field}: `.length, rest: 1 });
  return fillFrame("auth.ts", {
    scopes: put(scopesByName(tools), "scopes"),
    prompts: prompts.some(needsScopes) ? put(scopesByName(prompts), "prompts") : "",
    resources: resources.some(needsScopes) ? put(call("scopesByUri", [listByUri(resources)]), "resources") : "",
  });
}

function needsScopes({ scopes }: ServedPlan): boolean {
  return scopes.length > 0;
}

function scopesByName(served: readonly ServedPlan[]): Code {
  return object(
    served.filter(needsScopes).map(({ name, scopes }) => ({
      key: propertyKey(name),
      value: array(scopeLiterals(scopes)),
    })),
  );
}

/** Those without scopes too: one of them may fit a URI better. */
function listByUri(resources: ServerPlan["resources"]): Code {
  return array(
    resources.map(({ name, uri, scopes }) =>
      object([
        { key: "name", value: atom(stringLiteral(name), "string") },
        { key: "uri", value: atom(stringLiteral(uri), "string") },
        { key: "scopes", value: array(scopeLiterals(scopes)) },
      ]),
    ),
  );
}

export function scopeLiterals(scopes: readonly string[]): readonly Code[] {
  return scopes.map((scope) => atom(stringLiteral(scope), "string"));
}
