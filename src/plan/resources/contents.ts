/** What a resource's function returns → what a client reads: text, bytes, JSON, or contents of its own making. */
import { diagnostic } from "../../diagnostics/diagnostic.js";
import type { FunctionModel } from "../../model/api.js";
import type { ResourceForm, ResultPlan } from "../../model/plan.js";
import { succeed, type Result } from "../../model/result.js";
import { isBytes, type TypeNode } from "../../model/types.js";

export interface ContentsPlan {
  readonly result: ResultPlan;
  readonly form: ResourceForm;
}

/** `undefined` and `null` mean that there is no such resource. */
export function planContents(source: FunctionModel): Result<ContentsPlan> {
  const none: ContentsPlan = { result: { kind: "empty" }, form: "text" };
  if (source.result.kind === "unservable") return succeed(none, source.result.diagnostics);
  const { type } = source.result;
  const refuse = (message: string, help: string): Result<ContentsPlan> =>
    succeed(none, [diagnostic("MG306", `\`${source.name}\` ${message}`, { span: source.span, help })]);
  const present = membersOf(type).filter(({ kind }) => kind !== "void" && kind !== "null");
  if (present.length === 0) return refuse("returns nothing that could be read", "return the resource's contents");
  const contents = present.flatMap((member) => membersOf(member.kind === "array" ? member.element : member));
  const embedded = contents.filter((member) => member.kind === "content");
  if (embedded.some(({ content }) => content !== "EmbeddedResource"))
    return refuse("returns content that is not a resource", "return a string, bytes, data or an `EmbeddedResource`");
  if (embedded.length > 0)
    return embedded.length === contents.length
      ? succeed({ result: { kind: "content" }, form: "content" })
      : refuse("returns contents or data, and a client cannot tell which", "return one of the two in all cases");
  const bytes = present.filter(isBytes);
  if (bytes.length > 0 && bytes.length < present.length)
    return refuse("returns bytes or text, and a client cannot tell which", "return one of the two in all cases");
  const form = bytes.length > 0 ? "blob" : present.every(isText) ? "text" : "json";
  return succeed({ result: { kind: "text", type }, form });
}

export function membersOf(type: TypeNode): readonly TypeNode[] {
  return type.kind === "union" ? type.members : [type];
}

function isText(type: TypeNode): boolean {
  if (type.kind === "literal") return typeof type.value === "string";
  if (type.kind === "enum") return type.values.every((value) => typeof value === "string");
  return type.kind === "string" || type.kind === "template";
}
