// `user:{userId}` + a call's arguments → one text: what cache tags, cache keys and lock keys are made of.
import { canonicalJson } from "../codecs/canonical.js";
import type { JsonObject } from "../call/tool-call.js";

/**
 * Replaces each `{name}` (a wire name, dotted for members) by the argument's value. Values keep their type and their
 * limits (`"1"`, `1;`, `null`), and what is absent is written `-`: with one template, no two sets of values
 * give the same text, whatever is in them.
 */
export function fillTemplate(template: string, wire: JsonObject): string {
  return fill(template, wire, encode);
}

/**
 * The same for tags, with strings as they are: `user:42`, as one would write it. Values that give the same text share
 * a tag, which at worst forgets more than it had to.
 */
export function fillTag(template: string, wire: JsonObject): string {
  return fill(template, wire, (value) => (typeof value === "string" ? value : write(value)));
}

function fill(template: string, wire: JsonObject, print: (value: unknown) => string): string {
  return template.replace(/\{([^{}]+)\}/g, (_, path: string) => print(valueAt(wire, path.trim())));
}

function valueAt(wire: JsonObject, path: string): unknown {
  return path.split(".").reduce<unknown>((value, key) => (isMember(value, key) ? value[key] : undefined), wire);
}

/** An inherited property is no argument. */
function isMember(value: unknown, key: string): value is JsonObject {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key);
}

function encode(value: unknown): string {
  // Everything else in JSON shows where it ends.
  return typeof value === "number" ? `${write(value)};` : write(value);
}

function write(value: unknown): string {
  return value === undefined ? "-" : canonicalJson(value);
}
