/** Arguments that arrive as text: variables of a URI, what a person has typed. */
import { diagnostic, type Diagnostic } from "../../diagnostics/diagnostic.js";
import type { FunctionModel } from "../../model/api.js";
import type { ServedPlan } from "../../model/plan.js";
import type { TypeNode } from "../../model/types.js";

/** Says which of the arguments no text can stand for. */
export function checkTexts({ input }: ServedPlan, source: FunctionModel, carrier: string): readonly Diagnostic[] {
  return input.properties
    .filter(({ type }) => !isText(type))
    .map(({ name }) => {
      const span = source.parameters.find((parameter) => parameter.name === name)?.span ?? source.span;
      return diagnostic("MG512", `\`${name}\` is not text, and ${carrier} carries nothing else`, { span });
    });
}

function isText(type: TypeNode): boolean {
  switch (type.kind) {
    case "string":
    case "number":
    case "boolean":
    case "literal":
    case "enum":
    case "template":
    case "null":
      return true;
    case "codec":
      return type.codec === "bigint" || type.codec === "date" || type.codec === "url";
    case "union":
      return type.members.every(isText);
    default:
      return false;
  }
}
