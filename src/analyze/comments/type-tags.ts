/** What stands above an interface and says nothing there: a slip, a tag of functions, a constraint. */
import type { ts } from "ts-morph";
import { diagnostic, type Diagnostic } from "../../diagnostics/diagnostic.js";
import type { Scope } from "../checker/analysis.js";
import { compiler } from "../checker/compiler.js";
import { report } from "../checker/findings.js";
import { symbolOf } from "../checker/symbols.js";
import { readDeclaration } from "./member-docs.js";
import { isConstraintTag } from "../constraints/constraint-tags.js";
import type { PlacedTag } from "../constraints/constraints.js";
import { isOdd, tellOdd } from "../constraints/odd-tags.js";

/** Above an alias, a constraint holds: `aliases.ts` reads it. */
export function tellTypeTags(scope: Scope, type: ts.Type): void {
  const declarations = (symbolOf(type)?.declarations ?? []).filter(compiler.isInterfaceDeclaration);
  for (const declaration of declarations) {
    const { tags, isOwn } = readDeclaration(scope.analysis, declaration);
    if (isOwn) for (const tag of tags.filter(isTold)) report(scope, tell(tag));
  }
}

function isTold(tag: PlacedTag): boolean {
  return isConstraintTag(tag.name) || isOdd(tag, "type");
}

function tell(tag: PlacedTag): Diagnostic {
  if (!isConstraintTag(tag.name)) return tellOdd(tag);
  const help = "move it to a member, or remove it";
  return diagnostic("MG480", `\`@${tag.name}\` constrains nothing above an interface`, { span: tag.span, help });
}
