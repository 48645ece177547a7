/** `Caller<T>` → what the claims of a caller are checked against. */
import type { ts } from "ts-morph";
import { diagnostic } from "../../diagnostics/diagnostic.js";
import { namesClaims } from "../../model/keys.js";
import { succeed, type Result } from "../../model/result.js";
import type { TypeNode } from "../../model/types.js";
import { rootScope, type Analysis, type Shape } from "../checker/analysis.js";
import { argumentsOf } from "../checker/symbols.js";
import { collectProblems, type Subject } from "../problems/problems.js";
import type { Resolver } from "../types/resolve.js";
import { writtenArgument, type Asking } from "./forms.js";

/** The claims of a parameter, while its types are still drafts. */
export interface ClaimsDraft {
  readonly type: ts.Type;
  readonly shape: Shape;
  readonly subject: Subject;
}

/** Absent for what is no `Caller`, and for one whose claims may be anything. */
export function draftClaims(
  analysis: Analysis,
  { name, key, type, annotation, place }: Asking,
): ClaimsDraft | undefined {
  if (!key || !namesClaims(key)) return undefined;
  const [claims] = argumentsOf(analysis, analysis.checker.getNonNullableType(type));
  if (claims === undefined) return undefined;
  const scope = rootScope(analysis, claims, writtenArgument(annotation));
  scope.shape.body = analysis.describe(scope, claims);
  const subject: Subject = { code: "MG473", name: `${name}.claims`, place: annotation ?? place };
  return { type: claims, shape: scope.shape, subject };
}

/** The value is only to be used when no diagnostic is an error. */
export function finishClaims(analysis: Analysis, resolver: Resolver, draft: ClaimsDraft): Result<TypeNode> {
  const { shape, subject } = draft;
  const { errors, warnings } = collectProblems(analysis, shape, subject);
  const type = resolver.lookUp(resolver.resolveRoot(shape.body, "input"));
  if (errors.length > 0) return succeed(type, errors);
  // A token claims more than a function names.
  if (type.kind === "object") return succeed({ ...type, additional: { kind: "unknown" } }, warnings);
  const text = analysis.checker.typeToString(draft.type);
  const message = `\`${subject.name}\` is \`${text}\`, which is not an object of claims`;
  const help = "name the claims: `Caller<{ tenant: string }>`";
  return succeed(type, [diagnostic("MG473", message, { span: analysis.sources.spanOf(subject.place), help })]);
}
