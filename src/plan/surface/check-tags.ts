/** Which tags a function may carry, and what is wrong with those it does carry. */
import { diagnostic, type Diagnostic } from "../../diagnostics/diagnostic.js";
import type { DocTag, Docs, Role } from "../../model/api.js";
import { closest } from "../../diagnostics/suggest.js";
import { constraintOfTag } from "../../language/constraints.js";
import { isWord, wordsAt } from "../../language/places.js";
import { boundOf, isBound, missingOf } from "../../language/foreign-tags.js";
import { tagRow, type TagRow } from "../../language/tags.js";

/** What a slip on a function can have meant. */
const known = wordsAt("function");

export function findTag(docs: Docs, name: string): DocTag | undefined {
  return docs.tags.find((tag) => tag.name === name);
}

const repeatable: ReadonlySet<TagRow["takes"]> = new Set<TagRow["takes"]>(["any", "lines"]);

export function checkTags(docs: Docs, role: Role): readonly Diagnostic[] {
  return docs.tags.flatMap((tag, index) => {
    const row = tagRow(tag.name);
    if (!row || !isServed(tag.name)) return checkForeignTag(tag, row);
    if (row.roles?.includes(role) === false)
      return [diagnostic("MG402", `\`@${tag.name}\` does not apply to a ${role}`, { span: tag.span })];
    const earlier = docs.tags.findIndex((other) => other.name === tag.name);
    return [
      ...checkValue(tag, row.takes),
      ...(!repeatable.has(row.takes) && earlier < index ? [repeatedTag(tag)] : []),
    ];
  });
}

function checkForeignTag(tag: DocTag, row: TagRow | undefined): readonly Diagnostic[] {
  if (row?.on.includes("provider")) {
    const help = "move it to the provider that makes what the function needs";
    return [diagnostic("MG402", `\`@${tag.name}\` belongs on a provider`, { span: tag.span, help })];
  }
  if (row?.on.includes("class")) {
    const help = "write `@tool`, or move the tag to the class or the object that the function belongs to";
    return [diagnostic("MG404", `\`@${tag.name}\` stands on a function`, { span: tag.span, help })];
  }
  if (row) {
    const help = "move it to the interface of a parameter, or to a member of that";
    return [diagnostic("MG404", `\`@${tag.name}\` stands on a function`, { span: tag.span, help })];
  }
  const bound = isBound(tag) ? boundOf(tag.name, "number") : undefined;
  if (constraintOfTag(tag.name) || bound) return [tellIdleConstraint(tag, bound)];
  const missing = missingOf(tag);
  if (missing)
    return [
      diagnostic("MG480", `\`@${tag.name}\` has no effect: ${missing.reason}`, { span: tag.span, help: missing.help }),
    ];
  const meant = isWord(tag.name) ? undefined : closest(tag.name, known);
  return meant === undefined ? [] : [tellSlip(tag, meant)];
}

/** What a function says of a value stands in the text of a parameter. */
function tellSlip({ name, span }: DocTag, meant: string): Diagnostic {
  const isConstraint = constraintOfTag(meant) !== undefined;
  const message = `\`@${name}\` is not a ${isConstraint ? "constraint" : "tag"}; did you mean \`@${meant}\`?`;
  const text = `write it into the text of a parameter: \`@param NAME … {@${meant} VALUE}\``;
  return diagnostic("MG401", message, { span, help: isConstraint ? text : `write \`@${meant}\`` });
}

/** A warning: elsewhere `@pattern Singleton` is documentation. */
function tellIdleConstraint(tag: DocTag, name = tag.name): Diagnostic {
  return diagnostic("MG401", `\`@${tag.name}\` stands on a function, where it constrains nothing`, {
    span: tag.span,
    help: `write it into the text of a parameter: \`@param NAME … {@${name} VALUE}\``,
  });
}

/** On a function, what the tag names is generated. */
export function isServed(name: string): boolean {
  return tagRow(name)?.on.includes("function") === true;
}

function checkValue(tag: DocTag, kind: TagRow["takes"]): readonly Diagnostic[] {
  const text = tag.text.trim();
  if (kind === "flag" && flagValue(tag) === undefined) {
    return [
      diagnostic("MG404", `\`@${tag.name}\` takes no value but \`false\``, {
        span: tag.span,
        help: "move the text into the description",
      }),
    ];
  }
  if (kind === "text" && text === "") {
    return [
      diagnostic("MG404", `\`@${tag.name}\` has no value`, {
        span: tag.span,
        help: `write \`@${tag.name}\` and its value on one line`,
      }),
    ];
  }
  if ((kind === "text" || kind === "lines" || kind === "policy") && /[\r\n]/.test(text)) {
    return [
      diagnostic("MG404", `\`@${tag.name}\` has more than one line`, { span: tag.span, help: "keep it on one line" }),
    ];
  }
  return [];
}

function repeatedTag(tag: DocTag): Diagnostic {
  return diagnostic("MG404", `\`@${tag.name}\` is given twice`, { span: tag.span, help: "remove one of them" });
}

/** True for a bare flag, undefined for a text that a flag cannot have. */
export function flagValue(tag: DocTag): boolean | undefined {
  const text = tag.text.trim();
  return text === "" || text === "true" ? true : text === "false" ? false : undefined;
}
