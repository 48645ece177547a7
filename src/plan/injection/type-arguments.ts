/**
 * An `Elicit<T>` is handed over with the form that `T` is, a `Caller<T>` with its claims checked against `T`: only a
 * function that is served has them, at its parameter.
 */
import { diagnostic, type Diagnostic } from "../../diagnostics/diagnostic.js";
import { planContract } from "../../language/injected/injected.js";
import type { Definition, DependencyModel, ParameterModel } from "../../model/api.js";
import type { ArgumentPlan } from "../../model/plan.js";
import { succeed, type Result } from "../../model/result.js";
import { isNominal } from "./nominal.js";

const [elicit, caller] = [planContract("Elicit"), planContract("Caller")];

type Named = Pick<DependencyModel, "name" | "span">;

/** The value is only to be used when no diagnostic is an error. */
export function giveTypeArgument(
  argument: ArgumentPlan,
  parameter: ParameterModel,
  definitions: Readonly<Record<string, Definition>>,
): Result<ArgumentPlan> {
  if (argument.kind !== "contract") return succeed(argument);
  const { name, form, claims } = parameter;
  if (argument.contract.name === caller.name && claims) {
    const part = {
      kind: "claims",
      parameter: name,
      type: claims.value,
      cast: isNominal(claims.value, definitions),
    } as const;
    return succeed({ ...argument, part }, claims.diagnostics);
  }
  if (argument.contract.name !== elicit.name) return succeed(argument);
  if (form) return succeed({ ...argument, form: { parameter: name, fields: form.value } }, form.diagnostics);
  return succeed(argument, [refuseFormless(parameter, "does not say so itself")]);
}

/** `reason` completes "`ask` asks for a form, and …". */
export function refuseFormless({ name, span }: Named, reason: string): Diagnostic {
  return diagnostic("MG227", `\`${name}\` asks for a form, and ${reason}`, {
    span,
    help: "write `Elicit<…>` as the type of a parameter of the function that is served",
  });
}

/** `who`: the provider that would take it. */
export function refuseClaims({ name, span }: Named, who: string): Diagnostic {
  return diagnostic("MG473", `\`${name}\` names claims, and ${who} is not what is served`, {
    span,
    help: "write `Caller`, or `Caller<…>` as the type of a parameter of the function that is served",
  });
}
