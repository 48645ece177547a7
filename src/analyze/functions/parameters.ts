/** The parameters of a signature → their names, types, defaults and docs. */
import type { ts } from "ts-morph";
import { diagnostic, type Diagnostic } from "../../diagnostics/diagnostic.js";
import { closest } from "../../diagnostics/suggest.js";
import type { ParameterModel } from "../../model/api.js";
import type { JsonValue } from "../../model/json.js";
import { aliasText } from "../types/aliases.js";
import type { Comment } from "../comments/comment.js";
import { compiler } from "../checker/compiler.js";
import { findConfig, type ConfigDraft } from "../config/config.js";
import { rootScope, type Analysis, type Shape } from "../checker/analysis.js";
import { typeKey } from "../checker/keys.js";
import { literalValue } from "../checker/literals.js";
import { draftClaims, type ClaimsDraft } from "../injection/claims.js";
import { draftForm, type FormDraft } from "../injection/forms.js";
import { noSignals, signalMembers, type SignalMembers } from "../injection/signal-members.js";
import { defaultOrigin, optionalOrigins, typeOrigin } from "../comments/origins.js";
import { paramNotes, type ParamNote } from "../comments/param-tags.js";
import { pointTo } from "./pointing.js";
import { positionsOf, type SignaturePosition } from "./positions.js";
import type { Subject } from "../problems/problems.js";
import { readToolUse } from "./tool-uses.js";
import { boundName, tellLost, type MemberNote } from "./refine.js";
import { hasNull, hasUndefined } from "../checker/presence.js";
import { isSettled } from "../checker/settle-signature.js";
import { describeInferredParameter } from "../zod/zod-infer.js";

/** A parameter whose type is still a draft. */
export interface ParameterDraft {
  readonly model: Omit<ParameterModel, "type">;
  readonly shape: Shape;
  readonly subject: Subject;
  /** What the comment says of it and of its members. */
  readonly notes: readonly MemberNote[];
  /** Its type is tagged `@config`: whether JSON could carry it says nothing. */
  readonly config?: ConfigDraft;
  /** What it asks the client's user for. */
  readonly form?: FormDraft;
  /** What the claims of its caller are checked against. */
  readonly claims?: ClaimsDraft;
  readonly pattern?: ts.ObjectBindingPattern;
  readonly initializer?: ts.Expression;
}

export interface SignatureParts {
  readonly signature: ts.Signature;
  /** As they stand in the function itself: names and defaults; without `this`. */
  readonly written: readonly ts.ParameterDeclaration[];
  readonly comment: Comment;
  /** Where to point when a parameter has no declaration. */
  readonly place: ts.Node;
}

export interface DraftedParameters {
  readonly parameters: readonly ParameterDraft[];
  readonly diagnostics: readonly Diagnostic[];
}

export function readParameters(analysis: Analysis, parts: SignatureParts): DraftedParameters {
  const notes = paramNotes(analysis, parts);
  const diagnostics: Diagnostic[] = [];
  const positions = positionsOf(analysis, parts);
  const isOnly = positions.length === 1;
  const parameters = positions.map((position) => {
    const { written } = position;
    if (written && compiler.isArrayBindingPattern(written.name)) {
      const span = analysis.sources.spanOf(written.name);
      diagnostics.push(diagnostic("MG307", "an array pattern gives its parameter no name", { span }));
    }
    return readParameter(analysis, parts, { ...position, notes, isOnly });
  });
  const taken = new Set(parameters.flatMap((parameter) => parameter.notes.map(({ constraints }) => constraints)));
  const named = parameters.map(({ model }) => model.name);
  for (const note of notes)
    if (!taken.has(note.constraints))
      diagnostics.push(...tellLost(note, note.path, note.path.length === 1 ? named : []));
  return { parameters, diagnostics };
}

interface Position extends SignaturePosition {
  /** The signature takes no other: a rest parameter of a tuple may stand for several. */
  readonly isOnly: boolean;
  readonly notes: readonly ParamNote[];
}

