/** What other tools fill of a function's parameters, and what it calls of them → the code of its chain. */
import type { StepPlan } from "../../model/filled.js";
import type { ServedPlan } from "../../model/plan.js";
import type { ProjectPlan } from "../../model/project/project.js";
import { array, atom, call, object, type Code } from "../code/code.js";
import type { Module } from "../code/module.js";
import { toCamelCase } from "../code/names.js";
import { importOfModule } from "../code/paths.js";
import { propertyKey, stringLiteral } from "../code/text.js";
import { typeOfHanded } from "./call-code.js";

export interface ChainParts {
  readonly module: Module;
  readonly project: ProjectPlan;
  /** The function's name in the file, or that of what it is a method of. */
  readonly local: string;
  /** The local name of a tool's definition. */
  readonly useTool: (name: string) => string;
}

export function isFilling({ how }: StepPlan): boolean {
  return how === "fills";
}

/** `weather: step<typeof getWeather>(getWeatherTool, ["city"])`. */
export function renderSteps({ steps = [] }: ServedPlan, { module, project, useTool }: ChainParts): Code {
  const entries = steps.filter(isFilling).map((each) => {
    const { parameter, tool, callee, takes } = each;
    const step = module.use({ from: "../runtime/chains/chain.js", name: "step", suffix: "Of" });
    const source = module.use({
      from: importOfModule(callee.module, project),
      name: callee.export,
      ...(callee.export === "default" && { as: toCamelCase(tool) }),
      suffix: callee.member === undefined ? "Function" : "Methods",
      isType: true,
    });
    const names = array(takes.map((name) => atom(stringLiteral(name), "string")));
    return {
      key: propertyKey(parameter),
      value: call(`${step}<${typeOfGiver(each, source)}>`, [atom(useTool(tool), "word"), names]),
    };
  });
  return object(entries);
}

/** `handTools({ weather: handed<Parameters<typeof compare>[1]>({ tool: getWeatherTool, takes: ["city"] }) })`. */
export function renderTools(served: ServedPlan, { module, local, useTool }: ChainParts): Code {
  const called = served.steps?.filter((each) => !isFilling(each)) ?? [];
  if (called.length === 0) return object([]);
  const from = "../runtime/chains/handed.js";
  const handed = module.use({ from, name: "handed", suffix: "Tool" });
  const entries = called.map(({ parameter, tool, how, takes }) => {
    const names = array(takes.map((name) => atom(stringLiteral(name), "string")));
    const parts = [
      { key: "tool", value: atom(useTool(tool), "word") },
      ...(how === "calledWithAll" ? [] : [{ key: "takes", value: names }]),
      ...(how === "calledWithRest" ? [{ key: "rest", value: atom("true", "word") }] : []),
    ];
    const type = typeOfHanded(served.call, parameter, local);
    return { key: propertyKey(parameter), value: call(`${handed}<${type}>`, [object(parts)]) };
  });
  return call(module.use({ from, name: "handTools" }), [object(entries)]);
}

/** `local`: of the function in the file, or of what it is a method of. */
function typeOfGiver({ callee: { member }, isOfClass }: StepPlan, local: string): string {
  if (member === undefined) return `typeof ${local}`;
  return `${isOfClass ? local : `(typeof ${local})`}[${stringLiteral(member)}]`;
}
