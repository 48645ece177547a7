/** One property of a type → its name and type, with all that its comment says: description, default, examples, constraints. */
import type { ts } from "ts-morph";
import { diagnostic } from "../diagnostics/diagnostic.js";
import type { JsonValue } from "../model/json.js";
import type { Origins } from "../model/origins.js";
import type { Property, TypeNode } from "../model/types.js";
import { compiler } from "./compiler.js";
import { isConstraintTag } from "./constraint-tags.js";
import { applyConstraints, type PlacedTag } from "./constraints.js";
import { report } from "./findings.js";
import { peek, within, type Scope } from "./graph.js";
import { memberComment, type MemberComment } from "./member-docs.js";
import { optionalOrigins, typeOrigin } from "./origins.js";
import { readValue } from "./written-values.js";

export interface MemberType {
  readonly type: ts.Type;
  readonly optional: boolean;
}

export function describeMember(scope: Scope, property: ts.Symbol, { type, optional }: MemberType): Property {
  const { analysis } = scope;
  const name = compiler.unescapeLeadingUnderscores(property.escapedName);
  const place = property.valueDeclaration ?? property.declarations?.[0];
  const inside = within(scope, stepTo(name), { ...(place && { place }), annotation: annotationOf(place) });
  const node = analysis.describe(inside, type);
  const comment = memberComment(analysis, property);
  const constrained = comment ? constrain(inside, node, comment) : node;
  const fields = comment ? commentFields(inside, constrained, comment) : {};
  const origins = analysis.origins === "kept" && { origins: memberOrigins(inside, type, { comment, fields }) };
  return { name, type: constrained, optional, ...fields, ...origins };
}

interface Said {
  readonly comment: MemberComment | undefined;
  readonly fields: CommentFields;
}

/** A member that is declared nowhere, such as one of a `Record`, has the origins of what it is a member of. */
function memberOrigins({ analysis, place, annotation }: Scope, type: ts.Type, { comment, fields }: Said): Origins {
  const tagged = (...names: readonly string[]) => comment?.tags.find(({ name }) => names.includes(name))?.origin;
  const deprecated = tagged("deprecated");
  const described = comment?.origin ?? deprecated;
  const initial = tagged("default", "defaultValue");
  const example = tagged("example");
  return {
    ...(place && { type: typeOrigin(analysis, { type, annotation, place }), ...optionalOrigins(analysis, place) }),
    ...(fields.description !== undefined && described && { description: described }),
    ...(fields.default !== undefined && initial && { default: initial }),
    ...(fields.examples && example && { examples: example }),
    ...(fields.deprecated && deprecated && { deprecated }),
  };
}

function stepTo(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}

function annotationOf(place: ts.Declaration | undefined): ts.TypeNode | undefined {
  const isTyped =
    place &&
    (compiler.isPropertySignature(place) || compiler.isPropertyDeclaration(place) || compiler.isParameter(place));
  return isTyped ? place.type : undefined;
}

/** Tags in a package's declarations may follow other rules than ours: there they count only where they make sense. */
function constrain(scope: Scope, node: TypeNode, { tags, isOwn }: MemberComment): TypeNode {
  const constraints = tags.filter(({ name }) => isConstraintTag(name));
  if (constraints.length === 0) return node;
  const { type, diagnostics } = applyConstraints(peek(scope.analysis, node), constraints);
  if (isOwn) for (const each of diagnostics) report(scope, each);
  return type;
}

type CommentFields = Pick<Property, "description" | "default" | "examples" | "deprecated">;

function commentFields(scope: Scope, type: TypeNode, { text, tags, isOwn }: MemberComment): CommentFields {
  const lookUp = (node: TypeNode): TypeNode => peek(scope.analysis, node);
  const fallback = defaultValue(scope, type, { tags, isOwn });
  const examples = tags.flatMap((tag) => {
    const read = tag.name === "example" ? readValue(tag.text, type, lookUp) : undefined;
    return read?.kind === "value" ? [read.value] : [];
  });
  const deprecated = tags.find(({ name }) => name === "deprecated");
  const reason = deprecated && deprecated.text !== "" ? `Deprecated: ${deprecated.text}` : "";
  const description = [text, reason].filter((part) => part !== "").join("\n\n");
  return {
    ...(description !== "" && { description }),
    ...(fallback !== undefined && { default: fallback }),
    ...(examples.length > 0 && { examples }),
    ...(deprecated && { deprecated: true as const }),
  };
}

function defaultValue(
  scope: Scope,
  type: TypeNode,
  { tags, isOwn }: Pick<MemberComment, "tags" | "isOwn">,
): JsonValue | undefined {
  const tag = tags.find(({ name }) => name === "default" || name === "defaultValue");
  const read = tag && readValue(tag.text, type, (node) => peek(scope.analysis, node));
  if (tag && isOwn && read?.kind === "misfit") report(scope, defaultMisfit(tag));
  return read?.kind === "value" ? read.value : undefined;
}

function defaultMisfit({ text, span }: PlacedTag): ReturnType<typeof diagnostic> {
  const [line = ""] = text.split("\n");
  return diagnostic("MG311", `the default \`${line.slice(0, 40)}\` does not fit the type`, { span });
}
