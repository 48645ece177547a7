// Values that are MCP content already: checked for the members a client reads, then passed through as they are.
import { createMismatch } from "../errors/mismatch.js";
import type { CallResult } from "../call/result.js";

/** The members that each kind of content must have, all strings but the embedded resource itself. */
const members: ReadonlyMap<unknown, readonly string[]> = new Map<unknown, readonly string[]>([
  ["text", ["text"]],
  ["image", ["data", "mimeType"]],
  ["audio", ["data", "mimeType"]],
  ["resource_link", ["uri", "name"]],
  ["resource", []],
]);

/** One piece of content, an array of pieces, or a whole result. */
export function contentResult(value: unknown): CallResult {
  if (isWholeResult(value)) {
    value.content.forEach(checkPiece);
    return value;
  }
  const content: readonly unknown[] = Array.isArray(value) ? value : [value];
  content.forEach(checkPiece);
  return { content: content as readonly object[] };
}

function isWholeResult(value: unknown): value is CallResult {
  return isObject(value) && Array.isArray(value["content"]);
}

function checkPiece(piece: unknown, index: number): void {
  const place = `content[${String(index)}]`;
  const required = isObject(piece) ? members.get(piece["type"]) : undefined;
  if (!isObject(piece) || required === undefined) throw createMismatch(`${place} is not MCP content`);
  const missing = required.find((member) => typeof piece[member] !== "string");
  if (missing !== undefined) throw createMismatch(`${place}.${missing} is not a string`);
  if (piece["type"] === "resource") checkResource(piece["resource"], place);
}

function checkResource(resource: unknown, place: string): void {
  const isRead = isObject(resource) && (typeof resource["text"] === "string" || typeof resource["blob"] === "string");
  if (!isRead || typeof resource["uri"] !== "string")
    throw createMismatch(`${place}.resource has no uri with text or blob`);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
