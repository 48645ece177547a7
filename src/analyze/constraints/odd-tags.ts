/** A tag that constrains nothing → what is told of it, should it be a slip of a tag, or one that belongs elsewhere. */
import { diagnostic, type Diagnostic } from "../../diagnostics/diagnostic.js";
import { closest } from "../../diagnostics/suggest.js";
import { boundOf, isBound, missingOf } from "../../language/foreign-tags.js";
import { constraintOfTag, type ConstraintKind } from "../../language/constraints.js";
import { isCommon, isMisplaced, isWord, placeOf, wordsAt } from "../../language/places.js";
import { tagRow } from "../../language/tags.js";
import type { Span } from "../../model/span.js";

/** Where the comment stands; a `text` is that of a `@param`, in which only constraints mean something. */
export type OddPlace = "member" | "type" | "text";

export interface NamedTag {
  readonly name: string;
  readonly text: string;
  /** In braces, as no tool for documentation has it. */
  readonly isInline?: true;
}

/** What a word was probably meant to be; undefined of one that is known. */
export function meantTag(name: string): string | undefined {
  return isWord(name) ? undefined : closest(name, wordsAt("member"));
}

/** What is to be told, though it constrains nothing. */
export function isOdd(tag: NamedTag, place: OddPlace): boolean {
  const { name, isInline } = tag;
  if (isBound(tag) || missingOf(tag)) return true;
  if (constraintOfTag(name) || (isCommon(name) && !isInline)) return false;
  if (place === "text") return tagRow(name) !== undefined || meantTag(name) !== undefined;
  return isMisplaced(name, place) || meantTag(name) !== undefined;
}

type Placed = NamedTag & { readonly span: Span };

/** For tags that are odd where they stand; `kinds` are those of the type. */
export function tellOdd(tag: Placed, kinds: readonly ConstraintKind[] = []): Diagnostic {
  const { name, span } = tag;
  const missing = missingOf(tag);
  if (missing) {
    const { reason, help } = missing;
    return diagnostic("MG480", `\`@${name}\` has no effect: ${reason}`, { span, help });
  }
  const [kind] = kinds;
  if (isBound(tag) && !kind) {
    const help = "move it to a member or a parameter, or remove it";
    return diagnostic("MG480", `\`@${name}\` has no effect here: it is for numbers`, { span, help });
  }
  const meant = (kind && boundOf(name, kind)) ?? meantTag(name);
  if (meant === undefined) {
    const place = placeOf(name);
    const help = `move it above ${place}, or remove it`;
    return diagnostic("MG480", `\`@${name}\` has no effect here: it is for ${place}`, { span, help });
  }
  const noun = constraintOfTag(meant) ? "constraint" : "tag";
  const message = `\`@${name}\` is not a ${noun}; did you mean \`@${meant}\`?`;
  return diagnostic("MG401", message, { span, help: `write \`@${meant}\`` });
}
