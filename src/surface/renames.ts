/** Which of what is gone is still there under another name: the same, or nearly the same, is taken and given. */
import { compareListed } from "./entries.js";
import type { Listed } from "./listed.js";
import { placesOf } from "./places.js";
import { isSame } from "./schema-node.js";

export interface Rename {
  readonly from: Listed;
  readonly to: Listed;
}

/** From which on two are taken for one, of 1. */
const enough = 0.6;

/** The most alike first; each is renamed once. */
export function findRenames(removed: readonly Listed[], added: readonly Listed[]): readonly Rename[] {
  const pairs = removed.flatMap((from) => added.map((to) => ({ from, to, likeness: likenessOf(from, to) })));
  const ordered = pairs.filter(({ likeness }) => likeness >= enough).toSorted((a, b) => b.likeness - a.likeness);
  const taken = new Set<Listed>();
  return ordered.filter(({ from, to }) => {
    if (taken.has(from) || taken.has(to)) return false;
    taken.add(from).add(to);
    return true;
  });
}

/**
 * Parts that both have, of all parts that one of them has. What takes and gives hardly anything is like any other that
 * does: there the description has to be the same as well.
 */
function likenessOf(from: Listed, to: Listed): number {
  if (from.subject.kind !== to.subject.kind) return 0;
  const address = ({ entry }: Listed) => entry["uri"] ?? entry["uriTemplate"];
  if (from.subject.kind === "resource") return isSame(address(from), address(to)) ? 1 : 0;
  const isDescribedAlike = isSame(from.entry["description"], to.entry["description"]);
  const [ours, theirs] = [featuresOf(from), featuresOf(to)];
  const shared = [...ours].filter((feature) => theirs.has(feature)).length;
  const sharesWord = wordsOf(from).some((word) => wordsOf(to).includes(word));
  if (shared < 2 && !isDescribedAlike && !sharesWord) return 0;
  if (compareListed({ before: from, after: to }).every(({ kind }) => kind === "cosmetic"))
    return shared > 0 || isDescribedAlike ? 1 + (isDescribedAlike ? 1 : 0) : 0;
  const all = new Set([...ours, ...theirs]).size;
  return isDescribedAlike || sharesWord ? shared / all : 0;
}

/** Each place of what is taken and given, with its type. */
function featuresOf({ input, output }: Listed): ReadonlySet<string> {
  const parts = [
    { part: "takes", schema: input },
    { part: "gives", schema: output ?? {} },
  ];
  const features = parts.flatMap(({ part, schema }) =>
    [...placesOf(schema)]
      .filter(([path]) => path !== "")
      .map(([path, said]) => `${part} ${path} ${JSON.stringify(said.map((each) => each["type"] ?? null))}`),
  );
  return new Set(features);
}

/** `findOrder` and `order_find` share both of their words. */
function wordsOf({ subject }: Listed): readonly string[] {
  return subject.name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
}
