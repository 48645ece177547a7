/** An `Elicit<T>` is handed over with the form that `T` is: only a function that is served has one written at its parameter. */
import { diagnostic, type Diagnostic } from "../../diagnostics/diagnostic.js";
import { planContract } from "../../language/injected/injected.js";
import type { DependencyModel, ParameterModel } from "../../model/api.js";
import type { ArgumentPlan } from "../../model/plan.js";
import { succeed, type Result } from "../../model/result.js";

const elicit = planContract("Elicit");

/** The value is only to be used when no diagnostic is an error. */
export function giveForm(argument: ArgumentPlan, { name, form, span }: ParameterModel): Result<ArgumentPlan> {
  if (argument.kind !== "contract" || argument.contract.name !== elicit.name) return succeed(argument);
  if (form) return succeed({ ...argument, form: { parameter: name, fields: form.value } }, form.diagnostics);
  return succeed(argument, [refuseFormless({ name, span }, "does not say so itself")]);
}

/** `reason` completes "`ask` asks for a form, and …". */
export function refuseFormless({ name, span }: Pick<DependencyModel, "name" | "span">, reason: string): Diagnostic {
  return diagnostic("MG227", `\`${name}\` asks for a form, and ${reason}`, {
    span,
    help: "write `Elicit<…>` as the type of a parameter of the function that is served",
  });
}
