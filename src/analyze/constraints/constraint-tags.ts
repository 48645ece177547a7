/** `@minimum 1` → a constraint with its value, or what its tag expects. */
import { closest } from "../../diagnostics/suggest.js";
import { flag, type ConstraintValue } from "../../language/constraint-row.js";
import { constraintOfTag, constraintTags, type Constraint } from "../../language/constraints.js";

export function isConstraintTag(name: string): boolean {
  return constraintOfTag(name) !== undefined;
}

/** Its name says it all. */
export function isFlag(name: string): boolean {
  return constraintOfTag(name)?.row.grammar === flag;
}

/** Of a slip, such as `@minimun`. `@int` is too short to be meant by anything else. */
export function meantConstraint(name: string): string | undefined {
  if (isConstraintTag(name)) return undefined;
  return closest(
    name,
    constraintTags.filter((tag) => tag !== "int"),
  );
}

/** What constrains, or was meant to: a slip is told, never lost. */
export function isConstraining(name: string): boolean {
  return isConstraintTag(name) || meantConstraint(name) !== undefined;
}

export type ReadConstraint =
  { readonly constraint: Constraint; readonly value: ConstraintValue } | { readonly problem: string };

/** For names that `isConstraintTag` knows. */
export function readConstraint(name: string, text: string): ReadConstraint {
  const constraint = constraintOfTag(name);
  if (constraint === undefined) throw new Error(`@${name} is no constraint`);
  const { grammar } = constraint.row;
  const written = grammar.isVerbatim ? text.trim() : text.trim().replace(/^[:=]\s*/, "");
  const refused = grammar.refuses?.(written);
  if (refused !== undefined) return { problem: `\`@${name}\` ${refused}` };
  const value = grammar.read(written);
  if (value === undefined)
    return { problem: `\`@${name}\` expects ${grammar.expects}${text === "" ? "" : `, not \`${clip(text)}\``}` };
  return { constraint, value };
}

function clip(text: string): string {
  const [line = ""] = text.split("\n");
  return line.length <= 30 ? line : `${line.slice(0, 29)}…`;
}
