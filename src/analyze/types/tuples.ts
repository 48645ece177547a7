/** Tuples → elements with names and optionality, and the type of what may follow. */
import type { ts } from "ts-morph";
import type { TupleElement, TypeNode } from "../../model/types.js";
import { argumentOf, tupleElementOf } from "../checker/annotations.js";
import { compiler } from "../checker/compiler.js";
import { refuseAbsence, unservable } from "../checker/findings.js";
import { within, type Scope } from "../checker/analysis.js";

export function describeTuple(scope: Scope, type: ts.TupleTypeReference): TypeNode {
  const { checker } = scope.analysis;
  const { elementFlags, labeledElementDeclarations } = type.target;
  const { Optional, Rest, Variadic } = compiler.ElementFlags;
  const elements: TupleElement[] = [];
  const end: TypeNode[] = [];
  let rest: TypeNode | undefined;

  for (const [index, element] of checker.getTypeArguments(type).entries()) {
    const flags = elementFlags[index] ?? 0;
    const annotation = tupleElementOf(checker, scope.annotation, index);
    const inside = within(scope, `[${index}]`, { annotation });
    if (flags & Variadic) return unservable(inside, "is a part of a tuple whose length is not known");
    if (flags & Rest) {
      const item = argumentOf(checker, annotation, 0);
      const following = within(scope, "[]", { annotation: item });
      refuseAbsence(following, element);
      rest = scope.analysis.describe(following, element);
      continue;
    }
    const optional = (flags & Optional) !== 0;
    if (!optional) refuseAbsence(inside, element);
    if (rest) {
      refuseAbsence(inside, element);
      end.push(scope.analysis.describe(inside, element));
      continue;
    }
    const name = labelOf(labeledElementDeclarations?.[index]);
    elements.push({ ...(name !== undefined && { name }), type: scope.analysis.describe(inside, element), optional });
  }
  return {
    kind: "tuple",
    elements,
    ...(rest && { rest }),
    ...(end.length > 0 && { end }),
    ...(scope.analysis.sources.loose && { nominal: true }),
  };
}

function labelOf(label: ts.NamedTupleMember | ts.ParameterDeclaration | undefined): string | undefined {
  return label && compiler.isIdentifier(label.name) ? label.name.text : undefined;
}
