/** A function that gives a stream → the tool that delivers it: by pages, as much as an answer may hold, or spooled. */
import type { Config } from "../../config/config.js";
import { diagnostic, type Diagnostic } from "../../diagnostics/diagnostic.js";
import type { Definition, FunctionModel } from "../../model/api.js";
import type { SpoolPlan, StreamPlan, ToolPlan } from "../../model/plan.js";
import type { PolicySize } from "../../model/policy-sizes.js";
import type { ObjectNode, Property, TypeNode } from "../../model/types.js";
import { readPolicyTags } from "../policies/policies.js";
import { placeArgument } from "../chains/argument-places.js";
import type { PolicySettings, Setting } from "../policies/policy-settings.js";
import { resize } from "../policies/policy-sizes.js";
import { findTag, flagValue } from "../surface/check-tags.js";
import { valueOf } from "./batch.js";
import { checkReopening, planReopening, type StreamSettings } from "./reopening.js";

/** The bytes leave room in a result's text for what stands around the items. */
const defaults = { size: 100, max: 1_000, maxBytes: 90_000, ttl: "5m" };
const spoolDefaults = { max: 100_000, maxBytes: 10_000_000 };

/** It is read in one message, whose text is a string in the memory of both sides. */
const mostSpooledBytes = 100_000_000;

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
  readonly definitions: Readonly<Record<string, Definition>>;
}

/** `one`: the tool as it would be if the function gave one item. */
export function toStream(one: ToolPlan, { stream, sizes, structured }: Omit<StreamGround, "definitions">): ToolPlan {
  const delivered = planDelivery(one, settingsOf(stream, sizes));
  const isPaged = delivered.mode === "page";
  const type: ObjectNode = { kind: "object", properties: resultOf(delivered, valueOf(one)) };
  return {
    ...one,
    input: isPaged ? pagedInput(one.input, delivered, stream) : one.input,
    result: { kind: structured === "none" ? "text" : "structured", type },
    // What they say is answered is the stream's, not that of a part of it.
    examples: one.examples.map((example) => ({ arguments: example.arguments })),
    stream: delivered,
  };
}

function resultOf(stream: StreamPlan, item: TypeNode): readonly Property[] {
  const items = member("items", { kind: "array", element: item });
  const truncated = member("truncated", flag, isTruncated);
  switch (stream.mode) {
    case "page":
      return [items, { ...member("nextCursor", text, cursorOfNext), optional: true }];
    case "collect":
      return [items, truncated];
    case "resource":
      return [member("uri", text, linkOf(stream)), member("count", whole, "How many items it has."), truncated];
  }
}

function linkOf({ format, ttl }: SpoolPlan): string {
  const form = format === "json" ? "an array of the items" : "an item on each line";
  return `The resource to read, as JSON: ${form}. Only who has called can read it, for ${ttl}.`;
}

function settingsOf(stream: Delivery, sizes: readonly PolicySize[]): StreamSettings {
  const { name, tag } = stream;
  const [resized] = name && tag ? resize([{ ...stream, name, tag }], sizes).value : [];
  return (resized ?? stream).settings;
}

function planDelivery(one: ToolPlan, settings: StreamSettings): StreamPlan {
  const sizeOf = (key: "size" | "max" | "maxBytes"): number | undefined => {
    const value = settings.get(key)?.value;
    return value === undefined ? undefined : Number(value);
  };
  const max = sizeOf("max");
  const mode = settings.get("mode")?.value;
  const usual = mode === "resource" ? spoolDefaults : defaults;
  const own = { input: one.input, result: one.result, maxBytes: sizeOf("maxBytes") ?? usual.maxBytes };
  if (mode === "collect") return { mode, ...own, max: max ?? usual.max };
  const ttl = String(settings.get("ttl")?.value ?? defaults.ttl);
  if (mode === "resource") {
    const format = settings.get("format")?.value === "json" ? "json" : "ndjson";
    return { mode, ...own, max: max ?? usual.max, ttl, format };
  }
  const size = sizeOf("size") ?? Math.min(defaults.size, max ?? defaults.size);
  const reopen = planReopening(settings);
  return { mode: "page", ...own, size, max: max ?? Math.max(size, usual.max), ttl, ...(reopen && { reopen }) };
}

const text: TypeNode = { kind: "string" };
const flag: TypeNode = { kind: "boolean" };
const whole: TypeNode = { kind: "number", constraints: { integer: true, minimum: 0 } };
const cursorOfNext = "Where the next page begins; absent on the last one.";
const isTruncated = "There are more items than these.";

