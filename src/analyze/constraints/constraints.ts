/** Constraint tags of a member → the type with these constraints, or what is wrong with them. */
import { diagnostic, type Diagnostic } from "../../diagnostics/diagnostic.js";
import type { Origin } from "../../model/origins.js";
import type { Span } from "../../model/span.js";
import type { ArrayNode, NumberNode, SetNode, StringNode, TypeNode } from "../../model/types.js";
import { boundOf, isBound } from "../../language/foreign-tags.js";
import { constraintKind, elementDepth, type ConstraintKind } from "../../language/constraints.js";
import { isConstraintTag, readConstraint, type ReadConstraint } from "./constraint-tags.js";
import { findContradiction } from "./contradictions.js";
import { tellOdd } from "./odd-tags.js";

export interface PlacedTag {
  readonly name: string;
  readonly text: string;
  readonly span: Span;
  /** In braces, in the middle of a text. */
  readonly isInline?: true;
  /** Said of the member that this one overrides, whose type may be a wider one. */
  readonly isInherited?: true;
  /** Only where the analysis keeps it. */
  readonly origin?: Origin;
}

export interface Constrained {
  readonly type: TypeNode;
  readonly diagnostics: readonly Diagnostic[];
}

/** What stands behind a draft. */
export type LookUp = (node: TypeNode) => TypeNode;

/** The tags: constraints, and those that are odd. `type` as it is: what stands behind a draft must be looked up before. */
export function applyConstraints(
  type: TypeNode,
  tags: readonly PlacedTag[],
  lookUp: LookUp = (node) => node,
): Constrained {
  const diagnostics: Diagnostic[] = [];
  let constrained = type;
  for (const tag of tags) {
    const { text, span, origin, isInherited } = tag;
    const kinds = kindsOf(constrained);
    const name = isBound(tag) && kinds.includes("number") ? (boundOf(tag.name, "number") ?? tag.name) : tag.name;
    if (!isConstraintTag(name)) {
      if (!isInherited) diagnostics.push(tellOdd(tag, kinds));
      continue;
    }
    const read = readConstraint(name, text);
    if ("problem" in read) {
      diagnostics.push(diagnostic("MG320", read.problem, { span }));
      continue;
    }
    const depth = elementDepth(name);
    const applied = apply(constrained, { ...read, depth, lookUp }, origin);
    if (applied === undefined) {
      if (isInherited) continue;
      const values = `${"arrays of ".repeat(depth)}${plural[read.constraint.on]}`;
      const message = `\`@${name}\` is for ${values}, ${depth > 0 ? "which this is not" : `and this is ${describe(type)}`}`;
      diagnostics.push(diagnostic("MG321", message, { span }));
      continue;
    }
    const contradiction = findContradiction(applied);
    if (contradiction) diagnostics.push(diagnostic("MG322", contradiction, { span }));
    else constrained = applied;
  }
  return { type: constrained, diagnostics };
}

const plural: Readonly<Record<ConstraintKind, string>> = { number: "numbers", string: "strings", array: "arrays" };

function describe(type: TypeNode): string {
  const word = type.kind === "codec" ? type.codec : type.kind;
  return /^[aeiou]/.test(word) ? `an ${word}` : `a ${word}`;
}

type Constrainable = NumberNode | StringNode | ArrayNode | SetNode;

type Constraining = Exclude<ReadConstraint, { readonly problem: string }> & {
  /** Of how many arrays it constrains the elements. */
  readonly depth: number;
  readonly lookUp: LookUp;
};

/** Those of its members, of a union. */
function kindsOf(type: TypeNode): readonly ConstraintKind[] {
  if (type.kind === "union") return type.members.flatMap(kindsOf);
  const kind = constraintKind(type);
  return kind ? [kind] : [];
}

/** In a union the constraint goes to each member that it fits, in `string | null` to the string. */
function apply(type: TypeNode, constraining: Constraining, origin: Origin | undefined): TypeNode | undefined {
  if (type.kind === "union") {
    const members = type.members.map((member) => apply(constraining.lookUp(member), constraining, origin));
    if (members.every((member) => member === undefined)) return undefined;
    return {
      ...type,
      members: members.map((member, index) => member ?? type.members[index]).filter((member) => member !== undefined),
    };
  }
  if (constraining.depth > 0) return applyToElements(type, constraining, origin);
  const { key, on } = constraining.constraint;
  if (!isConstrainable(type) || constraintKind(type) !== on) return undefined;
  const constraints = { ...type.constraints, [key]: constraining.value };
  return { ...type, constraints, ...(origin && { origins: { ...type.origins, [key]: origin } }) };
}

function applyToElements(type: TypeNode, constraining: Constraining, origin: Origin | undefined): TypeNode | undefined {
  const { depth, lookUp } = constraining;
  if (type.kind !== "array" && type.kind !== "set") return undefined;
  const element = apply(lookUp(type.element), { ...constraining, depth: depth - 1 }, origin);
  return element && { ...type, element };
}

function isConstrainable(type: TypeNode): type is Constrainable {
  return constraintKind(type) !== undefined;
}
