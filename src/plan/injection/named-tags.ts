/** `@inject p` and `@data p` → which parameters they name, and which names are none. */
import { diagnostic, type Diagnostic } from "../../diagnostics/diagnostic.js";
import { closest } from "../../diagnostics/suggest.js";
import type { DocTag, FunctionModel, ParameterModel } from "../../model/api.js";

/** What settles a parameter that could be either. */
export type Asked = "inject" | "data";

export function askedFor({ name }: Pick<ParameterModel, "name">, source: FunctionModel): Asked | undefined {
  const named = namingTags(source).filter(({ names }) => names.includes(name));
  const isInjected = named.some(({ tag }) => tag.name === "inject");
  return isInjected ? "inject" : named.length > 0 ? "data" : undefined;
}

/** The tag that names it, where one does. */
export function findNaming(parameter: string, source: FunctionModel): DocTag | undefined {
  return namingTags(source).find(({ names }) => names.includes(parameter))?.tag;
}

/** A warning: what it says of no parameter changes nothing, and elsewhere `@data` is documentation. */
export function checkNamingTags(source: FunctionModel): readonly Diagnostic[] {
  const parameters = source.parameters.filter(({ destructured }) => !destructured).map(({ name }) => name);
  return namingTags(source).flatMap(({ tag, names }) => {
    const [first] = names.filter((name) => !source.parameters.some((parameter) => parameter.name === name));
    if (first === undefined) return [];
    const meant = closest(first, parameters);
    const hint = meant === undefined ? "" : `; did you mean \`${meant}\`?`;
    const help = meant === undefined ? undefined : `write \`@${tag.name} ${meant}\``;
    const message = `\`@${tag.name} ${clip(first)}\`: \`${source.name}\` has no such parameter${hint}`;
    return [diagnostic("MG482", message, { span: tag.span, help })];
  });
}

interface Naming {
  readonly tag: DocTag;
  readonly names: readonly string[];
}

function namingTags({ docs }: FunctionModel): readonly Naming[] {
  return docs.tags
    .filter(({ name }) => name === "inject" || name === "data")
    .map((tag) => ({
      tag,
      names: tag.text
        .trim()
        .split(/[\s,]+/)
        .filter((name) => name !== ""),
    }));
}

function clip(text: string): string {
  return text.length <= 30 ? text : `${text.slice(0, 29)}…`;
}