type Page = Extract<StreamPlan, { mode: "page" }>;

/** The function's own arguments, and those by which pages are asked for. */
function pagedInput(input: ObjectNode, { size, max, reopen }: Page, { tag }: Delivery): ObjectNode {
  const asked = tag && ({ kind: "tag", text: `@stream ${tag.text}`.trim(), span: tag.span } as const);
  const bounds: TypeNode = { kind: "number", constraints: { integer: true, minimum: 1, maximum: max } };
  const page = [
    member("cursor", text, "The nextCursor of the page before, with the same arguments; absent for the first page."),
    member("limit", bounds, `How many items the page may have: ${size} unless it says so.`),
  ];
  const added = page.map((each) => ({ ...each, optional: true, ...(asked && { origins: { type: asked } }) }));
  const own = input.properties.filter(({ name }) => name !== reopen?.after);
  return { ...input, properties: [...own, ...added] };
}

function member(name: string, type: TypeNode, description?: string): Property {
  return { name, type, optional: false, ...(description !== undefined && { description }) };
}

interface Checked extends Omit<StreamGround, "structured" | "stream"> {
  /** As it would be if the function gave one item. */
  readonly one: ToolPlan;
  /** The tool, where the function gives a stream. */
  readonly made: ToolPlan | undefined;
}

export function checkStream(source: FunctionModel, { one, made, sizes, definitions }: Checked): readonly Diagnostic[] {
  const written = readPolicyTags(source.docs.tags).value.find(({ name }) => name === "stream");
  if (made?.stream) {
    const { stream } = made;
    const settings = written ? settingsOf(written, sizes) : new Map<string, never>();
    return [
      ...checkTags(source, stream),
      ...checkArguments(source, made),
      ...checkKeys(settings, stream),
      ...checkReopening({ source, settings, stream, item: valueOf(one), definitions }),
    ];
  }
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
    ...(mode === "resource"
      ? refuse("cache", "is cached, but its resource is read by one caller, and expires", collect)
      : []),
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

/** The keys that some ways of delivery do not have, by the way in which the others are called in a sentence. */
const keysOf: readonly (readonly [key: string, modes: readonly StreamPlan["mode"][], words: string])[] = [
  ["size", ["page"], "pages"],
  ["ttl", ["page", "resource"], "pages and resources"],
  ["format", ["resource"], "resources"],
  ["key", ["page"], "pages"],
  ["after", ["page"], "pages"],
];

const deliveredAs: Readonly<Record<StreamPlan["mode"], string>> = {
  page: "this is delivered page by page",
  collect: "all is collected",
  resource: "all is spooled",
};

/** What another delivery has, and what is larger than it may be. */
function checkKeys(settings: StreamSettings, stream: StreamPlan): readonly Diagnostic[] {
  const foreign = keysOf.flatMap(([key, modes, words]) => {
    const setting = settings.get(key);
    if (!setting || modes.includes(stream.mode)) return [];
    const message = `\`${key}\` of \`@stream\` is for ${words}, and ${deliveredAs[stream.mode]}`;
    return [diagnostic("MG405", message, { span: setting.span })];
  });
  if (stream.mode === "resource") return [...foreign, ...checkSpooled(settings.get("maxBytes"), stream)];
  const size = settings.get("size");
  if (!size || stream.mode !== "page" || stream.size <= stream.max) return foreign;
  const message = `\`size\` is more than \`max\`: ${String(stream.size)} against ${String(stream.max)}`;
  const help = "make `size` smaller, or `max` larger";
  return [...foreign, diagnostic("MG422", message, { span: size.span, help })];
}

function checkSpooled(maxBytes: Setting | undefined, stream: SpoolPlan): readonly Diagnostic[] {
  if (!maxBytes || stream.maxBytes <= mostSpooledBytes) return [];
  const message = `\`maxBytes\` is ${maxBytes.written}, and a resource is read in one message`;
  return [diagnostic("MG406", message, { span: maxBytes.span, help: "write at most 100MB" })];
}

/** Anything but a tool has one answer. */
export function refuseStream({ name, role, streams, span }: FunctionModel): readonly Diagnostic[] {
  if (!streams || role === "tool") return [];
  const message = `\`${name}\` gives a stream, and a ${role} is read in one answer`;
  return [diagnostic("MG306", message, { span, help: "collect it and return an array" })];
}
