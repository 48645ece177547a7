/**
 * Analysis: the program → what the user wrote, as plain data. First every type is described as a graph, then
 * the graph is resolved into trees, because only the whole graph says which types are recursive.
 */
import { compareDiagnostics, diagnostic, isError, type Diagnostic } from "../diagnostics/diagnostic.js";
import type { Sources } from "../discover/index.js";
import type { ApiModel, FunctionModel, ParameterModel, ProviderModel, Servable } from "../model/api.js";
import type { Effect } from "../model/effects.js";
import { keyId } from "../model/keys.js";
import type { OriginKeeping } from "../model/origins.js";
import { succeed, type Result } from "../model/result.js";
import type { TypeNode } from "../model/types.js";
import { findAssignable } from "./injection/assignable.js";
import { leaveOutObject, whyNotServed } from "./functions/callable-objects.js";
import { configsOf } from "./config/config.js";
import { finishConfig } from "./config/config-model.js";
import { createEffects, type ReadEffects } from "./effects/effects.js";
import { readFunction, type FunctionDraft } from "./functions/functions.js";
import { readGroups } from "./functions/groups.js";
import { withMade } from "./functions/made-types.js";
import { createAnalysis, type Analysis, type Shape } from "./checker/analysis.js";
import type { ParameterDraft } from "./functions/parameters.js";
import { collectProblems, directionOf, whyLeftOut, type Subject } from "./problems/problems.js";
import { applyNotes, applyPattern, checkDefault } from "./functions/refine.js";
import type { ReadProvider } from "./injection/providers.js";
import { createResolver, type Resolver } from "./types/resolve.js";
import { readClasses } from "./injection/classes.js";
import { readSets } from "./injection/sets.js";
import { finishClaims } from "./injection/claims.js";
import { finishForm } from "./injection/forms.js";
import { findMisfits } from "./injection/step-misfits.js";
import { readUnexported } from "./injection/unexported.js";
import { describeType } from "./types/types.js";
import { nameVictims } from "./functions/victims.js";

export function analyzeSources(sources: Sources, origins: OriginKeeping = "dropped"): Result<ApiModel> {
  const analysis = createAnalysis({ sources, describe: describeType, origins });
  const sets = readSets(analysis);
  const groups = readGroups(analysis);
  const read = sources.functions
    .filter(({ owner, untouched }) => !untouched && (!owner || !groups.refused.has(owner)))
    .map((exported) => readFunction(analysis, exported, sets.listed));
  const drafts = read.flatMap(({ draft }) => draft ?? []);
  const unexported = readUnexported(analysis);
  const functionsMade = [...read.flatMap((each) => each.made ?? []), ...unexported];
  const needed = drafts.flatMap(({ parameters }) => parameters.flatMap(({ model: { key } }) => key ?? []));
  const classes = readClasses(analysis, { sets, made: functionsMade, needed, owners: groups.owners });
  const made = [...functionsMade, ...classes.made];
  const told = [groups, ...read, ...unexported, ...classes.made];
  const diagnostics = [...sets.diagnostics, ...told.flatMap((each) => each.diagnostics)];

  const finish: Finish = {
    analysis,
    resolver: createResolver(analysis),
    readEffects: createEffects(analysis),
    warnings: [],
  };
  const provided = new Set(made.flatMap(({ provider }) => (provider ? keyId(provider.produces) : [])));
  const functions = drafts.flatMap((draft) => {
    const warned = finish.warnings.length;
    const finished = finishFunction(finish, draft);
    const reasons = draft.exported.isObject ? whyNotServed(finished, provided) : [];
    if (reasons.length === 0) return finished;
    finish.warnings.splice(warned, Infinity, ...leaveOutObject(sources, draft.exported, reasons));
    return [];
  });
  const configs = [...configsOf(analysis).values()].map((draft) => finishConfig(analysis, finish.resolver, draft));
  diagnostics.push(...configs.flatMap((each) => each.diagnostics));
  const providers = collectProviders(finish, drafts, made);
  const definitions = finish.resolver.definitions();
  if (functions.length === 0 && !sources.isPart && !diagnostics.some(isError))
    diagnostics.push(nothingToServe(sources));
  const model = {
    functions: nameVictims(functions),
    ...providers,
    candidates: classes.candidates,
    misfits: findMisfits(analysis, drafts),
    configs: configs.map(({ config }) => config),
    bindings: sets.bindings,
    sets: sets.sets,
    definitions,
    recursive: finish.resolver.recursive,
  };
  const all = unique([...diagnostics, ...withoutVariables(analysis, finish.warnings)]);
  const { inputs, contracts, compiler } = sources;
  return succeed({ ...model, inputs, contracts, compiler }, all.sort(compareDiagnostics));
}

/** A tag that says nothing of data says something where a configuration reads the same member. */
function withoutVariables(analysis: Analysis, warnings: readonly Diagnostic[]): readonly Diagnostic[] {
  const places = new Set(
    [...configsOf(analysis).values()].flatMap(({ tags }) => tags).map((span) => JSON.stringify(span)),
  );
  return warnings.filter(({ code, span }) => code !== "MG480" || !places.has(JSON.stringify(span)));
}

