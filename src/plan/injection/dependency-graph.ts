/** The functions and what they need → what is built for them, each after all that it needs, and what is wrong with that. */
import { diagnostic, isError, type Diagnostic } from "../../diagnostics/diagnostic.js";
import { contractRows, planContract, type ContractName } from "../../language/injected/injected.js";
import type { BuiltInRow } from "../../language/injected/injected-row.js";
import { compareText } from "../../model/text.js";
import type { ApiModel, ConfigModel, DependencyModel, DocTag, FunctionModel, ProviderModel } from "../../model/api.js";
import type { DependencyArgument, DependencyPlan } from "../../model/plan.js";
import { classify } from "./classify.js";
import { planConfig, referToConfig } from "./configs.js";
import { nameBuiltIn, nameEntry } from "./entry-names.js";
import { planGuard } from "./guards.js";
import { keyId, keyText } from "../../model/keys.js";
import type { Offer, Offers } from "./offers.js";
import { missing, refuseCalling, refuseCaptive, type Need } from "./needs.js";
import { planSettings } from "./settings.js";
import { giveClaims, refuseFormless } from "./type-arguments.js";
import { findUnused } from "./unused.js";
import { planPool, poolOf } from "./pools.js";

export interface Graph {
  /** In construction order: of all functions, in the order of the model. */
  readonly entries: readonly DependencyPlan[];
  /** What a function gets for a parameter. */
  readonly fill: (offer: Offer, parameter: DependencyModel) => DependencyArgument;
  /** What a method is called on. */
  readonly instance: (needed: DependencyModel) => DependencyArgument;
  /** What the environment fills of a function's parameters. */
  readonly settings: (source: FunctionModel) => DependencyPlan | undefined;
  /** Names of entries that cannot be made: an error stands in them, or in what they need. */
  readonly broken: ReadonlySet<string>;
  readonly diagnostics: readonly Diagnostic[];
}

interface Walk {
  readonly offers: Offers;
  readonly definitions: ApiModel["definitions"];
  /** By what makes them; a pool by its tag, what the environment fills by the function. */
  readonly built: Map<ProviderModel | BuiltInRow | ConfigModel | DocTag | FunctionModel, DependencyPlan>;
  readonly names: Set<string>;
  readonly broken: Set<string>;
  readonly rings: Set<string>;
  readonly diagnostics: Diagnostic[];
}

/** A provider on the way, and what led to it: the nearest first. */
interface Step {
  readonly provider: ProviderModel;
  readonly trail: readonly Need[];
  /** The providers above it, the outermost first. */
  readonly above: readonly ProviderModel[];
}

export function buildGraph({ functions, sets, definitions }: ApiModel, offers: Offers): Graph {
  const walk: Walk = {
    offers,
    definitions,
    built: new Map(),
    names: new Set(),
    broken: new Set(),
    rings: new Set(),
    diagnostics: [],
  };
  for (const source of functions) {
    const settings = planSettings(source, walk.names);
    if (settings) walk.built.set(source, settings);
    if (source.instance) buildInstance(walk, source, source.instance);
    for (const parameter of source.parameters) {
      const role = classify(parameter, source, offers);
      const offer = "offer" in role ? role.offer : undefined;
      if (offer?.kind === "builtIn") buildBuiltIn(walk, offer.builtIn);
      if (offer?.kind === "config") buildConfig(walk, offer.config);
      if (offer?.kind !== "provider") continue;
      const need: Need = { who: `tool \`${source.name}\``, parameter };
      if (role.kind === "injected") checkPresence(walk, need, offer.provider);
      build(walk, { provider: offer.provider, trail: [need], above: [] });
    }
  }
  const { built, broken, diagnostics } = walk;
  const fill = (offer: Offer, parameter: DependencyModel): DependencyArgument => {
    if (offer.kind === "contract") return giveContract(offer.contract, parameter);
    if (offer.kind === "builtIn") return refer(built.get(offer.builtIn)?.name ?? "");
    if (offer.kind === "config") return referToConfig(built.get(offer.config)?.name ?? "", offer.config);
    return refer(built.get(offer.provider)?.name ?? "", offer.provider);
  };
  const instance = (needed: DependencyModel): DependencyArgument => {
    const offer = offers.find(needed.key);
    return offer ? fill(offer, needed) : { kind: "absent" };
  };
  const entries = [...built.values()];
  const settings = (source: FunctionModel): DependencyPlan | undefined => built.get(source);
  return {
    entries,
    fill,
    instance,
    settings,
    broken,
    diagnostics: [...diagnostics, ...findUnused({ offers, sets, entries })],
  };
}

