/** The tags of a provider: `@provider` itself, its `@scope` and its `@pool`. Others that mean something elsewhere are refused. */
import type { ts } from "ts-morph";
import { diagnostic, type Diagnostic } from "../../diagnostics/diagnostic.js";
import type { DocTag, ProviderModel } from "../../model/api.js";
import { closest } from "../../diagnostics/suggest.js";
import { isWord, wordsAt } from "../../language/places.js";
import { tagsThat } from "../../language/tags.js";
import type { Comment, CommentTag } from "../comments/comment.js";
import { toDocTag } from "../comments/docs.js";
import type { Analysis } from "../checker/analysis.js";

export interface ProviderTags {
  readonly scope: ProviderModel["scope"];
  readonly all: readonly DocTag[];
  /** Something is to be wrapped around the methods of what it makes. */
  readonly guards: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

/** What a provider cannot be or do; tags of documentation are none of these. */
const refused = new Set<string>(tagsThat(({ on }) => on.includes("function") && !on.includes("provider")));

const words = wordsAt("provider");

const guarding = new Set<string>(
  tagsThat(({ on, takes }) => takes === "policy" && on.includes("function") && on.includes("provider")),
);

export function readProviderTags(analysis: Analysis, declaration: ts.Node, comment: Comment): ProviderTags {
  const { sources } = analysis;
  const file = declaration.getSourceFile();
  const complain = (
    code: "MG401" | "MG402" | "MG403" | "MG404",
    message: string,
    tag: CommentTag,
    help?: string,
  ): Diagnostic => diagnostic(code, message, { span: sources.spanOfRange(file, tag.range), help });
  const diagnostics: Diagnostic[] = [];
  let scope: ProviderModel["scope"] = "singleton";
  const pools = comment.tags.filter(({ name }) => name === "pool");
  for (const tag of comment.tags) {
    const text = tag.text.trim();
    if (refused.has(tag.name)) diagnostics.push(complain("MG402", `\`@${tag.name}\` cannot stand on a provider`, tag));
    const meant = isWord(tag.name) ? undefined : closest(tag.name, words);
    if (meant !== undefined) {
      const message = `\`@${tag.name}\` is not a tag; did you mean \`@${meant}\`?`;
      diagnostics.push(complain("MG401", message, tag, `write \`@${meant}\``));
    }
    if (tag.name !== "scope") continue;
    if (text === "request" || text === "singleton") scope = text;
    else
      diagnostics.push(
        complain("MG404", `\`@scope\` is \`singleton\` or \`request\``, tag, "write `@scope request`, or remove it"),
      );
  }
  const all = comment.tags.map((tag) => toDocTag(analysis, declaration, tag));
  const [scoped] = comment.tags.filter(({ name }) => name === "scope");
  const [, secondPool] = pools;
  if (secondPool) diagnostics.push(complain("MG404", "`@pool` is given twice", secondPool, "remove one of them"));
  if (pools.length > 0 && scoped)
    diagnostics.push(complain("MG403", "what `@pool` lends lives as long as the server: it has no `@scope`", scoped));
  const guards = all.some(({ name }) => guarding.has(name));
  return { scope: pools.length > 0 ? "singleton" : scope, all, guards, diagnostics };
}
