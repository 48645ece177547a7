/** A return type → how the value is presented to the client (DESIGN §2.4). */
import { diagnostic } from "../../diagnostics/diagnostic.js";
import type { Config } from "../../config/config.js";
import type { Definition, DocTag, FunctionModel } from "../../model/api.js";
import type { ResultPlan } from "../../model/plan.js";
import { succeed, type Result } from "../../model/result.js";
import { findTag } from "../surface/check-tags.js";
import { isBytes, isStringKeyed, type ObjectNode, type TypeNode, type UnionNode } from "../../model/types.js";

type Definitions = Readonly<Record<string, Definition>>;

export interface ResultGround {
  readonly definitions: Definitions;
  readonly structured: Config["structured"];
}

export function planResult(source: FunctionModel, { definitions, structured }: ResultGround): Result<ResultPlan> {
  if (source.result.kind === "unservable") return succeed({ kind: "empty" }, source.result.diagnostics);
  const { type } = source.result;
  const mimeType = findTag(source.docs, "mimeType");
  if (mimeType) return planMedia(source, type, mimeType);
  if (type.kind === "void") return succeed({ kind: "empty" });
  const parts = contentParts(type);
  if (parts.content > 0 && parts.data > 0) {
    const message = `\`${source.name}\` returns MCP content or data, and a client cannot tell which`;
    return succeed({ kind: "content" }, [
      diagnostic("MG306", message, { span: source.span, help: "return content in all cases, or data in all cases" }),
    ]);
  }
  if (parts.content > 0 && parts.messages > 0) {
    const message = `\`${source.name}\` returns a prompt's messages`;
    const help = "tag the function `@prompt`, or return the content of the messages";
    return succeed({ kind: "content" }, [diagnostic("MG306", message, { span: source.span, help })]);
  }
  if (parts.content > 0) return succeed({ kind: "content" });
  if (structured === "none") return succeed({ kind: "text", type });
  const form = formOnWire(type, definitions, []);
  if (form === "object") return succeed({ kind: "structured", type });
  if (form === "other" && structured === "objects") return succeed({ kind: "text", type });
  return succeed({ kind: "structured", type, wrapped: wrap(type, source) });
}

/** Bytes, or nothing. */
function planMedia(source: FunctionModel, type: TypeNode, { text, span }: DocTag): Result<ResultPlan> {
  const members = type.kind === "union" ? type.members : [type];
  const present = members.filter(({ kind }) => kind !== "void" && kind !== "null");
  if (present.length > 0 && present.every(isBytes)) return succeed({ kind: "media", type, mimeType: text.trim() });
  const message = `\`@mimeType\` is for bytes, and \`${source.name}\` returns something else`;
  const help = "return a `Uint8Array` or a `Buffer`, or remove the tag";
  return succeed({ kind: "empty" }, [diagnostic("MG404", message, { span, help })]);
}

/** `structuredContent` has to be an object, so what is none becomes the member `result` of one. */
function wrap(type: TypeNode, { origins }: FunctionModel): ObjectNode {
  const present = type.kind === "union" ? withoutVoid(type) : type;
  const optional = type.kind === "unknown" || present !== type;
  const origin = origins?.["type"];
  const property = { name: "result", type: present, optional, ...(origin && { origins: { type: origin } }) };
  return { kind: "object", properties: [property] };
}

function withoutVoid(type: UnionNode): TypeNode {
  const members = type.members.filter(({ kind }) => kind !== "void");
  const [only] = members;
  if (members.length === type.members.length) return type;
  return members.length === 1 && only ? only : { ...type, members };
}

/** Content may come alone, in an array, or as one of several. */
function contentParts(type: TypeNode): Record<"content" | "data" | "messages", number> {
  const members = type.kind === "union" ? type.members : [type.kind === "array" ? type.element : type];
  const flat = members.flatMap((member) =>
    member.kind === "union" ? member.members : [member.kind === "array" ? member.element : member],
  );
  const content = flat.filter((member) => member.kind === "content");
  const messages = content.filter((member) => member.content === "PromptMessage").length;
  return { content: content.length, data: flat.length - content.length, messages };
}

type WireForm = "object" | "list" | "other";

/** A union is an object where all of its members are, a list where some are lists, and neither with anything else. */
function formOnWire(type: TypeNode, definitions: Definitions, seen: readonly string[]): WireForm {
  switch (type.kind) {
    case "object":
    case "record":
      return "object";
    case "wide":
      return type.accepts === "object" ? "object" : "other";
    case "map":
      return isStringKeyed(type) ? "object" : "list";
    case "array":
    case "set":
    case "tuple":
      return "list";
    case "union": {
      const forms = new Set(type.members.map((member) => formOnWire(member, definitions, seen)));
      if (forms.has("other")) return "other";
      return forms.has("list") ? "list" : "object";
    }
    case "reference": {
      const definition = seen.includes(type.name) ? undefined : definitions[type.name];
      return definition === undefined ? "other" : formOnWire(definition.type, definitions, [...seen, type.name]);
    }
    default:
      return "other";
  }
}
