/** `@example` → calls of the tool with what they answer, for its test. */
import type { FunctionModel } from "../../model/api.js";
import { isJsonObject, type JsonValue } from "../../model/json.js";
import type { ArgumentPlan, ToolExample } from "../../model/plan.js";
import { parseAnswer, parseCall, parseLiteral, type Literal } from "./example-literals.js";
import type { ParametersPlan } from "./tool-parameters.js";

type ExampleGround = Pick<ParametersPlan, "input" | "arguments">;

/** Those that are a JSON object or a call with literal arguments; prose is no example of a call. */
export function planExamples(source: FunctionModel, parameters: ExampleGround): readonly ToolExample[] {
  const texts = source.docs.tags.filter(({ name }) => name === "example").map(({ text }) => stripFrame(text));
  const calls = texts.map((text) => readExample(text, source, parameters)).filter((call) => call !== undefined);
  // The same call twice is one test.
  return calls.filter((call, index) => calls.findIndex((other) => isSameCall(call, other)) === index);
}

function isSameCall(one: ToolExample, other: ToolExample): boolean {
  return JSON.stringify(one.arguments) === JSON.stringify(other.arguments);
}

function readExample(code: string, source: FunctionModel, parameters: ExampleGround): ToolExample | undefined {
  const literal = parseLiteral(code);
  if (literal && isJsonObject(literal.value)) return { arguments: literal.value };
  const call = parseCall(code, source.name);
  const given = call && assign(call.values, parameters);
  const answer = given && parseAnswer(call.rest);
  return given && { arguments: given, ...(answer && { answer: answer.value }) };
}

/** Without a caption, and without the code fence around it. */
function stripFrame(text: string): string {
  const fenced = /```[^\n]*\n([\s\S]*?)```/.exec(text);
  return (fenced?.[1] ?? text.replace(/<caption>[\s\S]*?<\/caption>/, "")).trim();
}

/** The literals of a call, in the order of the parameters; what stands for an injected parameter is not looked at. */
function assign(values: readonly Literal[], parameters: ExampleGround): ToolExample["arguments"] | undefined {
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
