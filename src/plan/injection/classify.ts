/** A tool's parameter → whether the client sends it or the server fills it in; never a guess. */
import { diagnostic, type Diagnostic } from "../../diagnostics/diagnostic.js";
import type { FunctionModel, ParameterModel, TypeKey } from "../../model/api.js";
import { isGlobal, keyText } from "../../model/keys.js";
import { findFrom, type FromTag } from "./from-tags.js";
import { askedFor } from "./named-tags.js";
import type { Offer, Offers } from "./offers.js";

export type Role =
  | { readonly kind: "data" }
  | { readonly kind: "injected"; readonly offer: Offer }
  /** By `@from`. */
  | { readonly kind: "filled"; readonly from: FromTag }
  /** Optional, and nothing provides it; `warning` where JSON cannot carry it. */
  | { readonly kind: "absent"; readonly warning?: Diagnostic }
  /** `offer` is what it could have been. */
  | { readonly kind: "refused"; readonly diagnostics: readonly Diagnostic[]; readonly offer?: Offer };

export function classify(parameter: ParameterModel, source: FunctionModel, offers: Offers): Role {
  const { key, type, optional, leftOut } = parameter;
  const from = findFrom(parameter, source);
  if (from) return classifyFilled(parameter, from, offers);
  const asked = askedFor(parameter, source);
  const offer = asked === "data" ? undefined : offers.find(key);
  if (offer?.kind === "provider" && type.kind === "servable" && asked === undefined)
    return { kind: "refused", diagnostics: [refuseAmbiguous(parameter, offer.provider)], offer };
  if (offer) return { kind: "injected", offer };
  if (type.kind === "servable" && asked !== "inject") return { kind: "data" };
  if (leftOut && asked === undefined) return { kind: "absent", warning: warnOfAbsent(leftOut, key) };
  if (parameter.signals && optional && asked === undefined) return { kind: "absent" };
  if (asked === "inject" && type.kind === "servable" && (!key || isGlobal(key)))
    return { kind: "refused", diagnostics: [refuseNameless(parameter)] };
  if (asked === "data" && type.kind === "unservable") return { kind: "refused", diagnostics: type.diagnostics };
  if (!key || isGlobal(key))
    return type.kind === "servable" ? { kind: "data" } : { kind: "refused", diagnostics: type.diagnostics };
  return optional ? { kind: "absent" } : { kind: "refused", diagnostics: [missing(parameter, key, offers)] };
}

/** A provider of its type is no rival: the tag says where it comes from. */
function classifyFilled({ name, key, type, rest }: ParameterModel, from: FromTag, offers: Offers): Role {
  const offer = offers.find(key);
  const { span } = from.tag;
  const refuse = (message: string, help: string): Role => ({
    kind: "refused",
    diagnostics: [diagnostic("MG475", message, { span, help })],
    ...(offer && { offer }),
  });
  if (rest) return refuse(`\`${name}\` is a rest parameter`, "write it as one array, without `...`");
  if (offer && (type.kind !== "servable" || offer.kind !== "provider"))
    return refuse(`\`${name}\` is injected`, "remove `@from`: what it needs is provided");
  return type.kind === "servable" ? { kind: "filled", from } : { kind: "refused", diagnostics: type.diagnostics };
}

function warnOfAbsent(leftOut: Diagnostic, key: TypeKey | undefined): Diagnostic {
  const help = `export a provider of \`${key ? keyText(key) : ""}\`, or remove it`;
  return key && !isGlobal(key) ? { ...leftOut, help } : leftOut;
}

/** Whoever writes `@inject` means that no client sends it. */
function refuseNameless({ name, span }: ParameterModel): Diagnostic {
  return diagnostic("MG206", `\`${name}\` cannot be injected: its type has no name of its own`, { span });
}

function refuseAmbiguous(
  { name, key, span }: ParameterModel,
  provider: { name: string; span: ParameterModel["span"] },
): Diagnostic {
  return diagnostic(
    "MG203",
    `\`${name}\` could be data or injected: \`${key ? keyText(key) : name}\` is JSON and provided`,
    {
      span,
      notes: [{ message: `\`${provider.name}\` makes it`, span: provider.span }],
      help: `write \`@inject ${name}\` or \`@data ${name}\` above the function`,
    },
  );
}

/** A type with an identity of its own could be injected, so a provider is what is missing. */
function missing({ type, span }: ParameterModel, key: TypeKey, offers: Offers): Diagnostic {
  const reasons = type.kind === "unservable" ? type.diagnostics : [];
  const advice = offers.advise(key);
  const notes = reasons.flatMap((reason) => [
    { message: reason.message, ...(reason.span && { span: reason.span }) },
    ...reason.notes,
  ]);
  const details = { span, notes: [...notes, ...advice.notes], help: advice.help };
  return diagnostic("MG201", `no provider for \`${keyText(key)}\``, details);
}
