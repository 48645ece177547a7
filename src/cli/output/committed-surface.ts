/** `generated/surface.json` → the tools as a client sees them, with their types in a few words and their cost. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { JsonObject, JsonValue } from "../../model/json.js";
import { tokensOf } from "../../model/tokens.js";
import type { Outcome } from "../../pipeline.js";
import { plannedText } from "../../model/files.js";

export interface Tool {
  readonly name: string;
  readonly description: string;
  readonly inputSchema: JsonObject;
  readonly outputSchema?: JsonObject;
}

const surfacePath = "generated/surface.json";

/** As `surface.json` holds it. */
export interface CommittedSurface {
  readonly tools: readonly Tool[];
  readonly resources?: readonly ListedResource[];
  readonly resourceTemplates?: readonly ListedResource[];
  readonly prompts?: readonly ListedPrompt[];
  readonly arguments?: Readonly<Record<string, Readonly<Record<string, JsonObject>>>>;
}

/** `uri` of a resource, `uriTemplate` of several. */
export interface ListedResource {
  readonly name: string;
  readonly uri?: string;
  readonly uriTemplate?: string;
  readonly mimeType?: string;
}

export interface ListedPrompt {
  readonly name: string;
  readonly arguments?: readonly { readonly name: string; readonly required: boolean }[];
}

export function readTools(outcome: Outcome): readonly Tool[] | undefined {
  return readSurface(outcome)?.tools;
}

/** What would be written, else what is there; undefined when there is neither. */
export function readSurface({ files, output, unchanged }: Outcome): CommittedSurface | undefined {
  const planned = plannedText(files ?? [], surfacePath);
  const text =
    planned ?? (unchanged && output !== undefined ? readFileSync(join(output, surfacePath), "utf8") : undefined);
  return text === undefined ? undefined : (JSON.parse(text) as CommittedSurface);
}

export function totalTokens(tools: readonly Tool[]): number {
  return tools.reduce((sum, tool) => sum + tokensOf(tool), 0);
}

/** `city: string, days?: number`. */
export function describeArguments({ inputSchema }: Tool): string {
  return members(inputSchema, 1).join(", ");
}

/** `{ city, celsius }`: enough to recognise it. */
export function describeResult({ outputSchema }: Tool): string {
  if (!outputSchema) return "text";
  const names = Object.keys(toObject(outputSchema["properties"]));
  return names.length === 0 ? "object" : `{ ${names.join(", ")} }`;
}

/** The types below an argument that are spelt out: deeper ones say `object`. */
function members(schema: JsonObject, depth: number): readonly string[] {
  const required = schema["required"];
  return Object.entries(toObject(schema["properties"])).map(([name, property]) => {
    const mark = Array.isArray(required) && required.includes(name) ? "" : "?";
    return `${name}${mark}: ${typeText(property, depth)}`;
  });
}

function typeText(value: JsonValue, depth: number): string {
  const schema = toObject(value);
  const { type, anyOf, $ref } = schema;
  if (typeof $ref === "string") return $ref.replace(/^.*\//, "");
  if ("const" in schema) return JSON.stringify(schema["const"]);
  const choices = schema["enum"];
  if (Array.isArray(choices)) return choices.map((choice) => JSON.stringify(choice)).join(" | ");
  if (Array.isArray(anyOf)) return [...new Set(anyOf.map((member: JsonValue) => typeText(member, depth)))].join(" | ");
  if (Array.isArray(type)) return type.join(" | ");
  if (type === "array") return arrayText(schema, depth);
  if (type === "object") return objectText(schema, depth);
  return typeof type === "string" ? type : "any";
}

function arrayText(schema: JsonObject, depth: number): string {
  const { items } = schema;
  const element = items === undefined ? "any" : typeText(items, depth);
  return element.includes(" | ") ? `(${element})[]` : `${element}[]`;
}

function objectText(schema: JsonObject, depth: number): string {
  const inner = depth > 0 ? members(schema, depth - 1) : [];
  return inner.length === 0 ? "object" : `{ ${inner.join(", ")} }`;
}

function toObject(value: JsonValue | undefined): JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}
