/** `@readonly`, `@idempotent`, `@destructive`, `@openWorld`, and what the body shows → MCP's tool annotations. */
import { diagnostic, type Diagnostic } from "../../diagnostics/diagnostic.js";
import type { Docs, FunctionModel } from "../../model/api.js";
import { changesNothing, type Effect } from "../../model/effects.js";
import type { StepPlan } from "../../model/filled.js";
import type { Annotations } from "../../model/plan.js";
import { succeed, type Result } from "../../model/result.js";
import { findTag, flagValue } from "../surface/check-tags.js";

/**
 * Only what is known is set: a hint that is absent is the client's to assume. A tag comes before what the body shows,
 * which is what the function does itself and what the tools do that it takes or calls.
 */
export function planAnnotations(
  { docs, effects }: FunctionModel,
  steps: readonly Pick<StepPlan, "hints">[],
): Result<Annotations> {
  const destructive = flag(docs, "destructive");
  const tagged = flag(docs, "readonly");
  const changes = destructive === true || findTag(docs, "invalidates") !== undefined;
  const readonly =
    tagged ??
    (!changes && changesNothing(effects) && steps.every(({ hints }) => hints.readOnlyHint) ? true : undefined);
  const idempotent = flag(docs, "idempotent");
  const openWorld = flag(docs, "openWorld") ?? leavesServer(effects, steps);
  // What changes nothing destroys nothing, and what destroys changes something: clients ask for both hints.
  const readOnlyHint = readonly ?? (destructive === true ? false : undefined);
  const destructiveHint = destructive ?? (readonly === true ? false : undefined);
  return succeed(
    {
      ...(readOnlyHint !== undefined && { readOnlyHint }),
      ...(destructiveHint !== undefined && { destructiveHint }),
      ...(idempotent !== undefined && { idempotentHint: idempotent }),
      ...(openWorld !== undefined && { openWorldHint: openWorld }),
    },
    tagged === true ? contradictions(docs, { destructive, idempotent }) : [],
  );
}

/** Undefined where that cannot be seen. */
function leavesServer(effects: readonly Effect[], steps: readonly Pick<StepPlan, "hints">[]): boolean | undefined {
  const hints = steps.map((step) => step.hints.openWorldHint);
  if (effects.some(({ kind }) => kind === "network") || hints.includes(true)) return true;
  return effects.some(({ kind }) => kind === "unknown") || hints.includes(undefined) ? undefined : false;
}

function flag(docs: Docs, name: string): boolean | undefined {
  const tag = findTag(docs, name);
  return tag && flagValue(tag);
}

/** A tool that changes nothing is never destructive, and calling it twice is calling it once. */
function contradictions(
  docs: Docs,
  given: { destructive: boolean | undefined; idempotent: boolean | undefined },
): readonly Diagnostic[] {
  const wrong = given.destructive === true ? "destructive" : given.idempotent === false ? "idempotent" : undefined;
  const tag = wrong && findTag(docs, wrong);
  if (!tag) return [];
  const written = tag.text.trim() === "" ? `@${tag.name}` : `@${tag.name} ${tag.text.trim()}`;
  const notes = docs.tags
    .filter((other) => other.name === "readonly")
    .map((other) => ({ message: "`@readonly` is given here", span: other.span }));
  return [diagnostic("MG403", `\`${written}\` contradicts \`@readonly\``, { span: tag.span, notes })];
}
