/** Where a message about a part of a function points. */
import type { ts } from "ts-morph";
import type { Analysis } from "../checker/analysis.js";

/**
 * The first that is there. What a package declares says nothing of which function it is about, so that a function of the
 * project's own has its messages in the project.
 */
export function pointTo({ sources }: Analysis, parts: readonly (ts.Node | undefined)[], place: ts.Node): ts.Node {
  const isOwn = (node: ts.Node) => sources.originOf(node.getSourceFile()).kind === "project";
  const isPlaceOwn = isOwn(place);
  return parts.find((part) => part !== undefined && (isOwn(part) || !isPlaceOwn)) ?? place;
}