function readParameter(analysis: Analysis, parts: SignatureParts, position: Position): ParameterDraft {
  const { checker, sources } = analysis;
  const { declared, written, type, rest } = position;
  const name = nameOf(parts, position);
  const annotation = declared?.type ?? written?.type;
  const scope = rootScope(analysis, type, annotation);
  scope.shape.body = describeInferredParameter(scope, type) ?? analysis.describe(scope, type);

  const initializer = written?.initializer;
  const literal = initializer && literalValue(checker, initializer);
  // Without null checks `null` fits every type; it is the function that puts it in.
  const fallback = literal === null && sources.loose ? undefined : literal;
  const config = rest ? undefined : findConfig(analysis, type);
  const own = rest ? undefined : typeKey(analysis, type);
  const used = rest ? undefined : readToolUse(analysis, { key: own, type, annotation });
  const key = config?.key ?? used?.key ?? own;
  const notes = notesOf(parts, position, name);
  const note = notes.find(({ path }) => path.length === 0);
  const alias = note?.text ? undefined : aliasText(analysis, annotation);
  const description = alias?.text ?? note?.text ?? "";
  const described = alias?.origin ?? note?.origin;
  const place = pointTo(analysis, [written, declared], parts.place);
  const signals = signalsOf(analysis, parts, { rest, type, initializer, literal });
  const form = draftForm(analysis, { name, key, type, annotation, place });
  const claims = draftClaims(analysis, { name, key, type, annotation, place });
  const constraints = notes.flatMap((each) => each.constraints.map((tag) => ({ name: tag.name, span: tag.span })));
  const origins = originsOf(analysis, { type, annotation, place, initializer });
  return {
    model: {
      name,
      span: sources.spanOf(place),
      optional: position.optional || initializer !== undefined || mayMiss(analysis, position) || signals.isEnough,
      ...(hasNull(type) && { nullable: true }),
      ...(constraints.length > 0 && { constraints }),
      ...(position.leavable && { leavable: true as const }),
      rest,
      destructured: isPattern(written),
      ...(isPattern(written) && !isDocumented(parts, position) && { unnamed: true as const }),
      ...(key && { key }),
      ...(used && { use: used.use }),
      ...(signals.names.length > 0 && { signals: signals.names }),
      ...(fallback !== undefined && { default: fallback }),
      ...(initializer && fallback === undefined && { computedDefault: true }),
      ...(description !== "" && { description }),
      ...(origins && { origins: { ...origins, ...(description !== "" && described && { description: described }) } }),
    },
    shape: scope.shape,
    subject: {
      ...{ code: "MG301", name, place: pointTo(analysis, [annotation], place) },
      completed: signals.names.map((member) => `.${member}`),
      ...(isSettled(parts.signature) && { isGeneric: true }),
    },
    notes,
    ...(config && { config }),
    ...(form && { form }),
    ...(claims && { claims }),
    ...(written && compiler.isObjectBindingPattern(written.name) && { pattern: written.name }),
    ...(initializer && { initializer }),
  };
}

interface Written {
  readonly type: ts.Type;
  readonly annotation: ts.TypeNode | undefined;
  readonly place: ts.Node;
  readonly initializer: ts.Expression | undefined;
}

function originsOf(analysis: Analysis, { initializer, ...written }: Written): ParameterModel["origins"] {
  if (analysis.origins !== "kept") return undefined;
  return {
    type: typeOrigin(analysis, written),
    ...optionalOrigins(analysis, written.place),
    ...(initializer && { default: defaultOrigin(analysis, initializer) }),
  };
}

interface Taken extends Pick<Position, "rest" | "type"> {
  readonly initializer: ts.Expression | undefined;
  readonly literal: JsonValue | undefined;
}

/** None can follow into a thread, which is ended when the call is cancelled. */
function signalsOf(analysis: Analysis, { comment }: SignatureParts, taken: Taken): SignalMembers {
  const { rest, type, initializer, literal } = taken;
  const isInThread = comment.tags.some(({ name }) => name === "worker");
  // Where an object is there, another default would no longer take its place.
  const isReplaced = initializer !== undefined && JSON.stringify(literal) !== "{}";
  return rest || isInThread || isReplaced || hasNull(type) ? noSignals : signalMembers(analysis, type);
}

