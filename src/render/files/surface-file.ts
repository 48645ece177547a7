/** All that is served → generated/surface.json: what `tools/list` and its like answer, word for word. */
import type { Definition } from "../../model/api.js";
import { isJsonObject, type JsonObject } from "../../model/json.js";
import type { EarlierTexts, KnownFile, OutputFile } from "../../model/files.js";
import { shortHash } from "../../model/hash.js";
import {
  isSpooled,
  type HeaderPlan,
  type IconPlan,
  type PromptPlan,
  type ResourcePlan,
  type ServedPlan,
  type ServerPlan,
  type ToolPlan,
} from "../../model/plan.js";
import { hashTool, nameInText, putTogether, sayInBrief, splitSurface } from "../../model/project/surface-text.js";
import type { TypeNode } from "../../model/types.js";
import { jsonFile, listedJson } from "../code/json-file.js";
import { rootSchema } from "../schemas/json-schema.js";
import { mimeTypes } from "./served-forms.js";

export interface RenderedSurface {
  readonly file: OutputFile;
  /** Of its text, what was not there before. */
  readonly unseen: string;
}

/** What an earlier build has described in the same words is taken over as it stands there. */
export function renderSurface(plan: ServerPlan, { texts: earlier, isSame }: EarlierSurface): RenderedSurface {
  const place = { path: "generated/surface.json", owner: "generated" as const };
  const key = "by tools";
  const known = toolsOf(earlier.read(place, key));
  const laid = new Map<JsonObject, string>();
  const added: string[] = [];
  const parts: string[] = [];
  const tools = plan.tools.map((tool) => {
    const found = isSame(tool) ? known.get(tool.name) : undefined;
    const described = found ? { name: tool.name } : describeTool(tool, plan.definitions);
    const text = found?.text ?? listedJson(described, 4);
    if (text !== undefined) laid.set(described, text);
    if (text !== undefined && !found) added.push(text);
    parts.push(found?.hash ?? hashTool(described));
    return described;
  });
  const others = describeOthers(plan);
  const tail = tailOf(others);
  // A tool on a line of its own is laid out with the others.
  const isTall = laid.size === tools.length && tools.length > 0;
  const text = isTall ? putTogether({ tools: [...laid.values()], tail }) : jsonFile({ tools, ...others }, laid);
  const file = { ...place, text, origin: { key, imports: [], parts }, tokens: shortHash(sayInBrief(parts, others)) };
  return { file, unseen: isTall ? [...added, tail].join("\n") : text };
}

/** What follows the tools, whatever these are. */
function tailOf(others: JsonObject): string {
  const tool = {};
  const text = "{\n}";
  const frame = jsonFile({ tools: [tool], ...others }, new Map([[tool, text]]));
  return frame.slice(frame.indexOf(text) + text.length);
}

export interface EarlierSurface {
  readonly texts: EarlierTexts;
  /** Of a tool whose plan is the same. */
  readonly isSame: (tool: ToolPlan) => boolean;
}

interface KnownTool {
  readonly text: string;
  readonly hash: string;
}

/** By name, what was written of each tool. */
function toolsOf(surface: KnownFile | undefined): ReadonlyMap<string, KnownTool> {
  const { text = "", parts = [] } = surface ?? {};
  const tools = splitSurface(text)?.tools ?? [];
  return new Map(
    tools.flatMap((tool, index): (readonly [string, KnownTool])[] => {
      const hash = parts[index];
      return hash === undefined ? [] : [[nameInText(tool) ?? "", { text: tool, hash }]];
    }),
  );
}

