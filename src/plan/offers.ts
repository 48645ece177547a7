/** Everything that can fill a parameter, by the key of its type; two that give one key are one too many. */
import { diagnostic, type Diagnostic } from "../diagnostics/diagnostic.js";
import type { ApiModel, ProviderModel, TypeKey } from "../model/api.js";
import type { ContractName } from "../model/plan.js";
import { contractOf } from "./contracts.js";
import { keyId, keyText } from "./keys.js";

export type Offer =
  /** Handed to each call by the server. */
  | { readonly kind: "contract"; readonly contract: ContractName }
  | { readonly kind: "provider"; readonly provider: ProviderModel };

export interface Offers {
  readonly find: (key: TypeKey | undefined) => Offer | undefined;
  /** Those that can be chosen. */
  readonly providers: readonly ProviderModel[];
  readonly diagnostics: readonly Diagnostic[];
}

export function listOffers({ providers }: ApiModel): Offers {
  const first = new Map<string, ProviderModel>();
  const rivals = new Map<string, ProviderModel[]>();
  const diagnostics: Diagnostic[] = [];
  for (const provider of providers) {
    const id = keyId(provider.produces);
    const contract = contractOf(provider.produces);
    const earlier = first.get(id);
    if (contract !== undefined) diagnostics.push(refuseContract(provider, contract));
    else if (earlier) rivals.set(id, [...(rivals.get(id) ?? [earlier]), provider]);
    else first.set(id, provider);
  }
  for (const all of rivals.values()) diagnostics.push(...refuseRivals(all));
  const find = (key: TypeKey | undefined): Offer | undefined => {
    const contract = contractOf(key);
    if (key === undefined || contract !== undefined) return contract && { kind: "contract", contract };
    const provider = first.get(keyId(key));
    return provider && { kind: "provider", provider };
  };
  return { find, providers: [...first.values()], diagnostics };
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

function refuseContract(provider: ProviderModel, contract: ContractName): Diagnostic {
  return diagnostic("MG202", `more than one provider for \`${contract}\``, {
    span: provider.span,
    notes: [{ message: `the server itself hands \`${contract}\` to each call` }],
  });
}
