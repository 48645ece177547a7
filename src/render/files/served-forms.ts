/** What tells the files of one role from those of another: what they call, what they say of themselves, what they check. */
import type {
  BatchPlan,
  CompletionPlan,
  PromptPlan,
  ReopenPlan,
  ResourceForm,
  ResourcePlan,
  ResultPlan,
  ServedPlan,
  StreamPlan,
  ToolPlan,
} from "../../model/plan.js";
import type { ObjectNode } from "../../model/types.js";
import { atom, object } from "../code/code.js";
import { layOut } from "../code/layout.js";
import type { Module } from "../code/module.js";
import { stringLiteral } from "../code/text.js";

export interface ServedForm {
  /** Of the name that the file exports. */
  readonly suffix: string;
  /** The function of the runtime that makes the definition. */
  readonly define: { readonly from: string; readonly name: string };
  /** What the schema of the arguments is called: `input`, or `item` where there are several. */
  readonly taken: { readonly name: "input" | "item"; readonly type: ObjectNode };
  /** What is checked and encoded. */
  readonly checked: ResultPlan;
  /** Members of the definition by which clients know it, beside its name. */
  readonly marks: readonly string[];
  /** Of a batch or a stream: members of the definition. */
  readonly sizes: readonly string[];
  /** Members of the definition that say how a result is presented. */
  readonly results: (module: Module) => readonly string[];
}

/** Of the names of tools' definitions. */
export const toolSuffix = "Tool";

export function formOfTool(tool: ToolPlan): ServedForm {
  if (tool.batch) return batchForm(tool.batch, tool);
  return tool.stream ? streamForm(tool.stream, tool) : toolForm(tool);
}

export function formOfResource(resource: ResourcePlan): ServedForm {
  const { uri, form, mimeType = mimeTypes[form] } = resource;
  const marks = [`uri: ${stringLiteral(uri)}`, `form: ${stringLiteral(form)}`, `mimeType: ${stringLiteral(mimeType)}`];
  return otherForm(resource, "resource", marks);
}

/** What a resource is where no tag says it. */
export const mimeTypes: Readonly<Record<ResourceForm, string>> = {
  text: "text/plain",
  json: "application/json",
  blob: "application/octet-stream",
  content: "application/octet-stream",
};

export function formOfPrompt(prompt: PromptPlan): ServedForm {
  return otherForm(prompt, "prompt", []);
}

export function formOfCompletion(completion: CompletionPlan): ServedForm {
  const { kind, name, argument } = completion.of;
  const target = object(
    Object.entries({ kind, name, argument }).map(([key, value]) => ({
      key,
      value: atom(stringLiteral(value), "string"),
    })),
  );
  const marks = [
    `of: ${layOut(target, { indent: 2, column: "  of: ".length, rest: 1 })}`,
    `value: ${stringLiteral(completion.value)}`,
  ];
  return otherForm(completion, "completion", marks);
}

const defineTool = { from: "../runtime/index.js", name: "defineTool" };
const streamDefinitions: Readonly<Record<StreamPlan["mode"], Record<"alone" | "chained", ServedForm["define"]>>> = {
  page: {
    alone: { from: "../runtime/streams/pages.js", name: "definePages" },
    chained: { from: "../runtime/streams/pages-chain.js", name: "definePagesChain" },
  },
  collect: {
    alone: { from: "../runtime/streams/collect.js", name: "defineCollection" },
    chained: { from: "../runtime/streams/collect-chain.js", name: "defineCollectionChain" },
  },
  resource: {
    alone: { from: "../runtime/streams/resource.js", name: "defineSpool" },
    chained: { from: "../runtime/streams/resource-chain.js", name: "defineSpoolChain" },
  },
};
const defineChain = { from: "../runtime/chains/chain.js", name: "defineChain" };
const defineBatchChain = { from: "../runtime/chains/batch.js", name: "defineBatchChain" };
const defineBatch = { from: "../runtime/tools/batch.js", name: "defineBatch" };