function collectProviders(
  finish: Finish,
  drafts: readonly FunctionDraft[],
  made: readonly ReadProvider[],
): Pick<ApiModel, "providers" | "assignable"> {
  const { analysis } = finish;
  const offered = made.flatMap((each) => {
    const { provider, made: type } = each;
    return provider && type ? [{ provider: finishProvider(finish, provider, each.claims), type }] : [];
  });
  const wanted = drafts.flatMap(({ parameters }) => parameters);
  const needed = wanted.flatMap(({ model: { key }, shape: { type } }) => (key ? [{ key, type }] : []));
  return {
    providers: offered.map(({ provider }) => provider),
    assignable: findAssignable(analysis, [...needed, ...made.flatMap((each) => each.needed ?? [])], offered),
  };
}

function finishProvider(
  { analysis, resolver }: Finish,
  provider: ProviderModel,
  drafts: ReadProvider["claims"],
): ProviderModel {
  if (!drafts || drafts.size === 0) return provider;
  const parameters = provider.parameters.map((parameter) => {
    const draft = drafts.get(parameter.name);
    return draft ? { ...parameter, claims: finishClaims(analysis, resolver, draft) } : parameter;
  });
  return { ...provider, parameters };
}

interface Finish {
  readonly analysis: Analysis;
  readonly resolver: Resolver;
  readonly readEffects: ReadEffects;
  readonly warnings: Diagnostic[];
}

function finishFunction(finish: Finish, draft: FunctionDraft): FunctionModel {
  const { model, implementation, parameters, result } = draft;
  const { type } = result.shape;
  return {
    ...model,
    effects: implementation ? finish.readEffects(implementation) : [unseen(model)],
    parameters: parameters.map((parameter) => finishParameter(finish, parameter)),
    ...withMade(finish.analysis, { maker: model, result: finishType(finish, result), type }),
  };
}

/** Its body is not here. */
function unseen({ name, span }: FunctionDraft["model"]): Effect {
  return { kind: "unknown", text: name, span, through: [] };
}

function finishParameter(finish: Finish, draft: ParameterDraft): ParameterModel {
  const warnings: Diagnostic[] = [];
  const type = finishType({ ...finish, warnings }, draft);
  // Of a configuration, what is told of its members is told of its variables, but for tags that say nothing.
  finish.warnings.push(...warnings.filter(({ code }) => !draft.config || code === "MG401" || code === "MG480"));
  const claims = draft.claims && finishClaims(finish.analysis, finish.resolver, draft.claims);
  if (type.kind === "servable")
    return { ...draft.model, type: refineParameter(finish, draft, type.type), ...(claims && { claims }) };
  // What is broken is no dependency: no provider could give it.
  const { key, ...model } = draft.model;
  const form = draft.form && finishForm(finish.analysis, finish.resolver, draft.form);
  const isNamed = draft.config ?? draft.model.use ?? type.diagnostics.some(({ code }) => code === "MG301");
  const isDependency = key !== undefined && isNamed;
  const leftOut = model.optional && !draft.config && whyLeftOut(finish.analysis, draft.shape, draft.subject);
  return {
    ...model,
    type,
    ...(isDependency && { key }),
    ...(leftOut && { leftOut }),
    ...(form && { form }),
    ...(claims && { claims }),
  };
}

function refineParameter({ analysis, resolver, warnings }: Finish, draft: ParameterDraft, type: TypeNode): Servable {
  const { model, shape, notes, pattern, initializer } = draft;
  const noted = applyNotes(type, notes, model.name);
  const refined = pattern ? applyPattern(analysis, noted.type, pattern) : noted.type;
  const misfit = model.default !== undefined && checkDefault(model.default, refined, resolver.lookUp);
  const diagnostics = noted.diagnostics.filter(isError);
  warnings.push(...noted.diagnostics.filter((each) => !isError(each)));
  if (misfit) diagnostics.push({ ...misfit, ...(initializer && { span: analysis.sources.spanOf(initializer) }) });
  if (diagnostics.length === 0) return { kind: "servable", type: refined };
  return { kind: "unservable", text: analysis.checker.typeToString(shape.type), diagnostics };
}

interface TypeDraft {
  readonly shape: Shape;
  readonly subject: Subject;
  /** Of a parameter. */
  readonly model?: Pick<ParameterModel, "key">;
}

function finishType({ analysis, resolver, warnings }: Finish, { shape, subject, model }: TypeDraft): Servable {
  const { errors, warnings: told } = collectProblems(analysis, shape, subject);
  if (errors.length > 0)
    return { kind: "unservable", text: analysis.checker.typeToString(shape.type), diagnostics: unique(errors) };
  // What mcpgen declares itself is for servers to fill in: nobody can give it another type.
  if (model?.key?.module !== "mcpgen") warnings.push(...told);
  return { kind: "servable", type: resolver.resolveRoot(shape.body, directionOf(subject)) };
}

/** A type that several functions share is reported once; arguments and results may go without different parts of it. */
function unique(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const seen = new Set<string>();
  return diagnostics.filter(({ code, span, message }) => {
    const lost = code === "MG313" ? message.replace(/^`[^`]*`/, "") : "";
    const key = span ? JSON.stringify([code, span, lost]) : `${code} ${message}`;
    return !seen.has(key) && seen.add(key);
  });
}

function nothingToServe({ folder, expose }: Sources): Diagnostic {
  const what = expose === "tagged" ? "function tagged `@tool`" : "function to serve";
  return diagnostic("MG102", `\`${folder || "."}\` exports no ${what}`);
}
