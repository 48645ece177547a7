/** What a provider or a tool needs → what is wrong where nothing gives it, or where it does not live long enough. */
import { diagnostic, type Diagnostic, type Note } from "../../diagnostics/diagnostic.js";
import type { DependencyModel, TypeKey } from "../../model/api.js";
import { keyText } from "../../model/keys.js";
import type { Offers } from "./offers.js";

/** Who needs something, and by which parameter. */
export interface Need {
  readonly who: string;
  readonly parameter: DependencyModel;
}

interface Missing {
  readonly need: Need;
  readonly key: TypeKey;
  readonly trail: readonly Need[];
}

export function missing({ need, key, trail }: Missing, offers: Offers): Diagnostic {
  const advice = offers.advise(key);
  const chain = trail.map(({ who, parameter: { name, span } }): Note => ({
    message: `needed by \`${name}\` of ${who}`,
    span,
  }));
  const help = advice.help ?? "export a function returning this type and tag it `@provider`";
  const details = { span: need.parameter.span, notes: [...chain, ...advice.notes], help };
  return diagnostic("MG201", `no provider for \`${keyText(key)}\``, details);
}

export function refuseCalling({ who, parameter }: Need): Diagnostic {
  const message = `\`${parameter.name}\` is a tool, and ${who} is not what is served`;
  const help = "take it as a parameter of the tool that calls it";
  return diagnostic("MG228", message, { span: parameter.span, help });
}

export function refuseCaptive({ who, parameter }: Need, what: string): Diagnostic {
  const message = `\`${what}\` lives as long as one call, ${who} as long as the server`;
  return diagnostic("MG209", message, { span: parameter.span });
}
