/** A function that gives a stream → the tool that delivers it: page by page, or as much of it as an answer may hold. */
import type { Config } from "../../config/config.js";
import { diagnostic, type Diagnostic } from "../../diagnostics/diagnostic.js";
import type { FunctionModel } from "../../model/api.js";
import type { StreamPlan, ToolPlan } from "../../model/plan.js";
import type { PolicySize } from "../../model/policy-sizes.js";
import type { ObjectNode, Property, TypeNode } from "../../model/types.js";
import { readPolicyTags } from "../policies/policies.js";
import { placeArgument } from "../chains/argument-places.js";
import type { PolicySettings } from "../policies/policy-settings.js";
import { resize } from "../policies/policy-sizes.js";
import { findTag, flagValue } from "../surface/check-tags.js";
import { valueOf } from "./batch.js";

/** The bytes leave room in a result's text for what stands around the items. */
const defaults = { size: 100, max: 1_000, maxBytes: 90_000, ttl: "5m" };

/** What is set where no tag says anything; undefined where the function gives no stream. */
type Delivery = Pick<PolicySettings, "settings"> & Partial<PolicySettings>;

export function findStream({ docs, streams }: FunctionModel): Delivery | undefined {
  if (!streams) return undefined;
  return readPolicyTags(docs.tags).value.find(({ name }) => name === "stream") ?? { settings: new Map() };
}

export interface StreamGround {
  readonly stream: Delivery;
  /** Of this tool. */
  readonly sizes: readonly PolicySize[];
  readonly structured: Config["structured"];
}

/** `one`: the tool as it would be if the function gave one item. */
export function toStream(one: ToolPlan, { stream, sizes, structured }: StreamGround): ToolPlan {
  const delivered = planDelivery(one, stream, sizes);
  const isPaged = delivered.mode === "page";
  const items: TypeNode = { kind: "array", element: valueOf(one) };
  const rest = isPaged ? member("nextCursor", text, cursorOfNext) : member("truncated", flag, isTruncated);
  const type: ObjectNode = { kind: "object", properties: [member("items", items), { ...rest, optional: isPaged }] };
  return {
    ...one,
    input: isPaged ? pagedInput(one.input, delivered, stream) : one.input,
    result: { kind: structured === "none" ? "text" : "structured", type },
    // What they say is answered is the stream's, not that of a part of it.
    examples: one.examples.map((example) => ({ arguments: example.arguments })),
    stream: delivered,
  };
}

function planDelivery(one: ToolPlan, stream: Delivery, sizes: readonly PolicySize[]): StreamPlan {
  const { name, tag } = stream;
  const [resized] = name && tag ? resize([{ ...stream, name, tag }], sizes).value : [];
  const { settings } = resized ?? stream;
  const sizeOf = (key: "size" | "max" | "maxBytes"): number | undefined => {
    const value = settings.get(key)?.value;
    return value === undefined ? undefined : Number(value);
  };
  const max = sizeOf("max");
  const own = { input: one.input, result: one.result, maxBytes: sizeOf("maxBytes") ?? defaults.maxBytes };
  if (settings.get("mode")?.value === "collect") return { mode: "collect", ...own, max: max ?? defaults.max };
  const size = sizeOf("size") ?? Math.min(defaults.size, max ?? defaults.size);
  const ttl = String(settings.get("ttl")?.value ?? defaults.ttl);
  return { mode: "page", ...own, size, max: max ?? Math.max(size, defaults.max), ttl };
}

const text: TypeNode = { kind: "string" };
const flag: TypeNode = { kind: "boolean" };
const cursorOfNext = "Where the next page begins; absent on the last one.";
const isTruncated = "There are more items than these.";

type Page = Extract<StreamPlan, { mode: "page" }>;

