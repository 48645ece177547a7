/**
 * An `Elicit<T>` is handed over with the form that `T` is, only to a function that is served, at its parameter; a
 * `Caller<T>`, to what is made for a call as well, with its claims checked against `T`.
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
  if (argument.contract.name === caller.name && claims) return giveClaims(argument, { name, claims }, definitions);
  if (argument.contract.name !== elicit.name) return succeed(argument);
  if (form) return succeed({ ...argument, form: { parameter: name, fields: form.value } }, form.diagnostics);
  return succeed(argument, [refuseFormless(parameter, "does not say so itself")]);
}

type Contract = Extract<ArgumentPlan, { kind: "contract" }>;

/** To a function that is served, or to what is made for its call. */
export function giveClaims(
  argument: Contract,
  { name, claims }: Required<Pick<DependencyModel, "name" | "claims">>,
  definitions: Readonly<Record<string, Definition>>,
): Result<Contract> {
  const { value: type, diagnostics } = claims;
  const part = { kind: "claims", parameter: name, type, cast: isNominal(type, definitions) } as const;
  return succeed({ ...argument, part }, diagnostics);
}

/** `reason` completes "`ask` asks for a form, and …". */
export function refuseFormless({ name, span }: Named, reason: string): Diagnostic {
  return diagnostic("MG227", `\`${name}\` asks for a form, and ${reason}`, {
    span,
    help: "write `Elicit<…>` as the type of a parameter of the function that is served",
  });
}
