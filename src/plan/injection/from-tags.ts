/** `@from userId caller.id` → which parameter is filled with what. What is wrong with the tag itself is found here. */
import { diagnostic, type Diagnostic } from "../../diagnostics/diagnostic.js";
import { closest } from "../../diagnostics/suggest.js";
import { readFrom } from "../../language/from-tag.js";
import type { DocTag, FunctionModel } from "../../model/api.js";
import type { Filling } from "../../model/filled.js";
import type { JsonValue } from "../../model/json.js";
import { findNaming } from "./named-tags.js";

export interface FromTag {
  readonly tag: DocTag;
  readonly parameter: string;
  /** As it is written. */
  readonly written: string;
}

/** One for each parameter, the first of those that name it. */
export function findFrom({ name }: { readonly name: string }, source: FunctionModel): FromTag | undefined {
  return listFrom(source).find(({ parameter }) => parameter === name);
}

export function listFrom({ docs }: FunctionModel): readonly FromTag[] {
  return docs.tags.flatMap((tag) => {
    const read = tag.name === "from" ? readFrom(tag.text) : undefined;
    return read ? [{ tag, ...read }] : [];
  });
}

/** Undefined for what is no source. */
export function readFilling(written: string): Filling | undefined {
  const variable = /^env\.([A-Za-z_]\w*)$/.exec(written)?.[1];
  if (variable !== undefined) return { kind: "variable", variable };
  if (written === "caller.id") return { kind: "caller", path: ["id"] };
  const claims = /^caller\.claims((?:\.[\w$-]+|\["[^"]+"\])+)$/.exec(written)?.[1];
  if (claims !== undefined) return { kind: "caller", path: ["claims", ...stepsOf(claims)] };
  const value = parseJson(written);
  return value === undefined ? undefined : { kind: "constant", value };
}

/** `.org["https://example.com/tenant"]`: what has other signs than a name's stands in brackets. */
function stepsOf(path: string): readonly string[] {
  return [...path.matchAll(/\.([\w$-]+)|\["([^"]+)"\]/g)].map(([, name, quoted]) => name ?? quoted ?? "");
}

function parseJson(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

/** Of tags that fill nothing, or what is filled already. */
export function checkFromTags(source: FunctionModel): readonly Diagnostic[] {
  const read = listFrom(source);
  const malformed = source.docs.tags.filter(
    (tag) => tag.name === "from" && tag.text.trim() !== "" && !read.some((each) => each.tag === tag),
  );
  return [
    ...malformed.map(({ span }) => diagnostic("MG470", "`@from` names a parameter and its source", { span })),
    ...read.flatMap((from, index) => {
      const first = read.find(({ parameter }) => parameter === from.parameter);
      if (first && read.indexOf(first) < index) return [refuseSecond(from, first.tag)];
      const other = findNaming(from.parameter, source);
      if (other) return [refuseSecond(from, other)];
      return source.parameters.some(({ name }) => name === from.parameter) ? [] : [refuseUnknown(from, source)];
    }),
  ];
}

function refuseSecond({ parameter, tag }: FromTag, first: DocTag): Diagnostic {
  const notes = [{ message: `\`@${first.name} ${first.text.trim()}\` fills it`, span: first.span }];
  return diagnostic("MG474", `two tags fill \`${parameter}\``, { span: tag.span, notes });
}

function refuseUnknown({ parameter, tag }: FromTag, { name, parameters }: FunctionModel): Diagnostic {
  const names = parameters.filter(({ destructured }) => !destructured).map((each) => each.name);
  const meant = closest(parameter, names);
  const hint = meant === undefined ? "" : `; did you mean \`${meant}\`?`;
  const help = meant === undefined ? undefined : `write \`@from ${meant} …\``;
  return diagnostic("MG471", `\`${name}\` has no parameter \`${parameter}\`${hint}`, { span: tag.span, help });
}
