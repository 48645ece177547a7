/** Every policy's tag, a row each, and what the stages derive from the rows. */
import type { PolicyLayer } from "../../model/plan.js";
import { failures } from "./failures.js";
import { forms } from "./forms.js";
import { load } from "./load.js";
import type { LayerRow, PolicyRow, TagGrammar, ValueKind } from "./policy.js";
import { results } from "./results.js";

const own = { ...results, ...failures, ...load, ...forms };

export type PolicyTagName = keyof typeof own;

/** What a row demands is told by one of these codes. */
export type DemandCode = (typeof own)[PolicyTagName]["demands"][number]["code"];

interface Row extends PolicyRow {
  readonly demands: readonly (PolicyRow["demands"][number] & { readonly code: DemandCode })[];
}

export const policyRows: Readonly<Record<PolicyTagName, Row>> = own;

export const policyTagNames = Object.keys(own) as readonly PolicyTagName[];

export function isPolicyTag(name: string): name is PolicyTagName {
  return Object.hasOwn(own, name);
}

/** What is wrapped around calls, the outermost first; the runtime has a function of each kind. */
export const policyLayers: readonly (LayerRow & PolicyLayer)[] = policyTagNames
  .flatMap((tag) => policyRows[tag].layers.map((layer) => ({ ...layer, tag })))
  .toSorted((a, b) => a.place - b.place);

/** What mcpgen.json can set: all but what tools are called, as it finds them by that. */
export function sizesOf({ keys }: TagGrammar): Readonly<Record<string, ValueKind>> {
  return Object.fromEntries(Object.entries(keys).filter(([, { kind }]) => kind !== "toolName"));
}
