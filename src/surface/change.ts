/** What one surface says that another did not, and what follows from it for the next version. */
import type { JsonValue } from "../model/json.js";
import type { Span } from "../model/span.js";

/** `breaking`: what a client did, or was ready for, is not enough any more. `cosmetic`: only people and models read it. */
export type ChangeKind = "added" | "removed" | "breaking" | "compatible" | "cosmetic";

export const changeKinds: readonly ChangeKind[] = ["removed", "breaking", "added", "compatible", "cosmetic"];

export type SubjectKind = "tool" | "resource" | "prompt" | "completion";

export interface Subject {
  readonly kind: SubjectKind;
  readonly name: string;
}

/** What of the subject: the whole of it, an argument, a member of the result, or one of its other fields. */
export type ChangedPart = "whole" | "argument" | "result" | "annotation" | "text" | "icons" | "uri" | "mimeType";

/** A change of a part, before it is known of which subject. */
export interface PartChange {
  readonly kind: ChangeKind;
  readonly part: ChangedPart;
  /** `items[].sku`; empty for the part as a whole. */
  readonly path: string;
  /** Completes a sentence that begins with the subject and the path: "is required now". */
  readonly what: string;
  readonly old?: JsonValue;
  readonly new?: JsonValue;
}

export interface SurfaceChange extends PartChange {
  readonly subject: Subject;
  /** Of what was removed: the name under which the same is served now. */
  readonly renamedTo?: string;
  readonly help?: string;
}

/** With the function that brought it about; what is gone has none. */
export interface PlacedChange extends SurfaceChange {
  readonly span?: Span;
}

/** What a build or a comparison must not find. Whatever is removed is breaking too. */
export type FailOn = "breaking" | "removed" | "any";

export const failOns: readonly FailOn[] = ["breaking", "removed", "any"];

export type SemverStep = "major" | "minor" | "patch" | "none";

const refused: Readonly<Record<FailOn, readonly ChangeKind[]>> = {
  breaking: ["breaking", "removed"],
  removed: ["removed"],
  any: changeKinds,
};

export function refusedBy<Found extends PartChange>(failOn: FailOn, changes: readonly Found[]): readonly Found[] {
  return changes.filter(({ kind }) => refused[failOn].includes(kind));
}

export function suggestStep(changes: readonly PartChange[]): SemverStep {
  const has = (...kinds: readonly ChangeKind[]) => changes.some(({ kind }) => kinds.includes(kind));
  if (has("removed", "breaking")) return "major";
  if (has("added", "compatible")) return "minor";
  return has("cosmetic") ? "patch" : "none";
}

/** "argument `b` of tool `add` is required now". */
export function tellChange({ subject, part, path, what }: SurfaceChange): string {
  const whole = `${subject.kind} \`${subject.name}\``;
  if (part === "argument") return `${path === "" ? "the input" : `argument \`${path}\``} of ${whole} ${what}`;
  if (part === "result") return `${path === "" ? "the result" : `\`${path}\` in the result`} of ${whole} ${what}`;
  return `${whole} ${what}`;
}
