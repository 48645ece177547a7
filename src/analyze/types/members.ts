/** One property of a type → its name and type, with all that its comment says: description, default, examples, constraints. */
import type { ts } from "ts-morph";
import { diagnostic } from "../../diagnostics/diagnostic.js";
import type { JsonValue } from "../../model/json.js";
import type { Origins } from "../../model/origins.js";
import type { Property, TypeNode } from "../../model/types.js";
import { aliasText } from "./aliases.js";
import { valueOf } from "../checker/annotations.js";
import { compiler } from "../checker/compiler.js";
import { isConstraintTag } from "../constraints/constraint-tags.js";
import { applyConstraints, type PlacedTag } from "../constraints/constraints.js";
import { isOdd } from "../constraints/odd-tags.js";
import { report } from "../checker/findings.js";
import { peek, within, type Scope } from "../checker/analysis.js";
import { memberComment, type MemberComment } from "../comments/member-docs.js";
import { optionalOrigins, typeOrigin } from "../comments/origins.js";
import { valueOfName } from "../checker/written-names.js";
import { readDefault, readList, readValue } from "../comments/written-values.js";

export interface MemberType {
  readonly type: ts.Type;
  readonly optional: boolean;
}

export function describeMember(scope: Scope, property: ts.Symbol, { type, optional }: MemberType): Property {
  const { analysis } = scope;
  const name = compiler.unescapeLeadingUnderscores(property.escapedName);
  const place = property.valueDeclaration ?? property.declarations?.[0];
  const inside = within(scope, stepTo(name), {
    ...(place && { place }),
    annotation: annotationOf(scope, property, place),
  });
  const node = analysis.describe(inside, type);
  const comment = memberComment(analysis, property);
  const constrained = comment ? constrain(inside, node, comment) : node;
  const alias = comment?.text ? undefined : aliasText(analysis, inside.annotation);
  const said =
    comment || alias ? { tags: [], isOwn: true, ...comment, text: comment?.text || (alias?.text ?? "") } : undefined;
  const fields = said ? commentFields(inside, constrained, said) : {};
  const origins = analysis.origins === "kept" && { origins: memberOrigins(inside, type, { comment, alias, fields }) };
  return { name, type: constrained, optional, ...fields, ...origins };
}

interface Said {
  readonly comment: MemberComment | undefined;
  /** That of the alias, where the member has no text of its own. */
  readonly alias: MemberComment | undefined;
  readonly fields: CommentFields;
}

/** A member that is declared nowhere, such as one of a `Record`, has the origins of what it is a member of. */
function memberOrigins(
  { analysis, place, annotation }: Scope,
  type: ts.Type,
  { comment, alias, fields }: Said,
): Origins {
  const tagged = (...names: readonly string[]) => comment?.tags.find(({ name }) => names.includes(name))?.origin;
  const deprecated = tagged("deprecated");
  const described = comment?.origin ?? alias?.origin ?? deprecated;
  const initial = tagged("default", "defaultValue");
  const example = tagged("example", "examples");
  return {
    ...(place && { type: typeOrigin(analysis, { type, annotation, place }), ...optionalOrigins(analysis, place) }),
    ...(fields.description !== undefined && described && { description: described }),
    ...(fields.default !== undefined && initial && { default: initial }),
    ...(fields.examples && example && { examples: example }),
    ...(fields.deprecated && deprecated && { deprecated }),
  };
}

export function stepTo(name: string): string {
  const [, symbol] = /^__@(.+)@\d+$/.exec(name) ?? [];
  if (symbol !== undefined) return Object.hasOwn(Symbol, symbol) ? `[Symbol.${symbol}]` : `[${symbol}]`;
  return /^[A-Za-z_$][\w$]*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}

/** Where a mapped type says what its members are, the declaration that they are mapped from does not. */
function annotationOf(
  { analysis, annotation }: Scope,
  property: ts.Symbol,
  place: ts.Declaration | undefined,
): ts.TypeNode | undefined {
  const mapped = mappedTemplate(property);
  if (mapped && !(place && compiler.isIndexedAccessTypeNode(mapped)))
    return valueOf(analysis.checker, annotation) ?? mapped;
  const isTyped =
    place &&
    (compiler.isPropertySignature(place) || compiler.isPropertyDeclaration(place) || compiler.isParameter(place));
  return isTyped ? place.type : undefined;
}

/** Not part of TypeScript's public types. */
function mappedTemplate(property: ts.Symbol): ts.TypeNode | undefined {
  const { links } = property as ts.Symbol & {
    readonly links?: { readonly mappedType?: { readonly declaration?: ts.MappedTypeNode } };
  };
  return links?.mappedType?.declaration?.type;
}

/** Tags in a package's declarations may follow other rules than ours: there they count only where they make sense. */
function constrain(scope: Scope, node: TypeNode, { tags, isOwn }: MemberComment): TypeNode {
  const constraints = tags.filter((tag) => isConstraintTag(tag.name) || isOdd(tag, "member"));
  if (constraints.length === 0) return node;
  const lookUp = (inner: TypeNode): TypeNode => peek(scope.analysis, inner);
  const { type, diagnostics } = applyConstraints(lookUp(node), constraints, lookUp);
  if (isOwn) for (const each of diagnostics) report(scope, each);
  return type;
}

type CommentFields = Pick<Property, "description" | "default" | "examples" | "deprecated">;

function commentFields(scope: Scope, type: TypeNode, { text, tags, isOwn }: MemberComment): CommentFields {
  const lookUp = (node: TypeNode): TypeNode => peek(scope.analysis, node);
  const fallback = defaultValue(scope, type, { tags, isOwn });
  const written = tags.flatMap(({ name, text }) =>
    name === "example" ? [text] : name === "examples" ? readList(text) : [],
  );
  const examples = written.flatMap((each) => {
    const read = readValue(each, type, lookUp);
    return read.kind === "value" ? [read.value] : [];
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
  const { analysis, place } = scope;
  const read =
    tag &&
    readDefault(tag.text, type, {
      type: (node) => peek(analysis, node),
      name: (name) => place && valueOfName(analysis.checker, name, place),
    });
  if (tag && isOwn && read?.kind === "misfit") report(scope, defaultMisfit(tag));
  return read?.kind === "value" ? read.value : undefined;
}

function defaultMisfit({ text, span }: PlacedTag): ReturnType<typeof diagnostic> {
  const [line = ""] = text.split("\n");
  return diagnostic("MG311", `the default \`${line.slice(0, 40)}\` does not fit the type`, { span });
}
