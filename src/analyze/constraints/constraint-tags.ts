/** `@minimum 1` → a constraint with its value, or what its tag expects. */
import { plainPattern, plainValue, withoutBackticks } from "../../language/dialects.js";
import { flag, type ConstraintValue } from "../../language/constraint-row.js";
import { constraintOfTag, type Constraint } from "../../language/constraints.js";

export function isConstraintTag(name: string): boolean {
  return constraintOfTag(name) !== undefined;
}

/** Its name says it all. */
export function isFlag(name: string): boolean {
  return constraintOfTag(name)?.row.grammar === flag;
}

export type ReadConstraint =
  { readonly constraint: Constraint; readonly value: ConstraintValue } | { readonly problem: string };

/** For names that `isConstraintTag` knows. */
export function readConstraint(name: string, text: string): ReadConstraint {
  const constraint = constraintOfTag(name);
  if (constraint === undefined) throw new Error(`@${name} is not a constraint`);
  const { grammar } = constraint.row;
  const bare = withoutBackticks(text.trim());
  const written = grammar.isVerbatim ? plainPattern(bare) : plainValue(bare);
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
