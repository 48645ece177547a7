// The names of what is kept, in memory and in Redis, where several servers and versions live side by side:
// `mcpgen:1:<server>:<tool>:<shape>:<scope>:<hash of the arguments>`.
import { hash } from "node:crypto";
import { canonicalJson } from "../codecs/canonical.js";

/** Nothing of ours contains a colon but between its parts; tools cannot begin with `#`. */
export function nameSpace(server: string): string {
  return `mcpgen:1:${encodeURIComponent(server)}:`;
}

/** Of what was returned or is asked for: another shape, another name. */
export function shapeHash(shape: unknown): string {
  return hash("sha256", canonicalJson(shape)).slice(0, 16);
}

/** Two different values have two different hashes. */
export function valueHash(value: unknown): string {
  return hash("sha256", canonicalJson(value), "base64url");
}

/** Who may be given what is kept: one caller, all who give no name, or everyone. */
export function scopeName(scope: "private" | "public", caller: string | undefined): string {
  if (scope === "public") return "public";
  return caller === undefined ? "anonymous" : hash("sha256", caller, "base64url");
}

/** The tag of everything that has a tag. */
export const everything = "#everything";

/** Whatever has a tag can be forgotten with all others that have one. */
export function withEverything(tags: readonly string[]): readonly string[] {
  return tags.length === 0 ? tags : [...new Set(tags), everything];
}
