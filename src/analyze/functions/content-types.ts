/**
 * Results of MCP's content types, alone, in arrays or as one of several → content nodes. Told by declaration:
 * those that `mcpgen` exports, and, where the return type is written, those of the official SDK, whose types
 * are computed from schemas and keep no name.
 */
import type { ts } from "ts-morph";
import type { ContentNode, TypeNode } from "../../model/types.js";
import { compiler } from "../checker/compiler.js";
import type { Analysis, Scope } from "../checker/analysis.js";
import { inWrittenOrder } from "../checker/order.js";
import { symbolAt, symbolOf } from "../checker/symbols.js";

const contents: ReadonlySet<string> = new Set<ContentNode["content"]>([
  "TextContent",
  "ImageContent",
  "AudioContent",
  "ResourceLink",
  "EmbeddedResource",
  "CallToolResult",
  "PromptMessage",
]);

export function describeContent(scope: Scope, type: ts.Type): TypeNode | undefined {
  return fromType(scope, type, listed) ?? (scope.annotation && fromAnnotation(scope.analysis, scope.annotation));
}

type FromType = (scope: Scope, type: ts.Type) => TypeNode | undefined;

function fromType(scope: Scope, type: ts.Type, fromOne: FromType): TypeNode | undefined {
  if (!type.isUnion()) return fromOne(scope, type);
  const values = type.types.filter(({ flags }) => !(flags & compiler.TypeFlags.VoidLike));
  return oneOf(inWrittenOrder(scope, type, values).map((member) => fromOne(scope, member)));
}

/** Lists hold no lists: MCP has none, and the data of a result may nest without end. */
const listed: FromType = (scope, type) => {
  const { checker } = scope.analysis;
  if (!checker.isArrayType(type) && !checker.isTupleType(type)) return single(scope, type);
  return listOf(checker.getTypeArguments(type as ts.TypeReference).map((element) => fromType(scope, element, single)));
};

const single: FromType = (scope, type) => {
  const symbol = symbolOf(type);
  return symbol && contentNode(scope.analysis, symbol);
};

function fromAnnotation(analysis: Analysis, node: ts.TypeNode): TypeNode | undefined {
  const each = (nodes: readonly ts.TypeNode[]): (TypeNode | undefined)[] =>
    nodes.map((inner) => fromAnnotation(analysis, inner));
  if (compiler.isParenthesizedTypeNode(node) || compiler.isTypeOperatorNode(node))
    return fromAnnotation(analysis, node.type);
  if (compiler.isUnionTypeNode(node))
    return oneOf(each(node.types.filter(({ kind }) => kind !== compiler.SyntaxKind.UndefinedKeyword)));
  if (compiler.isArrayTypeNode(node)) return listOf(each([node.elementType]));
  if (compiler.isTupleTypeNode(node)) return listOf(each(node.elements));
  if (!compiler.isTypeReferenceNode(node)) return undefined;
  const symbol = symbolAt(analysis.checker, node.typeName);
  return symbol && contentNode(analysis, symbol);
}

function contentNode({ sources }: Analysis, { name, declarations }: ts.Symbol): TypeNode | undefined {
  if (!contents.has(name) || declarations?.[0] === undefined) return undefined;
  const origin = sources.originOf(declarations[0].getSourceFile());
  const isOfficial = origin.kind === "package" && origin.name.startsWith("@modelcontextprotocol/");
  return origin.kind === "contracts" || isOfficial
    ? { kind: "content", content: name as ContentNode["content"] }
    : undefined;
}

/** Nothing unless every member is content: beside data it would be ambiguous what to send. */
function oneOf(members: readonly (TypeNode | undefined)[]): TypeNode | undefined {
  const nodes = members.filter((member) => member !== undefined);
  const [only] = nodes;
  if (nodes.length < members.length || only === undefined) return undefined;
  return nodes.length === 1 ? only : { kind: "union", members: nodes };
}

function listOf(elements: readonly (TypeNode | undefined)[]): TypeNode | undefined {
  const element = oneOf(elements);
  return element && { kind: "array", element };
}