function toolForm(tool: ToolPlan): ServedForm {
  const { input, result } = tool;
  const taken = { name: "input", type: input } as const;
  const results = (module: Module): readonly string[] => presentation(result, tool, module);
  const define = tool.steps ? defineChain : defineTool;
  return { suffix: toolSuffix, define, marks: [], taken, checked: result, sizes: [], results };
}

function presentation(result: ResultPlan, { name }: ToolPlan, module: Module): readonly string[] {
  switch (result.kind) {
    case "structured":
      return [resultMember(result.kind), ...(result.wrapped === undefined ? [] : ["wrapped: true"])];
    case "media": {
      const present = module.use({ from: "../runtime/results/media.js", name: "presentMedia" });
      return [
        resultMember("content"),
        `present: ${present}(${stringLiteral(result.mimeType)}, ${stringLiteral(name)})`,
      ];
    }
    case "content": {
      const present = module.use({ from: "../runtime/results/content.js", name: "contentResult" });
      return [resultMember(result.kind), `present: ${present}`];
    }
    default:
      return [resultMember(result.kind)];
  }
}

function resultMember(kind: import("../../../templates/runtime/call/tool-call.js").ResultKind): string {
  return `result: ${stringLiteral(kind)}`;
}

function batchForm({ item, result, max, concurrency, coalesces }: BatchPlan, tool: ToolPlan): ServedForm {
  const sizes = [
    `max: ${max}`,
    `concurrency: ${concurrency}`,
    ...(coalesces ? ["coalesces: true"] : []),
    ...(tool.result.kind === "text" ? ["asText: true"] : []),
  ];
  return {
    suffix: toolSuffix,
    define: tool.steps ? defineBatchChain : defineBatch,
    marks: [],
    taken: { name: "item", type: item },
    checked: result,
    sizes,
    // Its items are presented in a list, each by itself.
    results: () => (result.kind === "media" ? [] : [resultMember(result.kind)]),
  };
}

function streamForm(stream: StreamPlan, tool: ToolPlan): ServedForm {
  const { input, result, max, maxBytes } = stream;
  const { alone, chained } = streamDefinitions[stream.mode];
  const sizes = [
    ...(stream.mode === "page" ? [`size: ${stream.size}`] : []),
    `max: ${max}`,
    `maxBytes: ${maxBytes}`,
    ...(stream.mode === "collect" ? [] : [`ttl: ${stringLiteral(stream.ttl)}`]),
    ...(stream.mode === "resource" ? [`format: ${stringLiteral(stream.format)}`] : []),
    ...(tool.result.kind === "text" ? ["asText: true"] : []),
  ];
  return {
    suffix: toolSuffix,
    define: tool.steps ? chained : alone,
    marks: [],
    taken: { name: "input", type: input },
    checked: result,
    sizes,
    results: (module) => (stream.mode === "page" && stream.reopen ? [reopenMember(stream.reopen, module)] : []),
  };
}

function reopenMember({ key, after }: ReopenPlan, module: Module): string {
  const reopenBy = module.use({ from: "../runtime/streams/reopen.js", name: "reopenBy" });
  return `reopen: ${reopenBy}(${stringLiteral(key)}, ${stringLiteral(after)})`;
}

function otherForm(
  served: ServedPlan,
  role: "resource" | "prompt" | "completion",
  marks: readonly string[],
): ServedForm {
  const suffix = `${role[0]?.toUpperCase() ?? ""}${role.slice(1)}`;
  return {
    suffix,
    define: served.steps
      ? { from: `../runtime/${role}s/chain.js`, name: `define${suffix}Chain` }
      : { from: `../runtime/${role}s/definition.js`, name: `define${suffix}` },
    marks,
    taken: { name: "input", type: served.input },
    checked: role === "resource" ? served.result : { kind: "empty" },
    sizes: [],
    results: () => [],
  };
}
