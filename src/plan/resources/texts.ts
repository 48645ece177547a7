/** Arguments that arrive as text: variables of a URI, what a person has typed. */
import { diagnostic, type Diagnostic } from "../../diagnostics/diagnostic.js";
import type { FunctionModel } from "../../model/api.js";
import type { ServedPlan } from "../../model/plan.js";
import type { TypeNode } from "../../model/types.js";
import { placeArgument } from "../chains/argument-places.js";

/** Says which of the arguments no text can stand for. */
export function checkTexts(
  { input, steps }: ServedPlan,
  source: FunctionModel,
  carrier: string,
): readonly Diagnostic[] {
  return input.properties
    .filter(({ type }) => !isText(type))
    .map(({ name }) => {
      const { span, told } = placeArgument(name, source, steps);
      return diagnostic("MG512", `${told} is not text, and ${carrier} carries nothing else`, { span });
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