/** The function's own arguments, and those by which pages are asked for. */
function pagedInput(input: ObjectNode, { size, max }: Page, { tag }: Delivery): ObjectNode {
  const asked = tag && ({ kind: "tag", text: `@stream ${tag.text}`.trim(), span: tag.span } as const);
  const bounds: TypeNode = { kind: "number", constraints: { integer: true, minimum: 1, maximum: max } };
  const page = [
    member("cursor", text, "The nextCursor of the page before, with the same arguments; absent for the first page."),
    member("limit", bounds, `How many items the page may have: ${size} unless it says so.`),
  ];
  const added = page.map((each) => ({ ...each, optional: true, ...(asked && { origins: { type: asked } }) }));
  return { ...input, properties: [...input.properties, ...added] };
}

function member(name: string, type: TypeNode, description?: string): Property {
  return { name, type, optional: false, ...(description !== undefined && { description }) };
}

/** `made`: the tool, where the function gives a stream. */
export function checkStream(source: FunctionModel, made: ToolPlan | undefined): readonly Diagnostic[] {
  const written = readPolicyTags(source.docs.tags).value.find(({ name }) => name === "stream");
  if (made?.stream)
    return [...checkTags(source, made.stream), ...checkArguments(source, made), ...checkKeys(written, made.stream)];
  if (!written) return [];
  const message = `\`@stream\` is for streams, and \`${source.name}\` returns something else`;
  const help = "return an `AsyncIterable`, or remove the tag";
  return [diagnostic("MG404", message, { span: written.tag.span, help })];
}

/** Why a tag cannot stand above a function that gives a stream. */
function checkTags({ name, docs, span }: FunctionModel, { mode, result }: StreamPlan): readonly Diagnostic[] {
  const refuse = (tag: string, reason: string, help?: string): readonly Diagnostic[] => {
    const found = findTag(docs, tag);
    if (!found || (tag === "worker" && flagValue(found) !== true)) return [];
    return [diagnostic("MG432", `\`${name}\` ${reason}`, { span: found.span, help })];
  };
  const collect = "write `@stream collect`, or remove the tag";
  const paged = [
    ...refuse("cache", "is cached, but each of its pages is given only once", collect),
    ...refuse("retry", "is retried, but a stream that is half read cannot begin again", collect),
  ];
  const content = "yields MCP content, which cannot stand in a list of items";
  return [
    ...refuse("batch", "gives a stream, which cannot stand in a list of results"),
    ...refuse("worker", "gives a stream, which cannot leave a thread"),
    ...(mode === "page" ? paged : []),
    ...(result.kind === "content" || result.kind === "media"
      ? [diagnostic("MG306", `\`${name}\` ${content}`, { span, help: "yield data" })]
      : []),
  ];
}

function checkArguments(source: FunctionModel, { stream, steps }: ToolPlan): readonly Diagnostic[] {
  if (stream?.mode !== "page") return [];
  const clashing = stream.input.properties.filter(({ name }) => name === "cursor" || name === "limit");
  return clashing.map(({ name }) => {
    const { span, told } = placeArgument(name, source, steps);
    return diagnostic("MG433", `\`${source.name}\` has an argument ${told}, which its pages need for themselves`, {
      span,
    });
  });
}

/** What only pages have, and a page that is larger than it may be. */
function checkKeys(written: PolicySettings | undefined, stream: StreamPlan): readonly Diagnostic[] {
  const settingOf = (key: string): ReturnType<PolicySettings["settings"]["get"]> => written?.settings.get(key);
  if (stream.mode === "collect") {
    return ["size", "ttl"].flatMap((key) => {
      const setting = settingOf(key);
      const message = `\`${key}\` of \`@stream\` is for pages, and all is collected`;
      return setting ? [diagnostic("MG405", message, { span: setting.span })] : [];
    });
  }
  const size = settingOf("size");
  if (!size || stream.size <= stream.max) return [];
  const message = `\`size\` is more than \`max\`: ${String(stream.size)} against ${String(stream.max)}`;
  return [diagnostic("MG422", message, { span: size.span, help: "make `size` smaller, or `max` larger" })];
}

/** Anything but a tool has one answer. */
export function refuseStream({ name, role, streams, span }: FunctionModel): readonly Diagnostic[] {
  if (!streams || role === "tool") return [];
  const message = `\`${name}\` gives a stream, and a ${role} is read in one answer`;
  return [diagnostic("MG306", message, { span, help: "collect it and return an array" })];
}
