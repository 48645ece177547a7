/** The keys `key` and `after` of `@stream` → how a stream that is not there any more begins again, and why it cannot. */
import { diagnostic, type Diagnostic } from "../../diagnostics/diagnostic.js";
import { closest } from "../../diagnostics/suggest.js";
import { codecRow } from "../../language/codecs.js";
import type { Definition, FunctionModel } from "../../model/api.js";
import type { ReopenPlan, StreamPlan } from "../../model/plan.js";
import type { Property, TypeNode } from "../../model/types.js";
import type { Setting } from "../policies/policy-settings.js";

export type StreamSettings = ReadonlyMap<string, Setting>;

export function planReopening(settings: StreamSettings): ReopenPlan | undefined {
  const [key, after] = [settings.get("key"), settings.get("after")];
  return key && after && { key: key.written, after: after.written };
}

export interface Reopened {
  readonly source: FunctionModel;
  readonly settings: StreamSettings;
  readonly stream: StreamPlan;
  /** Of one item. */
  readonly item: TypeNode;
  readonly definitions: Readonly<Record<string, Definition>>;
}

export function checkReopening(reopened: Reopened): readonly Diagnostic[] {
  const { settings, stream } = reopened;
  const [key, after] = [settings.get("key"), settings.get("after")];
  if (stream.mode !== "page") return [];
  if (!key || !after)
    return [...(key ? [refuseAlone("key", key)] : []), ...(after ? [refuseAlone("after", after)] : [])];
  const member = findKey(key, reopened);
  const argument = findArgument(after, reopened);
  const found = [member, argument].flatMap((each) => ("problem" in each ? [each.problem] : []));
  if ("problem" in member || "problem" in argument) return found;
  const [gives, takes] = [kindOf(member.type, reopened), kindOf(argument.type, reopened)];
  if (gives === undefined || member.optional) {
    const message = `\`${key.written}\` of an item is not always a string, a number or a date`;
    return [diagnostic("MG426", message, { span: key.span })];
  }
  if (gives === takes && isOpen(argument.type, reopened)) return [];
  const message = `\`${key.written}\` is a ${gives}, and \`${after.written}\` does not take every ${gives}`;
  return [diagnostic("MG428", message, { span: after.span })];
}

const partners = { key: "after", after: "key" } as const;

const means = {
  key: "write `key=` and the member of an item that the argument takes",
  after: "write `after=` and the argument with which the function begins after an item",
} as const;

function refuseAlone(name: keyof typeof partners, { span }: Setting): Diagnostic {
  const missing = partners[name];
  return diagnostic("MG407", `\`${name}\` of \`@stream\` stands without \`${missing}\``, {
    span,
    help: means[missing],
  });
}

type Found = Property | { readonly problem: Diagnostic };

function findKey({ written, span }: Setting, { item, definitions }: Reopened): Found {
  const resolved = resolve(item, definitions);
  const members = resolved.kind === "object" ? resolved.properties : [];
  const member = members.find(({ name }) => name === written);
  if (member) return member;
  const meant = closest(
    written,
    members.map(({ name }) => name),
  );
  const message = `the items have no member \`${written}\`${meant === undefined ? "" : `; did you mean \`${meant}\`?`}`;
  return { problem: diagnostic("MG425", message, { span, help: meant && `write \`key=${meant}\`` }) };
}

function findArgument({ written, span }: Setting, { source, stream }: Reopened): Found {
  const argument = stream.input.properties.find(({ name }) => name === written);
  if (argument?.optional) return argument;
  const message = argument
    ? `\`${written}\` is not optional, and the first page has nothing to begin after`
    : `\`${source.name}\` has no argument \`${written}\``;
  const help = argument && `write \`${written}?\``;
  return { problem: diagnostic("MG427", message, { span, help }) };
}

/** Completes "is a …"; undefined for what cannot tell items apart. */
function kindOf(type: TypeNode, { definitions }: Reopened): string | undefined {
  const resolved = resolve(type, definitions);
  switch (resolved.kind) {
    case "string":
    case "template":
      return "string";
    case "number":
      return "number";
    case "codec":
      return codecRow(resolved.codec).isKey ? resolved.codec : undefined;
    default:
      return undefined;
  }
}

/** It takes all values of its kind. */
function isOpen(type: TypeNode, { definitions }: Reopened): boolean {
  const resolved = resolve(type, definitions);
  if (resolved.kind === "codec") return resolved.values === undefined;
  return (resolved.kind === "string" || resolved.kind === "number") && resolved.constraints === undefined;
}

function resolve(type: TypeNode, definitions: Reopened["definitions"]): TypeNode {
  return type.kind === "reference" ? (definitions[type.name]?.type ?? type) : type;
}
