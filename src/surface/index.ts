/** Two surfaces → what changed for those who use the server, by what schemas accept and not by how they are written. */
import type { ServedPlan, ServerPlan } from "../model/plan.js";
import type { Span } from "../model/span.js";
import { joinSurface, sameEnds, splitSurface, type SurfaceText } from "../model/project/surface-text.js";
import { compareText } from "../model/text.js";
import { changeKinds, type PartChange, type PlacedChange, type Subject, type SurfaceChange } from "./change.js";
import { compareListed } from "./entries.js";
import { readListed, type Listed } from "./listed.js";
import { findRenames } from "./renames.js";

/** Of the texts of two `surface.json`; undefined where one of them is none. */
export function compareSurfaces(before: string, after: string): readonly SurfaceChange[] | undefined {
  const [old, now] = withoutSame(before, after).map(readListed);
  if (!old || !now) return undefined;
  const keyOf = ({ subject }: Listed) => `${subject.kind} ${subject.name}`;
  const [known, served] = [
    new Map(old.map((each) => [keyOf(each), each])),
    new Map(now.map((each) => [keyOf(each), each])),
  ];
  const removed = old.filter((each) => !served.has(keyOf(each)));
  const added = now.filter((each) => !known.has(keyOf(each)));
  const changed = now.flatMap((after) => {
    const before = known.get(keyOf(after));
    return before ? compareListed({ before, after }).map(of(after.subject)) : [];
  });
  const renamed = new Map(findRenames(removed, added).map(({ from, to }) => [from, to]));
  return [...removed.map((each) => tellRemoved(each, renamed.get(each))), ...added.map(tellAdded), ...changed].sort(
    inOrder,
  );
}

/** Tools that are word for word the same are not read at all. */
function withoutSame(before: string, after: string): readonly [string, string] {
  const [old, now] = [splitSurface(before), splitSurface(after)];
  if (!old || !now) return [before, after];
  const { start, end } = sameEnds(old.tools, now.tools);
  const between = ({ tools }: SurfaceText): readonly string[] => tools.slice(start, tools.length - end);
  const [gone, come] = [between(old), between(now)];
  const [known, served] = [new Set(gone), new Set(come)];
  return [
    joinSurface({ ...old, tools: gone.filter((tool) => !served.has(tool)) }),
    joinSurface({ ...now, tools: come.filter((tool) => !known.has(tool)) }),
  ];
}

/** With the place of the function that each is about. */
export function placeChanges(changes: readonly SurfaceChange[], plan: ServerPlan): readonly PlacedChange[] {
  const { tools, resources, prompts, completions } = plan;
  const served: Readonly<Record<Subject["kind"], readonly ServedPlan[]>> = {
    tool: tools,
    resource: resources,
    prompt: prompts,
    completion: completions,
  };
  const spanOf = ({ subject, renamedTo }: SurfaceChange): Span | undefined =>
    served[subject.kind].find(({ name }) => name === (renamedTo ?? subject.name))?.span;
  return changes.map((change) => {
    const span = spanOf(change);
    return span ? { ...change, span } : change;
  });
}

function of(subject: Subject): (change: PartChange) => SurfaceChange {
  return (change) => ({ ...change, subject });
}

/** Nobody waits for a completion that is gone: it proposes what may be typed all the same. */
function tellRemoved({ subject, entry }: Listed, renamed: Listed | undefined): SurfaceChange {
  const kind = subject.kind === "completion" ? "compatible" : "removed";
  const whole = { kind, subject, part: "whole", path: "", old: entry } as const;
  if (!renamed || kind === "compatible") return { ...whole, what: "is gone" };
  const { name } = renamed.subject;
  const help = `keep the old name with \`@name ${subject.name}\``;
  return { ...whole, what: `is renamed: the same is served as \`${name}\``, renamedTo: name, help };
}

function tellAdded({ subject, entry }: Listed): SurfaceChange {
  const kind = subject.kind === "completion" ? "compatible" : "added";
  return { kind, subject, part: "whole", path: "", what: "is new", new: entry };
}

/** The gravest first, then by name, by code units; what changed of one thing stays in its order. */
function inOrder(a: SurfaceChange, b: SurfaceChange): number {
  return (
    changeKinds.indexOf(a.kind) - changeKinds.indexOf(b.kind) ||
    compareText(a.subject.kind, b.subject.kind) ||
    compareText(a.subject.name, b.subject.name)
  );
}
