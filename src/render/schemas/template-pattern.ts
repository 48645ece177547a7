/** A template literal type as a regular expression: what zod's `templateLiteral` accepts. */
import type { KeyPattern, TemplatePart } from "../../model/types.js";

export function templatePattern(parts: readonly TemplatePart[]): string {
  return `^${parts.map(partPattern).join("")}$`;
}

/** Of the names that an index signature is for. Numbers are keys by their digits. */
export function keyPattern(key: KeyPattern["key"]): string {
  if (key.kind === "template") return templatePattern(key.parts);
  return key.kind === "number" ? "^-?\\d+(\\.\\d+)?$" : (key.constraints?.pattern ?? "");
}

function partPattern(part: TemplatePart): string {
  switch (part.kind) {
    case "text":
      return escapePattern(part.text);
    case "string":
      return "[\\s\\S]*";
    case "number":
      return "-?\\d+(\\.\\d+)?";
    case "bigint":
      return "-?\\d+";
    case "choice":
      return `(${part.texts.map(escapePattern).join("|")})`;
  }
}

/** Valid with and without the `u` flag: nothing is escaped that need not be. */
function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
