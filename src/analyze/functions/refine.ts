/**
 * What a function says of its parameters' members, laid over the type: `@param options.limit` texts, inline
 * constraints, and the defaults of a destructuring pattern. Works on resolved types: other functions that use
 * the same type are not touched.
 */
import type { ts } from "ts-morph";
import { diagnostic, type Diagnostic } from "../../diagnostics/diagnostic.js";
import { closest } from "../../diagnostics/suggest.js";
import type { JsonValue } from "../../model/json.js";
import type { Origin } from "../../model/origins.js";
import type { Span } from "../../model/span.js";
import type { ObjectNode, Property, TypeNode } from "../../model/types.js";
import { compiler } from "../checker/compiler.js";
import { applyConstraints, type PlacedTag } from "../constraints/constraints.js";
import { fits, type LookUp } from "../../language/fits.js";
import type { Analysis } from "../checker/analysis.js";
import { literalValue } from "../checker/literals.js";
import { defaultOrigin } from "../comments/origins.js";

/** What one `@param` line says. */
export interface MemberNote {
  /** From the parameter; empty for the parameter itself. */
  readonly path: readonly string[];
  /** As the line has it, with that of the parameter. */
  readonly name: string;
  readonly text: string;
  readonly constraints: readonly PlacedTag[];
  readonly span: Span;
  readonly origin?: Origin;
}

export interface Refined {
  readonly type: TypeNode;
  readonly diagnostics: readonly Diagnostic[];
}

/** `name`: that of the parameter. */
export function applyNotes(type: TypeNode, notes: readonly MemberNote[], name: string): Refined {
  const diagnostics: Diagnostic[] = [];
  const constrain = (node: TypeNode, constraints: readonly PlacedTag[]): TypeNode => {
    const applied = applyConstraints(node, constraints);
    diagnostics.push(...applied.diagnostics);
    return applied.type;
  };
  let refined = type;
  for (const note of notes) {
    const { path, text, constraints, origin } = note;
    if (path.length === 0) {
      refined = constrain(refined, constraints);
      continue;
    }
    let isThere = false;
    refined = changeMember(refined, path, (property) => {
      isThere = true;
      return {
        ...property,
        type: constrain(property.type, constraints),
        ...(text !== "" && { description: text }),
        ...(text !== "" && origin && { origins: { ...property.origins, description: origin } }),
      };
    });
    const isOwn = note.name !== path.join(".");
    if (!isThere) diagnostics.push(...tellLost(note, path, [...(isOwn ? [] : [name]), ...memberNames(type)]));
  }
  return { type: refined, diagnostics };
}

/** A text about nothing does no harm, unless its name is a slip; a constraint on nothing would be lost. */
export function tellLost(
  { name, constraints, span }: Pick<MemberNote, "name" | "constraints" | "span">,
  path: readonly string[],
  names: readonly string[],
): readonly Diagnostic[] {
  const [first] = constraints;
  const [last = "", deeper] = path;
  const shown = name.length > 40 ? `…${name.slice(-39)}` : name;
  const found = deeper === undefined ? closest(last, names) : undefined;
  const meant = found === undefined ? undefined : name.slice(0, name.length - last.length) + found;
  if (first) {
    const hint = meant === undefined ? "" : `; did you mean \`${meant}\`?`;
    const message = `\`@${first.name}\` is for \`${shown}\`, which is not there${hint}`;
    return [diagnostic("MG321", message, { span: first.span })];
  }
  if (meant === undefined) return [];
  const message = `\`@param ${shown}\` names nothing; did you mean \`${meant}\`?`;
  return [diagnostic("MG481", message, { span, help: `write \`${meant}\`` })];
}

function memberNames(type: TypeNode): readonly string[] {
  return type.kind === "object" ? type.properties.map(({ name }) => name) : [];
}

type ChangeProperty = (property: Property) => Property;

/** Through arrays as well: `items[].name` is written `items.name` here. What is not there is left alone. */
function changeMember(type: TypeNode, path: readonly string[], change: ChangeProperty): TypeNode {
  switch (type.kind) {
    case "array":
    case "set":
      return { ...type, element: changeMember(type.element, path, change) };
    case "union":
      return { ...type, members: type.members.map((member) => changeMember(member, path, change)) };
    case "object":
      return changeProperty(type, path, change);
    default:
      return type;
  }
}

function changeProperty(type: ObjectNode, [name, ...rest]: readonly string[], change: ChangeProperty): ObjectNode {
  const properties = type.properties.map((property) => {
    if (property.name !== name) return property;
    return rest.length === 0 ? change(property) : { ...property, type: changeMember(property.type, rest, change) };
  });
  return { ...type, properties };
}

/** `{ size = 10, sort: { by = "name" } }`: a default that is literal appears in the schema; the function applies it itself. */
export function applyPattern(analysis: Analysis, type: TypeNode, pattern: ts.ObjectBindingPattern): TypeNode {
  return pattern.elements.reduce<TypeNode>((refined, element) => {
    const name = boundName(element);
    if (name === undefined) return refined;
    const fallback = element.initializer && literalValue(analysis.checker, element.initializer);
    const { name: target, initializer } = element;
    const origin = analysis.origins === "kept" && initializer && defaultOrigin(analysis, initializer);
    return changeMember(refined, [name], (property) => ({
      ...property,
      type: compiler.isObjectBindingPattern(target) ? applyPattern(analysis, property.type, target) : property.type,
      ...(fallback !== undefined && { default: fallback }),
      ...(fallback !== undefined && origin && { origins: { ...property.origins, default: origin } }),
    }));
  }, type);
}

/** The property that an element takes; nothing for `...rest` and for computed names. */
export function boundName({ dotDotDotToken, propertyName, name }: ts.BindingElement): string | undefined {
  if (dotDotDotToken) return undefined;
  const source = propertyName ?? name;
  return compiler.isIdentifier(source) || compiler.isStringLiteral(source) ? source.text : undefined;
}

/** A default that the schema itself would refuse is a slip in one of the two. */
export function checkDefault(fallback: JsonValue, type: TypeNode, lookUp: LookUp): Diagnostic | undefined {
  if (fits(fallback, type, lookUp)) return undefined;
  const text = JSON.stringify(fallback);
  return diagnostic(
    "MG311",
    `the default \`${text.length > 40 ? `${text.slice(0, 39)}…` : text}\` does not fit the type`,
  );
}
