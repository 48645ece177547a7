/** `@example` → the arguments of a call, for the generated test. */
import type { FunctionModel } from "../../model/api.js";
import type { JsonValue } from "../../model/json.js";
import type { ArgumentPlan } from "../../model/plan.js";
import { isJsonObject, parseCall, parseLiteral, type Literal } from "./example-literals.js";
import type { ParametersPlan } from "./tool-parameters.js";

type ExampleGround = Pick<ParametersPlan, "input" | "arguments">;

export type Example = Readonly<Record<string, JsonValue>>;

/** The first example that is a JSON object or a call with literal arguments; prose is no example of a call. */
export function planExample(source: FunctionModel, parameters: ExampleGround): Example | undefined {
  for (const tag of source.docs.tags) {
    const example = tag.name === "example" ? readExample(tag.text, source, parameters) : undefined;
    if (example) return example;
  }
  return undefined;
}

function readExample(text: string, source: FunctionModel, parameters: ExampleGround): Example | undefined {
  const code = stripFrame(text);
  const literal = parseLiteral(code);
  if (literal && isJsonObject(literal.value)) return literal.value;
  const values = parseCall(code, source.name);
  return values && assign(values, parameters);
}

/** Without a caption, and without the code fence around it. */
function stripFrame(text: string): string {
  const fenced = /```[^\n]*\n([\s\S]*?)```/.exec(text);
  return (fenced?.[1] ?? text.replace(/<caption>[\s\S]*?<\/caption>/, "")).trim();
}

/** The literals of a call, in the order of the parameters; what stands for an injected parameter is not looked at. */
function assign(values: readonly Literal[], parameters: ExampleGround): Example | undefined {
  const example: [string, JsonValue][] = [];
  for (const [index, plan] of parameters.arguments.entries()) {
    const literal = values[index];
    if (isInjected(plan) || literal === undefined || literal.kind === "undefined") continue;
    if (plan.kind === "rest") {
      const rest = values.slice(index);
      if (!rest.every(isJson)) return undefined;
      example.push([plan.name, rest.map((value) => value.value)]);
    } else if (!isJson(literal)) {
      return undefined;
    } else if (plan.kind === "argument") {
      example.push([plan.name, literal.value]);
    } else if (isJsonObject(literal.value)) {
      example.push(...Object.entries(literal.value));
    } else {
      return undefined;
    }
  }
  return Object.fromEntries(example);
}

function isInjected(plan: ArgumentPlan): plan is Exclude<ArgumentPlan, { kind: "all" | "argument" | "rest" }> {
  return plan.kind !== "all" && plan.kind !== "argument" && plan.kind !== "rest";
}

function isJson(literal: Literal): literal is Extract<Literal, { kind: "json" }> {
  return literal.kind === "json";
}
