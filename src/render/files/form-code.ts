/** The forms of a function's `Elicit<T>` parameters → code beside the call: a client is asked for these fields. */
import type { FormPlan, ServedPlan } from "../../model/plan.js";
import { call, object, type Code } from "../code/code.js";
import { jsonToCode } from "../code/json-code.js";
import { layOut } from "../code/layout.js";
import type { Module } from "../code/module.js";
import { propertyKey } from "../code/text.js";
import { formsConstant } from "./call-code.js";

/** `const forms = { … };` */
export function renderForms({ call: { arguments: args } }: ServedPlan, module: Module): readonly string[] {
  const forms = args.flatMap((argument) => (argument.kind === "contract" && argument.form ? [argument.form] : []));
  if (forms.length === 0) return [];
  const asking = module.use({ from: "../runtime/client/form.js", name: "asking" });
  const entries = forms.map((form) => ({
    key: propertyKey(form.parameter),
    value: call(asking, [fieldsToCode(form)]),
  }));
  const head = `const ${formsConstant} = `;
  return [`${head}${layOut(object(entries), { indent: 0, column: head.length, rest: 1 })};`];
}

function fieldsToCode({ fields }: FormPlan): Code {
  const entries = fields.map(({ name, optional, schema }) => ({
    key: propertyKey(name),
    value: jsonToCode({ ...schema, ...(optional && { optional }) }),
  }));
  return object(entries);
}
