/** `weather: Tool<typeof getWeather>` → the tool that a function calls itself, and what it calls it with. */
import { diagnostic } from "../../diagnostics/diagnostic.js";
import type { FunctionModel, ParameterModel, ToolUse } from "../../model/api.js";
import type { StepPlan } from "../../model/filled.js";
import type { ToolPlan } from "../../model/plan.js";
import { succeed, type Result } from "../../model/result.js";
import {
  findRing,
  findUsed,
  isFirst,
  kindOf,
  refuseRing,
  stepOf,
  whyNoStep,
  type PlannedTool,
  type StepGround,
} from "./steps.js";

interface Handing {
  readonly taker: FunctionModel;
  readonly use: ToolUse;
}

/** Without a value where it cannot be handed over, which the diagnostics say, or those of another function. */
export function planHanded(
  parameter: ParameterModel,
  { taker, use }: Handing,
  ground: StepGround,
): Result<PlannedTool | undefined> {
  const { span } = parameter;
  const refuse = ({ code = "MG228", message, help }: Refusal): Result<undefined> =>
    succeed(undefined, [diagnostic(code, message, { span, ...(help !== undefined && { help }) })]);
  const kind = kindOf(taker);
  if (kind !== undefined) return refuse(refuseTaker(taker, use, kind));
  const giver = findUsed(use, ground.tools);
  if (!giver)
    return refuse({ message: `${use.name === undefined ? "this" : `\`${use.name}\``} is not a tool of this server` });
  const ring = findRing(taker, giver, ground.tools);
  if (ring) return succeed(undefined, isFirst(taker, ring) ? [refuseRing(ring, span)] : []);
  if (use.circular) return refuse(refuseCircular(parameter, giver));
  const plan = ground.planTool(giver);
  const unfit = whyNoStep(plan);
  if (unfit !== undefined)
    return refuse({ message: `\`${giver.name}\` ${unfit}`, help: `call \`${giver.name}\` itself` });
  const filling = plan.steps?.find(({ how }) => how === "fills");
  if (filling) return refuse(refuseChain(giver, filling));
  const data = dataOf(giver, plan);
  const tuple = data.find(isTuple);
  if (tuple) return refuse(refuseTuple(giver, tuple));
  if (!isFitting(use, data)) return refuse(refuseArguments(giver, use, data));
  return succeed({
    step: {
      ...stepOf(parameter, { giver, plan }, ground),
      how: howCalled(plan, data),
      takes: data.map(({ name }) => name),
    },
    scopes: plan.scopes,
  });
}

interface Refusal {
  readonly code?: "MG110" | "MG228" | "MG229";
  readonly message: string;
  readonly help?: string;
}

function refuseTaker({ name }: FunctionModel, { name: called }: ToolUse, kind: string): Refusal {
  const message = `\`${name}\` ${kind}, which cannot call another tool`;
  return { message, help: `call ${called === undefined ? "the function" : `\`${called}\``} itself, not as a tool` };
}

/** Not of tools that call each other: of their types alone. */
function refuseCircular({ name }: ParameterModel, giver: FunctionModel): Refusal {
  const message = `the types of \`${name}\` and \`${giver.name}\` are made of each other`;
  return {
    code: "MG110",
    message,
    help: `write what it takes: \`Tool<typeof ${giver.name}, [${namesOf(giver.parameters)}]>\``,
  };
}

function refuseChain({ name }: FunctionModel, { parameter, tool }: StepPlan): Refusal {
  const message = `\`${name}\` takes the arguments of \`${tool}\` by \`@from\`, in an order that no type tells`;
  return { message, help: `let \`${name}\` take \`${parameter}\` as \`Tool<…>\` too, in place of \`@from\`` };
}

function refuseArguments({ name }: FunctionModel, use: ToolUse, data: readonly ParameterModel[]): Refusal {
  const takes = data.map((each) => each.name).join(", ");
  return {
    code: "MG229",
    message: `\`${name}\` is called with (${textOf(use)}), and takes (${takes})`,
    help: `write what it takes: \`Tool<typeof ${name}, [${namesOf(data)}]>\``,
  };
}

/** Its elements are parameters for TypeScript, and one argument for clients. */
function isTuple({ rest, type }: ParameterModel): boolean {
  return rest && type.kind === "servable" && type.type.kind !== "array";
}

function refuseTuple({ name }: FunctionModel, { name: tuple }: ParameterModel): Refusal {
  const message = `\`${name}\` takes \`...${tuple}\`, which is not a list of one type`;
  return { message, help: "give the elements names, as in `...given: [city: string, day?: Date]`" };
}

function namesOf(parameters: readonly ParameterModel[]): string {
  return parameters
    .map(({ name, optional, rest }) => `${rest ? "..." : ""}${name}${optional && !rest ? "?" : ""}: …`)
    .join(", ");
}

function howCalled({ call }: ToolPlan, data: readonly ParameterModel[]): StepPlan["how"] {
  if (call.arguments.some(({ kind }) => kind === "all")) return "calledWithAll";
  return data.at(-1)?.rest ? "calledWithRest" : "called";
}

interface DataParameter extends ParameterModel {
  readonly index: number;
}

/** What its clients send. */
function dataOf({ parameters }: FunctionModel, { call }: ToolPlan): readonly DataParameter[] {
  const sent: ReadonlySet<string> = new Set(["all", "argument", "rest"]);
  return parameters
    .map((parameter, index) => ({ ...parameter, index }))
    .filter(({ index }) => sent.has(call.arguments[index]?.kind ?? ""));
}

/** What is left out at the end has to be optional. */
function isFitting({ takes }: ToolUse, data: readonly DataParameter[]): boolean {
  const fitting = takes.every(({ fits, rest, optional }, at) => {
    const parameter = data[at];
    if (parameter === undefined || !fits.includes(parameter.index)) return false;
    return rest === parameter.rest && (parameter.optional || !optional);
  });
  return fitting && data.slice(takes.length).every(({ optional }) => optional);
}

function textOf({ takes }: ToolUse): string {
  return takes.map(({ text, optional, rest }) => (rest ? `...${text}[]` : `${text}${optional ? "?" : ""}`)).join(", ");
}