/** That its class has no provider is told of the class, once. */
function buildInstance(walk: Walk, { name }: FunctionModel, parameter: DependencyModel): void {
  const offer = walk.offers.find(parameter.key);
  if (offer?.kind !== "provider") return;
  const need: Need = { who: `tool \`${name}\``, parameter };
  checkPresence(walk, need, offer.provider);
  build(walk, { provider: offer.provider, trail: [need], above: [] });
}

function build(walk: Walk, step: Step): DependencyPlan | undefined {
  const { provider, above } = step;
  const known = walk.built.get(provider);
  if (known) return known;
  if (above.includes(provider)) {
    refuseRing(walk, [...above.slice(above.indexOf(provider)), provider]);
    return undefined;
  }
  const needed: DependencyPlan[] = [];
  const before = walk.diagnostics.length;
  const guard = planGuard(provider);
  walk.diagnostics.push(...guard.diagnostics);
  const args = provider.parameters.map((parameter) => fillParameter(walk, { step, parameter, needed }));
  walk.diagnostics.push(...findRepeated(provider.parameters));
  const awaited = needed.filter(({ scope, source }) => scope === provider.scope && source.kind !== "config");
  const pool = poolOf(provider);
  const made: DependencyPlan = {
    name: nameEntry(provider, walk.names),
    key: provider.produces,
    scope: provider.scope,
    group: Math.max(0, ...awaited.map(({ group }) => group + 1)),
    source: {
      kind: "provider",
      reference: provider.reference,
      form: provider.form,
      ...(provider.isClass && { isClass: true as const }),
      arguments: args,
    },
    ...(guard.value && { guard: guard.value }),
    span: provider.span,
  };
  const entry = pool ? lend(walk, made, pool) : made;
  const isBroken =
    provider.refused ||
    walk.diagnostics.slice(before).some(isError) ||
    needed.some(({ name }) => walk.broken.has(name));
  if (isBroken) walk.broken.add(entry.name);
  walk.built.set(provider, entry);
  return entry;
}

/** In the place of one that is made: a pool of them, and what each call is lent of it. */
function lend({ built, names, diagnostics }: Walk, made: DependencyPlan, tag: DocTag): DependencyPlan {
  const planned = planPool(made, tag, names);
  diagnostics.push(...planned.diagnostics);
  built.set(tag, planned.value.pool);
  return planned.value.lease;
}

/** Needs nothing, and lives as long as the server. */
function buildBuiltIn({ built, names }: Walk, builtIn: BuiltInRow): DependencyPlan {
  const known = built.get(builtIn);
  if (known) return known;
  const reference = { module: builtIn.module, export: builtIn.export };
  const { mock } = builtIn;
  const entry: DependencyPlan = {
    name: nameBuiltIn(builtIn, names),
    key: { name: builtIn.type, module: builtIn.package, arguments: [] },
    scope: "singleton",
    group: 0,
    source: { kind: "runtime", reference, form: builtIn.form, arguments: [], ...(mock !== undefined && { mock }) },
  };
  built.set(builtIn, entry);
  return entry;
}

function buildConfig({ built, names, broken }: Walk, config: ConfigModel): DependencyPlan {
  const entry = built.get(config) ?? planConfig(config, names);
  if (config.refused) broken.add(entry.name);
  built.set(config, entry);
  return entry;
}

interface Slot {
  readonly step: Step;
  readonly parameter: DependencyModel;
  /** The entries that the provider needs: filled here. */
  readonly needed: DependencyPlan[];
}

