/** The return type of a signature → the result's type, out of its promise. */
import type { ts } from "ts-morph";
import type { ContentNode, TypeNode } from "../model/types.js";
import { argumentOf } from "./annotations.js";
import { compiler } from "./compiler.js";
import { unservable } from "./findings.js";
import { rootScope, within, type Analysis, type Scope, type Shape } from "./graph.js";
import type { Subject } from "./problems.js";
import { hasUndefined } from "./unions.js";

export interface ResultDraft {
  readonly shape: Shape;
  readonly subject: Subject;
  readonly isAsync: boolean;
}

export interface ReturnParts {
  readonly signature: ts.Signature;
  readonly annotation: ts.TypeNode | undefined;
  /** Where to point when the type is not written. */
  readonly place: ts.Node;
}

export function readResult(analysis: Analysis, { signature, annotation, place }: ReturnParts): ResultDraft {
  const { checker } = analysis;
  const returned = checker.getReturnTypeOfSignature(signature);
  const type = checker.getAwaitedType(returned) ?? returned;
  const isAsync = type !== returned;
  const scope = rootScope(analysis, type, isAsync ? argumentOf(checker, annotation, 0) : annotation);
  scope.shape.body = describeResult(scope, type);
  const subject: Subject = { code: "MG306", name: "result", place: annotation ?? place };
  return { shape: scope.shape, subject, isAsync };
}

function describeResult(scope: Scope, type: ts.Type): TypeNode {
  const { Never, VoidLike } = compiler.TypeFlags;
  // A function that never returns has no result to describe: what it throws is the answer.
  if (type.flags & (VoidLike | Never)) return { kind: "void" };
  if (isStream(type))
    return unservable(scope, "is a stream, which this version cannot serve", "collect it and return an array");
  const node = describeContent(scope, type) ?? scope.analysis.describe(scope, type);
  if (!hasUndefined(type)) return node;
  const members = node.kind === "union" ? node.members : [node];
  return { kind: "union", members: [...members, { kind: "void" }] };
}

function isStream(type: ts.Type): boolean {
  return (
    (type.flags & compiler.TypeFlags.Object) !== 0 &&
    type.getProperties().some(({ escapedName }) => (escapedName as string).startsWith("__@asyncIterator"))
  );
}

const contents: ReadonlySet<string> = new Set<ContentNode["content"]>([
  "TextContent",
  "ImageContent",
  "AudioContent",
  "ResourceLink",
  "EmbeddedResource",
  "CallToolResult",
]);

/** One of the content types that `mcpgen` exports, several of them, or arrays of them; inside other data they are data. */
function describeContent(scope: Scope, type: ts.Type): TypeNode | undefined {
  const { checker } = scope.analysis;
  if (type.isUnion()) {
    const values = type.types.filter(({ flags }) => !(flags & compiler.TypeFlags.VoidLike));
    const members = values.flatMap((member) => describeContent(scope, member) ?? []);
    return members.length === values.length && members.length > 1 ? { kind: "union", members } : undefined;
  }
  if (checker.isArrayType(type)) {
    const [element] = checker.getTypeArguments(type as ts.TypeReference);
    const content = element && describeContent(within(scope, "[]"), element);
    return content && { kind: "array", element: content };
  }
  return isContent(scope.analysis, type)
    ? { kind: "content", content: type.symbol.name as ContentNode["content"] }
    : undefined;
}

function isContent({ sources }: Analysis, { symbol }: ts.Type): boolean {
  const declaration = symbol?.declarations?.[0];
  return (
    declaration !== undefined &&
    contents.has(symbol.name) &&
    sources.originOf(declaration.getSourceFile()).kind === "contracts"
  );
}
