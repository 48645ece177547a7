/**
 * The members of a union that JSON cannot carry, as the `Headers` of `Record<string, string> | Headers`: arguments go without
 * them, since what is narrower still fits. A result can be any of them, so it stays what JSON cannot carry. What only a
 * result can carry, such as a `Decimal` with `toJSON`, stays in results.
 */
import type { ts } from "ts-morph";
import type { Direction, TypeNode } from "../../model/types.js";
import type { Scope } from "../checker/analysis.js";
import { keepFound, limitTo, lossIn, type Found } from "../problems/losses.js";

export interface Alternative {
  readonly node: TypeNode;
  /** No argument is of it. */
  readonly only?: Extract<Direction, "output">;
}

/** A member of the checker's union, and what was found in it. */
export interface DescribedAlternative extends Found {
  readonly type: ts.Type;
  readonly value: readonly Alternative[];
}

/** All of them where nothing would remain. */
export function keepAlternatives(scope: Scope, all: readonly DescribedAlternative[]): readonly Alternative[] {
  const described = all.map((each) => (isEmpty(each) && !all.every(isEmpty) ? withoutFound(each) : each));
  const lost = described.filter((each) => lossIn("input", each));
  if (lost.length === 0 || lost.length === described.length) return described.flatMap((each) => keep(scope, each));
  const { analysis, shape, path, place } = scope;
  const texts = lost.map(({ type }) => analysis.checker.typeToString(type));
  shape.findings.push({ kind: "alternatives", path, place, texts, of: "input" });
  return described.flatMap((each) => {
    if (!lost.includes(each)) return keep(scope, each);
    const loss = lossIn("output", each);
    if (!loss) return keep(scope, ofResults(each));
    shape.findings.push({ ...loss, of: "output" });
    return [];
  });
}

/** The `{ kind: undefined }` of several: an object without members is how a client says so. */
function isEmpty(described: DescribedAlternative): boolean {
  return lossIn("input", described)?.isEmpty === true;
}

function withoutFound(described: DescribedAlternative): DescribedAlternative {
  return { ...described, findings: [], edges: [] };
}

function keep(scope: Scope, described: DescribedAlternative): readonly Alternative[] {
  keepFound(scope, described);
  return described.value;
}

function ofResults(described: DescribedAlternative): DescribedAlternative {
  const value = described.value.map(({ node }) => ({ node, only: "output" as const }));
  return { ...described, ...limitTo("output", described), value };
}
