/** `@header region Region` → the argument that clients repeat in an HTTP header, for proxies to route by. */
import { diagnostic, type Diagnostic } from "../../diagnostics/diagnostic.js";
import { closest } from "../../diagnostics/suggest.js";
import type { DocTag, FunctionModel } from "../../model/api.js";
import type { HeaderPlan, ToolPlan } from "../../model/plan.js";
import { succeed, type Result } from "../../model/result.js";
import type { Property, TypeNode } from "../../model/types.js";
import { findTag } from "./check-tags.js";

/** A token (RFC 9110, section 5.6.2): what a header may be called. */
const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** `input`: what clients see; for a batch, of the items. */
export function planHeaders(source: FunctionModel, { input, batch }: ToolPlan): Result<readonly HeaderPlan[]> {
  const headers: HeaderPlan[] = [];
  const diagnostics: Diagnostic[] = [];
  // One without a value is told with the other tags.
  for (const tag of source.docs.tags.filter(({ name, text }) => name === "header" && text.trim() !== "")) {
    const read = batch ? refuseBatch(source, tag) : readHeader(tag, { source, input });
    const problem = "problem" in read ? read.problem : findRepeated(read, headers, tag);
    if (problem) diagnostics.push(problem);
    else if (!("problem" in read)) headers.push(read);
  }
  return succeed(headers, diagnostics);
}

type ReadHeader = HeaderPlan | { readonly problem: Diagnostic };

function refuseBatch({ name, docs }: FunctionModel, { span }: DocTag): ReadHeader {
  const message = `\`${name}\` takes several items, and a header repeats one argument of the call`;
  const help = findTag(docs, "batch") ? "remove `@header`" : undefined;
  return { problem: diagnostic("MG431", message, { span, help }) };
}

function readHeader(
  { text, span }: DocTag,
  { source, input }: { readonly source: FunctionModel; readonly input: ToolPlan["input"] },
): ReadHeader {
  const [argument = "", name = "", more] = text.trim().split(/\s+/);
  const refuse = (code: Parameters<typeof diagnostic>[0], message: string, help?: string): ReadHeader => ({
    problem: diagnostic(code, message, { span, help }),
  });
  if (name === "" || more !== undefined)
    return refuse("MG404", "`@header` names an argument and its header", "write it as `@header region Region`");
  const property = input.properties.find((each) => each.name === argument);
  if (!property) {
    const meant = closest(
      argument,
      input.properties.map((each) => each.name),
    );
    const hint = meant === undefined ? "" : `; did you mean \`${meant}\`?`;
    return refuse("MG233", `\`${source.name}\` has no argument \`${argument}\`${hint}`);
  }
  if (!isMirrored(property)) {
    const help = property.type.kind === "number" ? "write `{@int}` into its text, or remove `@header`" : undefined;
    return refuse("MG234", `\`${argument}\` is not a string, an integer or a boolean`, help);
  }
  if (!token.test(name)) return refuse("MG429", `\`${name}\` cannot be a part of a header's name`);
  return { argument, name };
}

/** Headers have no types: what is compared is a string, digits, or `true` and `false`. */
function isMirrored({ type }: Property): boolean {
  if (type.kind === "number") return type.constraints?.integer === true;
  return textKinds.has(type.kind) || (type.kind === "enum" && type.values.every((value) => typeof value === "string"));
}

const textKinds: ReadonlySet<TypeNode["kind"]> = new Set<TypeNode["kind"]>(["string", "boolean", "template"]);

/** Header names are the same in upper and lower case. */
function findRepeated(read: HeaderPlan, earlier: readonly HeaderPlan[], { span }: DocTag): Diagnostic | undefined {
  const same = earlier.find(({ name }) => name.toLowerCase() === read.name.toLowerCase());
  if (same) return diagnostic("MG235", `\`${read.name}\` is the header of \`${same.argument}\` too`, { span });
  if (!earlier.some(({ argument }) => argument === read.argument)) return undefined;
  return diagnostic("MG235", `\`${read.argument}\` has a header already`, { span });
}
