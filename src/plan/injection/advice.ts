/** A type that nothing provides → the smallest edit that would: a binding of what fits, or the provider that was meant. */
import type { Note } from "../../diagnostics/diagnostic.js";
import { closest } from "../../diagnostics/suggest.js";
import type { ApiModel, ProviderModel, TypeKey } from "../../model/api.js";
import { keyId, keyText } from "../../model/keys.js";

export interface Advice {
  readonly notes: readonly Note[];
  /** Absent where nothing better is known than the catalog's. */
  readonly help?: string;
}

export function adviseOn({ providers, assignable, candidates, functions }: ApiModel, key: TypeKey): Advice {
  const wanted = keyText(key);
  const fitting = (assignable[keyId(key)] ?? []).flatMap((made) => makerOf(providers, made));
  const [fits] = fitting;
  if (fits) {
    const notes = fitting.map((each) => noteOn(each, `makes \`${keyText(each.produces)}\`, which is assignable to it`));
    return { notes, help: `bind it in a set: providers(${fits.name}, bind<${wanted}, ${keyText(fits.produces)}>())` };
  }
  const candidate = candidates.find((each) => keyId(each.key) === keyId(key));
  if (candidate)
    return {
      notes: [{ message: `\`${wanted}\` is a class that the container could make`, span: candidate.span }],
      help: `tag the class \`${wanted}\` with \`@provider\``,
    };
  const maker = functions.find(({ makes }) => makes && keyId(makes) === keyId(key));
  if (maker)
    return {
      notes: [{ message: `\`${maker.name}\` returns it, but is not a provider`, span: maker.span }],
      help: `tag \`${maker.name}\` with \`@provider\``,
    };
  const twins = providers.filter(({ produces }) => produces.name === key.name);
  if (twins.length > 0)
    return {
      notes: twins.map((each) =>
        noteOn(each, `makes \`${keyText(each.produces)}\` of \`${each.produces.module}\`: another type`),
      ),
    };
  const near = closest(key.name, new Set(providers.map(({ produces }) => produces.name)));
  return {
    notes: providers
      .filter(({ produces }) => produces.name === near)
      .map((each) => noteOn(each, `makes \`${keyText(each.produces)}\``)),
  };
}

function makerOf(providers: readonly ProviderModel[], made: TypeKey): readonly ProviderModel[] {
  return providers.filter(({ produces }) => keyId(produces) === keyId(made)).slice(0, 1);
}

function noteOn({ name, span }: ProviderModel, fact: string): Note {
  return { message: `\`${name}\` ${fact}`, span };
}
