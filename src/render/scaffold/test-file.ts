/**
 * ToolPlan → test/<tool>.test.ts: the calls of its examples with what they answer, or one with made-up arguments for the
 * user to fill in, which is not made until then. What holds of any tool is in generated/surface.test.ts.
 */
import type { JsonObject, JsonValue } from "../../model/json.js";
import type { ResultPlan, ServerPlan, ToolExample, ToolPlan } from "../../model/plan.js";
import { atom, call, chain, method, type Code } from "../code/code.js";
import { jsonToCode } from "../code/json-code.js";
import { layOut } from "../code/layout.js";
import { fillFrame } from "../frames/frames.js";
import { stringLiteral } from "../code/text.js";
import { needsOf } from "../files/served-file.js";
import { sampleArguments } from "./sample-arguments.js";

export interface TestParts {
  /** Whether test/settings.ts stands for the environment. */
  readonly hasSettings: boolean;
  readonly plan: Pick<ServerPlan, "container" | "definitions">;
}

export function renderTest(tool: ToolPlan, { hasSettings, plan }: TestParts): string {
  const [need = ""] = needsOf(tool);
  const hasExamples = tool.examples.length > 0;
  const mocks = hasExamples ? [] : mocksFor(tool, plan);
  const places = mocks.map(({ entry, make }) => `${entry}: ${make}`);
  const mocked = [...(hasSettings ? ["...settings"] : []), ...places].join(", ");
  return fillFrame("tool.test.ts", {
    hasNeeds: need !== "" && mocks.length === 0,
    mocked: hasSettings ? `...settings, ${need}` : need,
    hasSettings,
    given: places.length > 0 ? `{ ${mocked} }` : hasSettings ? "settings" : "",
    hasExamples,
    examples: tool.examples.map((example, index) => renderExample(tool, example, index)),
    mocks: [...new Set(mocks.map(({ name }) => name))].join(", "),
    title: stringLiteral(`${tool.name} answers`),
    call: callText(tool, sampleArguments(tool, plan)),
  });
}

function renderExample(tool: ToolPlan, { arguments: given, answer }: ToolExample, index: number): string {
  const number = tool.examples.length > 1 ? ` ${String(index + 1)}` : "";
  const expected = answer === undefined ? "" : answerText(tool.result, answer);
  return fillFrame("example.test.ts", {
    title: stringLiteral(`${tool.name} answers its example${number}`),
    call: callText(tool, given),
    hasAnswer: expected !== "",
    answer: expected,
  }).trimEnd();
}

function callText(tool: ToolPlan, args: JsonObject): string {
  const code = method(atom("client"), "callTool", [jsonToCode({ name: tool.name, arguments: args })]);
  return layOut(code, { indent: 2, column: "  const result = await ".length, rest: 1 });
}

/** Of composite values: the order of their keys is the function's own. */
const firstText = atom('(result.content as { text: string }[])[0]?.text ?? ""', "word");

/** Nothing is said of content that the function makes itself. */
function answerText(result: ResultPlan, answer: JsonValue): string {
  switch (result.kind) {
    case "structured":
      return equalText(
        atom("result.structuredContent", "word"),
        jsonToCode(result.wrapped ? { result: answer } : answer),
      );
    case "text":
      return typeof answer === "object" && answer !== null
        ? equalText(call("JSON.parse", [firstText]), jsonToCode(answer))
        : equalText(atom("result.content", "word"), jsonToCode([{ type: "text", text: String(answer) }]));
    case "empty":
    case "content":
    case "media":
      return "";
  }
}

function equalText(actual: Code, expected: Code): string {
  const code = chain("assert", [{ name: "deepEqual", arguments: [actual, expected] }]);
  return `${layOut(code, { indent: 2, column: 2, rest: 1 })};`;
}

interface Mock {
  /** What it stands in for, in the container. */
  readonly entry: string;
  /** An export of generated/mocks.ts. */
  readonly name: string;
  readonly make: string;
}

/** For all that the tool needs, and that its providers need in turn. */
function mocksFor(tool: ToolPlan, { container }: TestParts["plan"]): readonly Mock[] {
  const entries = new Map((container?.entries ?? []).map((entry) => [entry.name, entry]));
  const needed = new Set(needsOf(tool));
  // A set hands out what is added to it on the way.
  for (const name of needed)
    for (const argument of entries.get(name)?.source.arguments ?? [])
      if (argument.kind === "dependency") needed.add(argument.name);
  return [...needed].flatMap((entry) => {
    const mock = entries.get(entry)?.source.mock;
    return mock ? [{ entry, name: mock.export, make: mock.make }] : [];
  });
}