/** By its type. */
function mayMiss(analysis: Analysis, { rest, type }: Position): boolean {
  return (rest && mayBeEmpty(analysis, type)) || hasUndefined(type);
}

/** A rest parameter; `...range: [...number[], string]` takes one argument at least. */
function mayBeEmpty({ checker }: Analysis, type: ts.Type): boolean {
  return !checker.isTupleType(type) || (type as ts.TupleTypeReference).target.minLength === 0;
}

/** Those of its own name; a pattern, and an only parameter, also take those that name no parameter but one of their members. */
function notesOf({ written }: SignatureParts, position: Position, name: string): MemberNote[] {
  const own = position.notes.flatMap(({ path: [first, ...path], ...note }) =>
    first === name ? [{ ...note, path, within: name }] : [],
  );
  if (!isPattern(position.written) && !position.isOnly) return own;
  const names = new Set([name, ...written.map((parameter) => parameter.name.getText())]);
  const members = membersOf(position.written);
  // A slip in another's name says nothing of the pattern.
  const isSlip = (first: string): boolean =>
    !position.isOnly && !members.includes(first) && closest(first, [...names]) !== undefined;
  return [...own, ...position.notes.filter(({ path: [first = ""] }) => !names.has(first) && !isSlip(first))];
}

function membersOf(written: ts.ParameterDeclaration | undefined): readonly (string | undefined)[] {
  return written && compiler.isObjectBindingPattern(written.name) ? written.name.elements.map(boundName) : [];
}

function isPattern(written: ts.ParameterDeclaration | undefined): boolean {
  return written !== undefined && !compiler.isIdentifier(written.name);
}

/** A pattern has no name: the comment's own is taken, else the one that most people give it. */
function nameOf({ written }: SignatureParts, position: Position): string {
  const { label, declared, index, notes, written: own } = position;
  if (declared && compiler.isIdentifier(declared.name)) return declared.name.text;
  if (declared === undefined) return (position.isUnnamed && nameByPlace(position)) ?? label;
  return documentedName(written, { index, notes, written: own }) ?? usualName(written, { index, notes });
}

/** What the comment calls it, at the same position: with members of it, as `@param order.id` has them, it is no member. */
function nameByPlace({ index, notes }: Position): string | undefined {
  const named = [...new Set(notes.map(({ path: [first = ""] }) => first))][index];
  return notes.some(({ path }) => path[0] === named && path.length > 1) ? named : undefined;
}

/** `options`, and with the place of the parameter where another has that name. */
function usualName(
  all: readonly ts.ParameterDeclaration[],
  { index, notes }: Pick<Position, "index" | "notes">,
): string {
  const taken = new Set([...all.map(({ name }) => name.getText()), ...notes.map(({ path: [first = ""] }) => first)]);
  const isFirst = all.findIndex(isPattern) === index;
  return isFirst && !taken.has("options") ? "options" : `options${index + 1}`;
}

function isDocumented({ written }: SignatureParts, position: Position): boolean {
  return documentedName(written, position) !== undefined;
}

/** By convention it stands at the same position; of one pattern, it is the one name that no other parameter has. */
function documentedName(
  all: readonly ts.ParameterDeclaration[],
  { index, notes, written }: Pick<Position, "index" | "notes" | "written">,
): string | undefined {
  const known = new Set([...membersOf(written), ...all.map((parameter) => parameter.name.getText())]);
  const documented = [...new Set(notes.map(({ path: [first = ""] }) => first))];
  const own = documented[index];
  if (own !== undefined && !known.has(own)) return own;
  const [only, other] = documented.filter((each) => !known.has(each));
  if (only === undefined || other !== undefined || all.filter(isPattern).length > 1) return undefined;
  // A slip in another's name says nothing of the pattern.
  return closest(
    only,
    [...known].filter((each) => each !== undefined),
  ) === undefined
    ? only
    : undefined;
}