function fillParameter(walk: Walk, { step, parameter, needed }: Slot): DependencyArgument {
  const { provider, trail, above } = step;
  const offer = walk.offers.find(parameter.key);
  const need: Need = { who: `provider \`${provider.name}\``, parameter };
  if (!offer) {
    if (parameter.key && !parameter.optional)
      walk.diagnostics.push(missing({ need, key: parameter.key, trail }, walk.offers));
    return { kind: "absent" };
  }
  if (offer.kind === "contract") {
    if (provider.scope === "singleton" && contractRows[offer.contract].scope === "call")
      walk.diagnostics.push(refuseCaptive(need, offer.contract));
    else if (offer.contract === "Tool") walk.diagnostics.push(refuseCalling(need));
    else if (offer.contract === "Elicit")
      walk.diagnostics.push(refuseFormless(parameter, `${need.who} is not what is served`));
    return giveToProvider(walk, offer.contract, parameter);
  }
  if (offer.kind === "builtIn") {
    const entry = buildBuiltIn(walk, offer.builtIn);
    needed.push(entry);
    return refer(entry.name);
  }
  if (offer.kind === "config") {
    const entry = buildConfig(walk, offer.config);
    needed.push(entry);
    return referToConfig(entry.name, offer.config);
  }
  checkPresence(walk, need, offer.provider);
  if (provider.scope === "singleton" && (offer.provider.scope === "request" || poolOf(offer.provider)))
    walk.diagnostics.push(refuseCaptive(need, keyText(offer.provider.produces)));
  const entry = build(walk, { provider: offer.provider, trail: [need, ...trail], above: [...above, provider] });
  if (entry === undefined) return { kind: "absent" };
  needed.push(entry);
  return refer(entry.name, offer.provider);
}

function refer(name: string, provider?: ProviderModel): DependencyArgument {
  return { kind: "dependency", name, ...(provider?.nullable === "null" && { orNull: true }) };
}

type ContractArgument = Extract<DependencyArgument, { kind: "contract" }>;

function giveToProvider(
  { definitions, diagnostics }: Walk,
  contract: ContractName,
  parameter: DependencyModel,
): DependencyArgument {
  const argument = giveContract(contract, parameter);
  const { name, claims } = parameter;
  if (!claims) return argument;
  const checked = giveClaims(argument, { name, claims }, definitions);
  diagnostics.push(...checked.diagnostics);
  return checked.value;
}

function giveContract(contract: ContractName, { optional, nullable }: DependencyModel): ContractArgument {
  const absence = nullable ? "null" : "refused";
  const isNeeded = contractRows[contract].mayMiss && !optional;
  return { kind: "contract", contract: planContract(contract), ...(isNeeded && { absence }) };
}

/** What may not be there cannot stand for what has to be. */
function checkPresence(walk: Walk, { parameter, who }: Need, provider: ProviderModel): void {
  if (!provider.nullable || parameter.optional) return;
  const message = `\`${provider.name}\` may return nothing, but \`${parameter.name}\` of ${who} needs it`;
  const notes = [{ message: `\`${provider.name}\` is here`, span: provider.span }];
  walk.diagnostics.push(diagnostic("MG210", message, { span: parameter.span, notes }));
}

/** Each ring once, from its first provider by name, whichever function it was found from. */
function refuseRing(walk: Walk, ring: readonly ProviderModel[]): void {
  const members = ring.slice(0, -1);
  const start = [...members].sort((a, b) => compareText(a.name, b.name) || compareText(a.span.file, b.span.file))[0];
  if (!start) return;
  const at = members.indexOf(start);
  const turned = [...members.slice(at), ...members.slice(0, at)];
  const id = turned.map(({ reference }) => `${reference.module}#${reference.export}`).join(" ");
  if (walk.rings.has(id)) return;
  walk.rings.add(id);
  const notes = turned.map((provider, index) => {
    const next = turned[(index + 1) % turned.length] ?? provider;
    const parameter = provider.parameters.find(({ key }) => key && keyId(key) === keyId(next.produces));
    return {
      message: `\`${provider.name}\` needs \`${keyText(next.produces)}\`, which \`${next.name}\` makes`,
      span: parameter?.span ?? provider.span,
    };
  });
  walk.diagnostics.push(
    diagnostic("MG204", `\`${keyText(start.produces)}\` needs itself`, { span: start.span, notes }),
  );
}

/** Of one type there is one value: two parameters would get the same. */
export function findRepeated(parameters: readonly DependencyModel[]): readonly Diagnostic[] {
  return parameters.flatMap((parameter, index) => {
    const { key, name, span } = parameter;
    if (key === undefined) return [];
    const first = parameters.findIndex((other) => other.key && keyId(other.key) === keyId(key));
    const earlier = parameters[first];
    if (!earlier || first === index) return [];
    const notes = [{ message: `\`${earlier.name}\` already gets it`, span: earlier.span }];
    return [diagnostic("MG205", `\`${name}\` is a second \`${keyText(key)}\``, { span, notes })];
  });
}
