/** `Elicit<T>` → the fields of the form that `T` is; what no form can carry is an error at the member. */
import type { ts } from "ts-morph";
import { diagnostic, type Diagnostic } from "../../diagnostics/diagnostic.js";
import { readField } from "../../language/form-fields.js";
import { contractOf } from "../../language/injected/injected.js";
import type { TypeKey } from "../../model/api.js";
import { succeed, type Result } from "../../model/result.js";
import type { FormField, Property, TypeNode } from "../../model/types.js";
import { rootScope, type Analysis, type Shape } from "../checker/analysis.js";
import { compiler } from "../checker/compiler.js";
import { argumentsOf } from "../checker/symbols.js";
import { collectProblems, type Subject } from "../problems/problems.js";
import type { Resolver } from "../types/resolve.js";

/** The form of a parameter, while its types are still drafts. */
export interface FormDraft {
  readonly type: ts.Type;
  readonly shape: Shape;
  readonly subject: Subject;
}

export interface Asking {
  readonly name: string;
  readonly key: TypeKey | undefined;
  readonly type: ts.Type;
  readonly annotation: ts.TypeNode | undefined;
  readonly place: ts.Node;
}

/** Absent for what is no `Elicit`. */
export function draftForm(analysis: Analysis, { name, key, type, annotation, place }: Asking): FormDraft | undefined {
  if (contractOf(key) !== "Elicit") return undefined;
  const [content] = argumentsOf(analysis, analysis.checker.getNonNullableType(type));
  if (content === undefined) return undefined;
  const scope = rootScope(analysis, content, writtenArgument(annotation));
  scope.shape.body = analysis.describe(scope, content);
  return { type: content, shape: scope.shape, subject: { code: "MG227", name, place: annotation ?? place } };
}

/** As it stands in the file: unions keep its order. */
export function writtenArgument(annotation: ts.TypeNode | undefined): ts.TypeNode | undefined {
  return annotation && compiler.isTypeReferenceNode(annotation) ? annotation.typeArguments?.[0] : undefined;
}

export function finishForm(analysis: Analysis, resolver: Resolver, draft: FormDraft): Result<readonly FormField[]> {
  const { shape, subject } = draft;
  const { errors, warnings } = collectProblems(analysis, shape, subject);
  if (errors.length > 0) return succeed([], errors);
  const properties = propertiesOf(resolver, resolver.resolveRoot(shape.body, "input"));
  if (!properties) {
    const message = `\`${subject.name}\` asks for \`${analysis.checker.typeToString(draft.type)}\`, which is not an object of fields`;
    return succeed([], [diagnostic("MG227", message, { span: analysis.sources.spanOf(subject.place) })]);
  }
  const fields = properties.map((property) => finishField(analysis, draft, property));
  return succeed(
    fields.flatMap(({ value }) => value),
    [...warnings, ...fields.flatMap(({ diagnostics }) => diagnostics)],
  );
}

/** Of an object that has no others than those that are named. */
function propertiesOf(resolver: Resolver, type: TypeNode): readonly Property[] | undefined {
  const object = resolver.lookUp(type);
  if (object.kind !== "object" || object.additional || object.patterns || object.schema) return undefined;
  return object.properties.length > 0 ? object.properties : undefined;
}

function finishField(analysis: Analysis, draft: FormDraft, property: Property): Result<readonly FormField[]> {
  const { name, optional } = property;
  const read = readField(property);
  if (read.kind === "field") return succeed([{ name, optional, schema: read.schema }]);
  const message = `\`${draft.subject.name}.${name}\` ${read.reason}`;
  return succeed([], [refuseMember(analysis, draft, { name, message })]);
}

interface Refused {
  readonly name: string;
  readonly message: string;
}

/** At the member, where the project declares it. */
function refuseMember(
  { checker, sources }: Analysis,
  { type, subject }: FormDraft,
  { name, message }: Refused,
): Diagnostic {
  const place = checker.getPropertyOfType(type, name)?.declarations?.[0];
  const own = place && sources.originOf(place.getSourceFile()).kind === "project" ? place : subject.place;
  return diagnostic("MG227", message, { span: sources.spanOf(own) });
}
