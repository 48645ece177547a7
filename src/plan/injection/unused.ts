/** Providers and sets of them that no tool needs. */
import { diagnostic, type Diagnostic } from "../../diagnostics/diagnostic.js";
import type { SetModel } from "../../model/api.js";
import { referenceId } from "../../model/keys.js";
import type { DependencyPlan } from "../../model/plan.js";
import type { Offers } from "./offers.js";

export interface Usage {
  readonly offers: Offers;
  readonly sets: readonly SetModel[];
  readonly entries: readonly DependencyPlan[];
}

/** A set is used if one of its providers is; a provider in no set, if a tool needs it. */
export function findUnused({ offers, sets, entries }: Usage): readonly Diagnostic[] {
  const used = new Set(entries.map(({ source }) => referenceId(source.reference)));
  const listed = new Set(sets.flatMap(({ members }) => members.map(referenceId)));
  const leftOver = sets.filter(
    ({ members }) => members.length > 0 && !members.some((member) => used.has(referenceId(member))),
  );
  const unused = offers.providers.filter(
    ({ reference, refused, implied }) =>
      !refused && !implied && !used.has(referenceId(reference)) && !listed.has(referenceId(reference)),
  );
  return [
    ...leftOver.map(({ name, span }) =>
      diagnostic("MG224", `no tool needs a provider of the set \`${name}\``, { span }),
    ),
    ...unused.map(({ name, span }) => diagnostic("MG220", `provider \`${name}\` is never used`, { span })),
  ];
}
