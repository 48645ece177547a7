/** `@from weather getWeather` → where what the one function gives is not assignable to what the other takes. */
import type { ts } from "ts-morph";
import { isToolName, readFrom } from "../../language/from-tag.js";
import type { FunctionModel, StepMisfit } from "../../model/api.js";
import { stepId } from "../../model/filled.js";
import type { Analysis } from "../checker/analysis.js";

/** A function with its types: those of its parameters, and of its result out of its promise. */
export interface TypedFunction {
  readonly model: Pick<FunctionModel, "name" | "reference" | "docs">;
  readonly parameters: readonly {
    readonly model: { readonly name: string };
    readonly shape: { readonly type: ts.Type };
  }[];
  readonly result: { readonly shape: { readonly type: ts.Type } };
}

/** By `stepId`; which of several functions of one name is meant is decided elsewhere. */
export function findMisfits(
  { checker }: Analysis,
  functions: readonly TypedFunction[],
): Readonly<Record<string, StepMisfit>> {
  const pairs = functions.flatMap((taker) =>
    taker.model.docs.tags.flatMap((tag) => {
      const from = tag.name === "from" ? readFrom(tag.text) : undefined;
      if (!from || !isToolName(from.written)) return [];
      const parameter = taker.parameters.find(({ model }) => model.name === from.parameter);
      const givers = functions.filter(({ model }) => isCalled(model, from.written));
      return parameter ? givers.map((giver) => ({ taker, parameter, giver })) : [];
    }),
  );
  const misfits = pairs.flatMap(({ taker, parameter, giver }) => {
    const [gives, takes] = [giver.result.shape.type, parameter.shape.type];
    if (checker.isTypeAssignableTo(gives, takes)) return [];
    const texts = { gives: checker.typeToString(gives), takes: checker.typeToString(takes) };
    const pair = { taker: taker.model.reference, parameter: parameter.model.name, giver: giver.model.reference };
    return [[stepId(pair), texts] as const];
  });
  return Object.fromEntries(misfits);
}

function isCalled({ name, docs }: TypedFunction["model"], written: string): boolean {
  return name === written || docs.tags.some((tag) => tag.name === "name" && tag.text.trim() === written);
}
