/**
 * Optional members that JSON cannot carry (`{ timeout?: number; signal?: AbortSignal }`) are left out, and the others served.
 * What only a result can carry (`{ total?: Decimal }`) is left out of arguments alone, and what only an argument can of results.
 * A type of which nothing would remain is none of options: it stays what JSON cannot carry.
 */
import type { Direction, Property } from "../../model/types.js";
import type { Scope } from "../checker/analysis.js";
import { keepFound, limitTo, lossIn, type Found, type Loss } from "../problems/losses.js";

/** A property, and what was found in it. */
export interface Described extends Found {
  readonly members: readonly Property[];
  readonly optional: boolean;
  /** An `AbortSignal`, which the server puts in where it can. */
  readonly isSignal: boolean;
}

export function leaveOut(scope: Scope, all: readonly Described[]): Property[] {
  const described = all.some(({ isSignal, members }) => !isSignal && members.length > 0) ? all.map(withoutSignal) : all;
  const lost = { input: lossesIn("input", described), output: lossesIn("output", described) };
  return described.flatMap((each) => {
    const [input, output] = [lost.input.get(each), lost.output.get(each)];
    const loss = output ?? input;
    if (!loss) return keepMember(scope, each);
    const { path, place, reason } = loss;
    const finding = { kind: "leftOut" as const, path, place, reason };
    const isBoth = input !== undefined && output !== undefined;
    scope.shape.findings.push(isBoth ? finding : { ...finding, of: input ? "input" : "output" });
    return isBoth ? [] : keepMember(scope, memberOf(input ? "output" : "input", each));
  });
}

/** One that has to be there is in the way of those alone who get none. */
function withoutSignal(each: Described): Described {
  const loss = each.isSignal && !each.optional ? lossIn("input", each) : undefined;
  return loss ? { ...each, findings: [{ ...loss, isSignal: true }], edges: [], members: [] } : each;
}

/** Of optional members, as long as another member remains. */
function lossesIn(direction: Direction, described: readonly Described[]): ReadonlyMap<Described, Loss> {
  const losses = described.flatMap((each) => {
    const loss = each.optional ? lossIn(direction, each) : undefined;
    return loss ? [[each, loss] as const] : [];
  });
  const lost = new Map(losses);
  return described.some((each) => each.members.length > 0 && !lost.has(each)) ? lost : new Map();
}

function keepMember(scope: Scope, described: Described): readonly Property[] {
  keepFound(scope, described);
  return described.members;
}

function memberOf(direction: Direction, described: Described): Described {
  const members = described.members.map((member) => ({ ...member, only: direction }));
  return { ...described, ...limitTo(direction, described), members };
}
