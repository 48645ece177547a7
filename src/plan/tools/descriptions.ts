/** A function's JSDoc → the description that a model reads. */
import { diagnostic } from "../../diagnostics/diagnostic.js";
import { descriptionTags } from "../../language/tags.js";
import type { FunctionModel } from "../../model/api.js";
import type { ClientName } from "../../model/clients.js";
import { succeed, type Result } from "../../model/result.js";
import { findExceeded } from "../surface/client-limits.js";
import { splitWords } from "./tool-names.js";
import { findTag } from "../surface/check-tags.js";

/** Lengths count code points. */
export function planDescription(source: FunctionModel, clients: readonly ClientName[]): Result<string> {
  const written = writtenDescription(source);
  const text = [written === "" ? describeName(source.name) : written, ...deprecation(source)].join("\n\n");
  if (written === "") {
    return succeed(text, [diagnostic("MG504", `\`${source.name}\` has no description`, { span: source.span })]);
  }
  const length = [...text].length;
  const [exceeded] = findExceeded(clients, "descriptionLength", length);
  if (!exceeded) return succeed(text);
  const limit = `the most is ${exceeded.limit} for ${exceeded.clients}`;
  const message = `the description of \`${source.name}\` has ${length} characters; ${limit}`;
  return succeed(text, [diagnostic("MG505", message, { span: source.span })]);
}

/** Some comments have no text of their own, but tags that hold it. */
function writtenDescription({ docs }: FunctionModel): string {
  const tagged = descriptionTags.flatMap((name) => findTag(docs, name)?.text ?? []);
  const texts = docs.text.trim() === "" ? tagged : [docs.text];
  return texts
    .map((text) => text.replaceAll("\r\n", "\n").trim())
    .filter((text) => text !== "")
    .join("\n\n");
}

/** MCP has no mark for it, and a model should know before it calls. */
function deprecation(source: FunctionModel): readonly string[] {
  const tag = findTag(source.docs, "deprecated");
  if (!tag) return [];
  const reason = tag.text.replaceAll("\r\n", "\n").trim();
  return [reason === "" ? "Deprecated." : `Deprecated: ${reason}`];
}

/** `getUserOrders` → `Get user orders.` */
function describeName(name: string): string {
  const words = splitWords(name).map((word) => (/^\p{Lu}{2,}$/u.test(word) ? word : word.toLowerCase()));
  const [first = name, ...rest] = words;
  return `${[first.slice(0, 1).toUpperCase() + first.slice(1), ...rest].join(" ")}.`;
}
