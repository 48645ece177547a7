/** Places in the source → the origins of what is said there; nothing where the analysis keeps none. */
import type { ts } from "ts-morph";
import type { Origin, Origins } from "../../model/origins.js";
import type { Span } from "../../model/span.js";
import { compiler } from "../checker/compiler.js";
import type { PlacedTag } from "../constraints/constraints.js";
import type { Analysis } from "../checker/analysis.js";

export interface TypePlace {
  readonly type: ts.Type;
  /** As it is written. */
  readonly annotation: ts.TypeNode | undefined;
  /** What has the type. */
  readonly place: ts.Node;
}

export function typeOrigin({ sources, checker }: Analysis, { type, annotation, place }: TypePlace): Origin {
  const written = annotation && checker.getTypeFromTypeNode(annotation);
  // What is written at a member of a generic or mapped type is not what it has become.
  if (annotation && written && checker.getNonNullableType(written) === checker.getNonNullableType(type))
    return { kind: "type", text: oneLine(annotation.getText()), span: sources.spanOf(annotation) };
  return { kind: "inferred", text: oneLine(checker.typeToString(type)), span: sources.spanOf(annotation ?? place) };
}

/** A tag whose text may be long is known by its name and first word: `@param city`. */
export function tagOrigin({ name, text, span }: Pick<PlacedTag, "name" | "text" | "span">): Origin {
  return { kind: "tag", text: oneLine(`@${name} ${text}`), span };
}

/** Each tag with its own origin, for the constraint that it may give. */
export function withOrigins(analysis: Analysis, tags: readonly PlacedTag[]): readonly PlacedTag[] {
  return analysis.origins === "dropped" ? tags : tags.map((tag) => ({ ...tag, origin: tagOrigin(tag) }));
}

export function commentOrigin(span: Span): Origin {
  return { kind: "comment", text: "comment", span };
}

export function defaultOrigin({ sources }: Analysis, initializer: ts.Expression): Origin {
  return { kind: "default", text: oneLine(`= ${initializer.getText()}`), span: sources.spanOf(initializer) };
}

/** Of what may be left out because of its `?`. */
export function optionalOrigins({ sources }: Analysis, place: ts.Node): Origins {
  const marked =
    compiler.isPropertySignature(place) || compiler.isPropertyDeclaration(place) || compiler.isParameter(place);
  if (!marked || !place.questionToken) return {};
  return {
    optional: { kind: "optional", text: `${place.name.getText()}?`, span: sources.spanOf(place.questionToken) },
  };
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
