/** What was exported, and what the stages made of it → what has become of each function. */
import { isError, type Diagnostic } from "./diagnostics/diagnostic.js";
import type { Sources } from "./discover/index.js";
import type { ApiModel, ExportReference, FunctionModel } from "./model/api.js";
import type { EffectKind } from "./model/effects.js";
import { referenceId } from "./model/keys.js";
import { contractsIn, servedBy, type ArgumentPlan, type ServerPlan } from "./model/plan.js";
import type { Span } from "./model/span.js";

export interface SurveyedFunction {
  /** As clients would call it; that of a default export may be empty. */
  readonly name: string;
  readonly reference: ExportReference;
  /** The function's declaration. */
  readonly span: Span;
  /** `aside`: tags or the configuration say that it is not for clients. */
  readonly fate: "served" | "refused" | "provider" | "aside";
  /** Why it is refused. */
  readonly errors: readonly Diagnostic[];
  /** Of a function that is served; of each kind the first that is met. */
  readonly effects: readonly EffectKind[];
  /** What the server gives it beside arguments: contracts, and what providers make. */
  readonly needs: readonly string[];
}

export interface Found {
  readonly model: ApiModel;
  readonly plan: ServerPlan;
  readonly diagnostics: readonly Diagnostic[];
}

export function surveyFunctions(
  { functions, spanOf }: Sources,
  { model, plan, diagnostics }: Found,
): readonly SurveyedFunction[] {
  const served = new Map(servedBy(plan).map((each) => [referenceId(each.call.callee), each]));
  const read = new Map(model.functions.map((each) => [referenceId(each.reference), each]));
  const providers = new Set(model.providers.map(({ reference }) => referenceId(reference)));
  const errors = diagnostics.filter(isError);
  return functions.map(({ name, reference, declaration }) => {
    const id = referenceId(reference);
    const plan = served.get(id);
    // An error in what is neither read nor served is the function's own.
    const span = spanOf(declaration);
    const own = plan || providers.has(id) ? [] : errorsOf(errors, { declaration: span, model: read.get(id) });
    const isRefused = read.has(id) || own.length > 0;
    return {
      name,
      reference,
      span,
      fate: plan ? "served" : providers.has(id) ? "provider" : isRefused ? "refused" : "aside",
      errors: own,
      effects: [...new Set((plan ? read.get(id) : undefined)?.effects.map(({ kind }) => kind))],
      needs: [...new Set(plan?.call.arguments.flatMap(nameOfNeed))],
    };
  });
}

/** Functions that cannot be served, by their names. */
export function namesOfRefused(survey: readonly SurveyedFunction[]): readonly string[] {
  const names = survey
    .filter(({ fate }) => fate === "refused")
    .map(({ name, reference }) => (name === "" ? reference.module : name));
  return [...new Set(names)];
}

interface Told {
  readonly declaration: Span;
  readonly model: FunctionModel | undefined;
}

/** What is said at the function; else where it is named, as of two with one name; else of its types, wherever they are. */
function errorsOf(errors: readonly Diagnostic[], { declaration, model }: Told): readonly Diagnostic[] {
  const own = errors.filter(({ span }) => isWithin(declaration, span));
  if (own.length > 0) return own;
  const named = errors.filter(({ notes }) => notes.some(({ span }) => isWithin(declaration, span)));
  if (named.length > 0 || !model) return named;
  const types = [...model.parameters.map(({ type }) => type), model.result];
  return types.flatMap((type) => (type.kind === "unservable" ? type.diagnostics : [])).filter(isError);
}

function isWithin({ file, start, end }: Span, span: Span | undefined): boolean {
  return span?.file === file && span.start.line >= start.line && span.end.line <= end.line;
}

function nameOfNeed(argument: ArgumentPlan): readonly string[] {
  return argument.kind === "dependency" ? [argument.name] : contractsIn(argument).map(({ name }) => name);
}
