/** A return type → how the value is presented to the client (DESIGN §2.4). */
import { diagnostic } from "../../diagnostics/diagnostic.js";
import type { Definition, FunctionModel } from "../../model/api.js";
import type { ResultPlan } from "../../model/plan.js";
import { succeed, type Result } from "../../model/result.js";
import type { TypeNode } from "../../model/types.js";

type Definitions = Readonly<Record<string, Definition>>;

export function planResult(source: FunctionModel, definitions: Definitions): Result<ResultPlan> {
  if (source.result.kind === "unservable") return succeed({ kind: "empty" }, source.result.diagnostics);
  const { type } = source.result;
  if (type.kind === "void") return succeed({ kind: "empty" });
  const parts = contentParts(type);
  if (parts.content > 0 && parts.data > 0) {
    const message = `\`${source.name}\` returns MCP content or data, and a client cannot tell which`;
    return succeed({ kind: "content" }, [
      diagnostic("MG306", message, { span: source.span, help: "return content in all cases, or data in all cases" }),
    ]);
  }
  if (parts.content > 0) return succeed({ kind: "content" });
  return succeed({ kind: isObjectOnWire(type, definitions, []) ? "structured" : "text", type });
}

/** Content may come alone, in an array, or as one of several. */
function contentParts(type: TypeNode): { readonly content: number; readonly data: number } {
  const members = type.kind === "union" ? type.members : [type.kind === "array" ? type.element : type];
  const flat = members.flatMap((member) =>
    member.kind === "union" ? member.members : [member.kind === "array" ? member.element : member],
  );
  const content = flat.filter((member) => member.kind === "content").length;
  return { content, data: flat.length - content };
}

/** `structuredContent` has to be an object; everything else is text. */
function isObjectOnWire(type: TypeNode, definitions: Definitions, seen: readonly string[]): boolean {
  switch (type.kind) {
    case "object":
    case "record":
      return true;
    case "wide":
      return type.accepts === "object";
    case "map":
      return type.key.kind === "string" || type.key.kind === "template" || type.key.kind === "enum";
    case "union":
      return type.members.every((member) => isObjectOnWire(member, definitions, seen));
    case "reference": {
      const definition = seen.includes(type.name) ? undefined : definitions[type.name];
      return definition !== undefined && isObjectOnWire(definition.type, definitions, [...seen, type.name]);
    }
    default:
      return false;
  }
}
