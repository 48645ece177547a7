/** What a prompt's function returns → the messages that go to the model. */
import { diagnostic } from "../../diagnostics/diagnostic.js";
import type { FunctionModel } from "../../model/api.js";
import type { ResultPlan } from "../../model/plan.js";
import { succeed, type Result } from "../../model/result.js";
import type { TypeNode } from "../../model/types.js";
import { membersOf } from "../resources/contents.js";

/** A text, a message, or a piece of content, which the user says; or several of the latter two. */
export function planMessages(source: FunctionModel): Result<ResultPlan> {
  if (source.result.kind === "unservable") return succeed({ kind: "empty" }, source.result.diagnostics);
  const { type } = source.result;
  const members = membersOf(type);
  if (members.every(isText)) return succeed({ kind: "text", type });
  const pieces = members.flatMap((member) => membersOf(member.kind === "array" ? member.element : member));
  if (pieces.every(isMessage)) return succeed({ kind: "content" });
  const help = "return a string, `PromptMessage`s, or content such as `TextContent`";
  const message = `\`${source.name}\` returns neither a string nor messages`;
  return succeed({ kind: "empty" }, [diagnostic("MG306", message, { span: source.span, help })]);
}

function isText(type: TypeNode): boolean {
  if (type.kind === "literal") return typeof type.value === "string";
  if (type.kind === "enum") return type.values.every((value) => typeof value === "string");
  return type.kind === "string" || type.kind === "template";
}

function isMessage(type: TypeNode): boolean {
  return type.kind === "content" && type.content !== "CallToolResult";
}
