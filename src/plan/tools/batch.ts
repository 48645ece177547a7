/** `@batch`: the tool of one item → the tool of several, each of which fails or succeeds by itself. */
import type { Config } from "../../config/config.js";
import { diagnostic, type Diagnostic } from "../../diagnostics/diagnostic.js";
import type { DocTag, FunctionModel, ParameterModel } from "../../model/api.js";
import type { Origins } from "../../model/origins.js";
import type { ArgumentPlan, ToolPlan } from "../../model/plan.js";
import type { PolicySize } from "../../model/policy-sizes.js";
import type { NumberNode, ObjectNode, Property, TypeNode, UnionNode } from "../../model/types.js";
import { nameTool } from "./tool-names.js";
import { readPolicyTags } from "../policies/policies.js";
import type { PolicySettings } from "../policies/policy-settings.js";
import { resize } from "../policies/policy-sizes.js";
import { findTag, flagValue } from "../surface/check-tags.js";

const defaults = { max: 100, concurrency: 8 };

/** What is wrong with the tag itself is told with those of the policies. */
export function findBatch({ docs }: FunctionModel): PolicySettings | undefined {
  return readPolicyTags(docs.tags).value.find(({ name }) => name === "batch");
}

/** `as=`, or the tool's own name: as `@name` gives it, or made of the function's. */
export function nameBatch(source: FunctionModel, { settings }: PolicySettings, naming: Config["naming"]): string {
  const as = settings.get("as")?.value;
  if (as !== undefined) return String(as);
  if (findTag(source.docs, "name")) return nameTool(source, naming);
  return nameTool({ ...source, name: `${source.name}Batch` }, naming);
}

/** `one`: the tool as it would be without the tag. */
export function checkBatch(source: FunctionModel, batch: PolicySettings, one: ToolPlan): readonly Diagnostic[] {
  const { span } = batch.tag;
  const filled = new Set(one.steps?.filter(({ how }) => how === "fills").map(({ parameter }) => parameter));
  const data = source.parameters.filter(({ name }, index) => isData(one.call.arguments[index]) && !filled.has(name));
  const taken = one.input.properties.length;
  const [only] = data;
  const as = batch.settings.get("as");
  const refuse = (message: string, help?: string): Diagnostic =>
    diagnostic("MG431", `\`${source.name}\` ${message}`, { span, help });
  return [
    ...(only === undefined && taken === 0 ? [refuse("takes no arguments to make items of")] : []),
    ...(only !== undefined && data.length === 1 && taken <= 1 && isList(only)
      ? [refuse("takes a list already", "remove `@batch`, or write the function for one item")]
      : []),
    ...(one.result.kind === "content" || one.result.kind === "media"
      ? [refuse("returns MCP content, which cannot stand in a list of results", "return data, or remove `@batch`")]
      : []),
    ...(as && findTag(source.docs, "name")
      ? [
          diagnostic("MG403", "`@name` and `as` of `@batch` both name the tool", {
            span: as.span,
            help: "remove one of them",
          }),
        ]
      : []),
  ];
}

function isData(argument: ArgumentPlan | undefined): boolean {
  return argument?.kind === "all" || argument?.kind === "argument" || argument?.kind === "rest";
}

function isList({ rest, type }: ParameterModel): boolean {
  return rest || (type.kind === "servable" && (type.type.kind === "array" || type.type.kind === "set"));
}

export interface BatchGround {
  readonly batch: PolicySettings;
  /** Of this tool. */
  readonly sizes: readonly PolicySize[];
  readonly structured: Config["structured"];
}

/** Items share a result only where `@readonly` asks for it: what changes nothing may still throw dice. */
export function toBatch({ docs }: FunctionModel, one: ToolPlan, { batch, sizes, structured }: BatchGround): ToolPlan {
  const readonly = findTag(docs, "readonly");
  const [resized = batch] = resize([batch], sizes).value;
  const sizeOf = (key: keyof typeof defaults): number => Number(resized.settings.get(key)?.value ?? defaults[key]);
  const max = sizeOf("max");
  return {
    ...one,
    input: itemsObject(one.input, { max, tag: batch.tag }),
    result: {
      kind: structured === "none" ? "text" : "structured",
      type: resultsObject(one.result.kind === "empty" ? nothing : valueOf(one)),
    },
    batch: {
      item: one.input,
      result: one.result,
      max,
      concurrency: sizeOf("concurrency"),
      coalesces: readonly !== undefined && flagValue(readonly) === true,
    },
    examples: one.examples.map((example) => ({ arguments: { items: [example.arguments] } })),
  };
}

function itemsObject(item: ObjectNode, { max, tag }: { readonly max: number; readonly tag: DocTag }): ObjectNode {
  const type: TypeNode = { kind: "array", element: item, constraints: { minItems: 1, maxItems: max } };
  const description = `At most ${max}. Each succeeds or fails by itself.`;
  const origins: Origins = { type: { kind: "tag", text: `@batch ${tag.text}`.trim(), span: tag.span } };
  return { kind: "object", properties: [{ ...member("items", type), description, origins }] };
}

const nothing: TypeNode = { kind: "null" };
const count: NumberNode = { kind: "number", constraints: { integer: true, minimum: 0 } };

/** The contract's `ItemResult` of each item, in the order of the items, and how many there are of both kinds. */
function resultsObject(value: TypeNode): ObjectNode {
  const error = objectOf(
    member("code", { kind: "string" }),
    member("message", { kind: "string" }),
    member("retryable", { kind: "boolean" }),
  );
  const outcomes: UnionNode = {
    kind: "union",
    members: [
      objectOf(member("index", count), member("ok", { kind: "literal", value: true }), member("value", value)),
      objectOf(member("index", count), member("ok", { kind: "literal", value: false }), member("error", error)),
    ],
    discriminant: "ok",
  };
  const results: TypeNode = { kind: "array", element: outcomes };
  return objectOf(member("results", results), member("succeeded", count), member("failed", count));
}

/** JSON has no `undefined`: in a list of results it is null. */
export function valueOf({ result }: ToolPlan): TypeNode {
  const type = "type" in result ? result.type : nothing;
  if (type.kind !== "union") return type.kind === "void" ? nothing : type;
  const members = type.members.filter(({ kind }) => kind !== "void" && kind !== "null");
  if (members.length === type.members.length) return type;
  return members.length === 0 ? nothing : { ...type, members: [...members, nothing] };
}

function objectOf(...properties: readonly Property[]): ObjectNode {
  return { kind: "object", properties };
}

function member(name: string, type: TypeNode): Property {
  return { name, type, optional: false };
}