function describeOthers({ tools, resources, prompts, completions, definitions }: ServerPlan): JsonObject {
  const fixed = resources.filter(({ isTemplate }) => !isTemplate);
  const templates = resources.filter(({ isTemplate }) => isTemplate);
  const schemas = (served: readonly ServedPlan[]): JsonObject =>
    Object.fromEntries(served.map(({ name, input }) => [name, rootSchema(input, "input", definitions)]));
  const given = {
    ...(resources.length > 0 && { resources: schemas(resources) }),
    ...(prompts.length > 0 && { prompts: schemas(prompts) }),
    ...(completions.length > 0 && { completions: schemas(completions) }),
  };
  return {
    // What is spooled is only found by its link, and listed nowhere.
    ...((resources.length > 0 || tools.some(isSpooled)) && {
      resources: fixed.map((resource) => ({ uri: resource.uri, ...describeResource(resource) })),
      resourceTemplates: templates.map((resource) => ({ uriTemplate: resource.uri, ...describeResource(resource) })),
    }),
    ...(prompts.length > 0 && { prompts: prompts.map(describePrompt) }),
    // For the server alone: what a client gives for these is text.
    ...(Object.keys(given).length > 0 && { arguments: given }),
  };
}

function describeResource({ name, title, description, form, mimeType, icons }: ResourcePlan): JsonObject {
  return {
    name,
    ...(title !== undefined && { title }),
    description,
    // What makes its contents itself may give each a type of its own.
    ...(form === "content" ? mimeType !== undefined && { mimeType } : { mimeType: mimeType ?? mimeTypes[form] }),
    ...describeIcons(icons),
  };
}

function describeIcons(icons: readonly IconPlan[] | undefined): JsonObject {
  if (icons === undefined) return {};
  return {
    icons: icons.map(({ src, mimeType, sizes, theme }) => ({
      src,
      ...(mimeType !== undefined && { mimeType }),
      ...(sizes && { sizes }),
      ...(theme && { theme }),
    })),
  };
}

function describePrompt({ name, title, description, input, icons }: PromptPlan): JsonObject {
  const given = input.properties.map(({ name: argument, description: text, type, optional }) => {
    const words = [text ?? [], choicesOf(type)].flat().join(" ");
    return { name: argument, ...(words !== "" && { description: words }), required: !optional };
  });
  return {
    name,
    ...(title !== undefined && { title }),
    description,
    ...(given.length > 0 && { arguments: given }),
    ...describeIcons(icons),
  };
}

/** A prompt's arguments have no schema: what a person may type has to stand in words. */
function choicesOf(type: TypeNode): readonly string[] {
  if (type.kind === "enum") return [`One of ${type.values.map(String).join(", ")}.`];
  if (type.kind === "boolean") return ["true or false."];
  return type.kind === "number" ? ["A number."] : [];
}

/** The order of keys is part of the bytes. */
export function describeTool(tool: ToolPlan, definitions: Readonly<Record<string, Definition>>): JsonObject {
  const { result } = tool;
  const { readOnlyHint, destructiveHint, idempotentHint, openWorldHint } = tool.annotations;
  const annotations = {
    ...(readOnlyHint !== undefined && { readOnlyHint }),
    ...(destructiveHint !== undefined && { destructiveHint }),
    ...(idempotentHint !== undefined && { idempotentHint }),
    ...(openWorldHint !== undefined && { openWorldHint }),
  };
  return {
    name: tool.name,
    ...(tool.title !== undefined && { title: tool.title }),
    description: tool.description,
    inputSchema: withHeaders(rootSchema(tool.input, "input", definitions), tool.headers),
    ...(result.kind === "structured" && {
      outputSchema: rootSchema(result.wrapped ?? result.type, "output", definitions),
    }),
    ...(Object.keys(annotations).length > 0 && { annotations }),
    ...describeIcons(tool.icons),
  };
}

/** In the order of the arguments, beside what else is said of each. */
function withHeaders(schema: JsonObject, headers: readonly HeaderPlan[] = []): JsonObject {
  const { properties } = schema;
  if (headers.length === 0 || !isJsonObject(properties)) return schema;
  const mirrored = Object.entries(properties).map(([argument, described]) => {
    const header = headers.find((each) => each.argument === argument);
    return [argument, header && isJsonObject(described) ? { ...described, "x-mcp-header": header.name } : described];
  });
  return { ...schema, properties: Object.fromEntries(mirrored) as JsonObject };
}
