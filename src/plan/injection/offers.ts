/** Everything that can fill a parameter, by the key of its type; two that give one key are one too many. */
import { diagnostic, type Diagnostic } from "../../diagnostics/diagnostic.js";
import { builtInOf, contractOf, type ContractName } from "../../language/injected/injected.js";
import type { BuiltInRow } from "../../language/injected/injected-row.js";
import type { ApiModel, BindingModel, ConfigModel, ProviderModel, TypeKey } from "../../model/api.js";
import { keyId, keyText } from "../../model/keys.js";
import type { Span } from "../../model/span.js";
import { adviseOn, type Advice } from "./advice.js";

export type Offer =
  /** Handed to each call by the server. */
  | { readonly kind: "contract"; readonly contract: ContractName }
  | { readonly kind: "provider"; readonly provider: ProviderModel }
  /** Read from the environment. */
  | { readonly kind: "config"; readonly config: ConfigModel }
  /** Made by the runtime, where the source has neither a provider of it nor a binding. */
  | { readonly kind: "builtIn"; readonly builtIn: BuiltInRow };

export interface Offers {
  readonly find: (key: TypeKey | undefined) => Offer | undefined;
  /** The way out where there is no offer. */
  readonly advise: (key: TypeKey) => Advice;
  /** Those that can be chosen. */
  readonly providers: readonly ProviderModel[];
  readonly diagnostics: readonly Diagnostic[];
}

interface Index {
  readonly configs: ReadonlyMap<string, ConfigModel>;
  readonly providers: Map<string, ProviderModel>;
  readonly bindings: Map<string, BindingModel>;
}

export function listOffers(model: ApiModel): Offers {
  const configs = new Map(model.configs.map((config) => [keyId(config.key), config]));
  const index: Index = { configs, providers: new Map(), bindings: new Map() };
  const diagnostics = [...indexProviders(index, model.providers), ...indexBindings(index, model.bindings)];
  const find = (key: TypeKey | undefined): Offer | undefined => findOffer(index, key);
  for (const { interface: wanted, concrete, span } of index.bindings.values()) {
    if (find(concrete)) continue;
    const { help, notes } = adviseOn(model, concrete);
    const bound = { message: `bound to \`${keyText(wanted)}\`` };
    diagnostics.push(
      diagnostic("MG201", `no provider for \`${keyText(concrete)}\``, { span, notes: [bound, ...notes], help }),
    );
  }
  return { find, advise: (key) => adviseOn(model, key), providers: [...index.providers.values()], diagnostics };
}

/** Through bindings; a ring of these leads nowhere. */
function findOffer({ configs, providers, bindings }: Index, wanted: TypeKey | undefined): Offer | undefined {
  if (wanted === undefined) return undefined;
  const followed = new Set<string>();
  let key: TypeKey | undefined = wanted;
  while (key !== undefined && !followed.has(keyId(key))) {
    followed.add(keyId(key));
    const contract = contractOf(key);
    if (contract !== undefined) return { kind: "contract", contract };
    const config = configs.get(keyId(key));
    if (config) return { kind: "config", config };
    const provider = providers.get(keyId(key));
    if (provider) return { kind: "provider", provider };
    const binding = bindings.get(keyId(key));
    const builtIn = binding ? undefined : builtInOf(key);
    if (builtIn) return { kind: "builtIn", builtIn };
    key = binding?.concrete;
  }
  return undefined;
}

function indexProviders({ configs, providers: first }: Index, providers: readonly ProviderModel[]): Diagnostic[] {
  const rivals = new Map<string, ProviderModel[]>();
  const diagnostics: Diagnostic[] = [];
  for (const provider of providers) {
    const id = keyId(provider.produces);
    const contract = contractOf(provider.produces);
    const earlier = first.get(id);
    const config = configs.get(id);
    if (contract !== undefined) diagnostics.push(refuseContract(provider, contract));
    else if (config) diagnostics.push(refuseConfig({ key: provider.produces, span: provider.span }, config));
    else if (earlier) rivals.set(id, [...(rivals.get(id) ?? [earlier]), provider]);
    else first.set(id, provider);
  }
  return [...diagnostics, ...[...rivals.values()].flatMap(refuseRivals)];
}

/** The same binding in two sets is one; a type that is provided needs none. */
function indexBindings(
  { configs, providers, bindings: first }: Index,
  bindings: readonly BindingModel[],
): Diagnostic[] {
  return bindings.flatMap((binding) => {
    const id = keyId(binding.interface);
    const provider = providers.get(id);
    const earlier = first.get(id);
    const config = configs.get(id);
    const contract = contractOf(binding.interface);
    if (contract !== undefined) return [refuseContract(binding, contract)];
    if (contractOf(binding.concrete) === "Tool") return [refuseBoundTool(binding)];
    if (config) return [refuseConfig({ key: binding.interface, span: binding.span }, config)];
    if (!earlier && !provider) first.set(id, binding);
    if (!provider && (!earlier || keyId(earlier.concrete) === keyId(binding.concrete))) return [];
    const notes = [
      ...(provider ? [{ message: `\`${provider.name}\` makes it as well`, span: provider.span }] : []),
      ...(earlier ? [{ message: `it is bound to \`${keyText(earlier.concrete)}\` as well`, span: earlier.span }] : []),
    ];
    const message = `more than one provider for \`${keyText(binding.interface)}\``;
    return [diagnostic("MG202", message, { span: binding.span, notes })];
  });
}

/** One diagnostic for all providers of a key, at the second of them. */
function refuseRivals(providers: readonly ProviderModel[]): readonly Diagnostic[] {
  const [first, second] = providers;
  if (!first || !second) return [];
  const notes = providers
    .filter((provider) => provider !== second)
    .map((provider) => ({ message: `\`${provider.name}\` makes it as well`, span: provider.span }));
  const message = `more than one provider for \`${keyText(second.produces)}\``;
  return [diagnostic("MG202", message, { span: second.span, notes })];
}

/** Which tool a parameter is handed is said by its own type. */
function refuseBoundTool({ interface: wanted, span }: BindingModel): Diagnostic {
  const name = keyText(wanted);
  return diagnostic("MG228", `\`${name}\` is bound to a \`Tool\`, which only a parameter's own type names`, {
    span,
    help: `remove the binding, and write \`Tool<typeof …>\` in place of \`${name}\``,
  });
}

function refuseContract(provider: Pick<ProviderModel, "span">, contract: ContractName): Diagnostic {
  return diagnostic("MG202", `more than one provider for \`${contract}\``, {
    span: provider.span,
    notes: [{ message: `the server itself hands \`${contract}\` to each call` }],
  });
}

function refuseConfig({ key, span }: { readonly key: TypeKey; readonly span: Span }, config: ConfigModel): Diagnostic {
  const notes = [{ message: "tagged `@config`, it is read from the environment", span: config.span }];
  return diagnostic("MG202", `more than one provider for \`${keyText(key)}\``, { span, notes });
}
