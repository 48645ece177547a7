/** The URI of a resource, which may be a template (RFC 6570: those forms that a URI can be matched with). */
import { succeed, type Result } from "../../model/result.js";
import { diagnostic } from "../../diagnostics/diagnostic.js";
import type { DocTag } from "../../model/api.js";

export interface UriTemplate {
  readonly text: string;
  /** In the order of the template. */
  readonly variables: readonly UriVariable[];
}

export interface UriVariable {
  readonly name: string;
  /** Of `{?a,b}`: a URI may be without it. */
  readonly isQuery: boolean;
}

const scheme = /^[a-z][a-z0-9+.-]*:\S+$/i;
const expression = /\{([^{}]*)\}/g;
const variableName = /^\w+$/;

/** Undefined where the tag has no text, which is told with the tags. */
export function readUri(tag: DocTag | undefined): Result<UriTemplate | undefined> {
  const text = tag?.text.trim() ?? "";
  if (!tag || text === "") return succeed(undefined);
  const refuse = (message: string) =>
    succeed(undefined, [diagnostic("MG510", `\`${text}\` ${message}`, { span: tag.span })]);
  const literal = text.replace(expression, "x");
  if (!scheme.test(literal)) return refuse("is not a URI");
  if (/[{}]/.test(literal)) return refuse("has a brace without its other half");
  const variables: UriVariable[] = [];
  for (const [whole, inner = ""] of text.matchAll(expression)) {
    const [, operator = "", list = ""] = /^([+?]?)(.*)$/.exec(inner) ?? [];
    const names = list.split(",");
    const isRead = names.every((name) => variableName.test(name)) && (operator === "?" || names.length === 1);
    if (!isRead) return refuse(`has \`${whole}\`; only \`{name}\`, \`{+path}\` and \`{?a,b}\` are supported`);
    if (operator === "?" && !text.endsWith(whole)) return refuse(`has \`${whole}\` before its end`);
    variables.push(...names.map((name) => ({ name, isQuery: operator === "?" })));
  }
  const twice = variables.find(({ name }, index) => variables.findIndex((other) => other.name === name) < index);
  return twice ? refuse(`has the variable \`${twice.name}\` twice`) : succeed({ text, variables });
}
