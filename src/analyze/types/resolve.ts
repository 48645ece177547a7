/**
 * Drafts → types as plans read them: recursive types by name, all others in place. Runs when every type is
 * described, because only then it is known which types are recursive.
 */
import type { ts } from "ts-morph";
import type { Definition } from "../../model/api.js";
import type { Origins } from "../../model/origins.js";
import { unreachable } from "../../model/result.js";
import type { TypeNode } from "../../model/types.js";
import { discriminantOf } from "./discriminants.js";
import type { Comment } from "../comments/comment.js";
import { compiler } from "../checker/compiler.js";
import { commentOf } from "../comments/docs.js";
import { shapeOf, type Analysis, type Shape } from "../checker/analysis.js";
import { flattenLinks } from "../comments/links.js";
import { nameShapes } from "./definition-names.js";
import { commentOrigin } from "../comments/origins.js";
import { symbolOf } from "../checker/symbols.js";

export interface Resolver {
  /** The type of a whole parameter or result: its properties are needed in place, even when it is recursive. */
  readonly resolveRoot: (node: TypeNode) => TypeNode;
  /** What a name stands for. */
  readonly lookUp: (node: TypeNode) => TypeNode;
  /** The named types that were needed. */
  readonly definitions: () => Record<string, Definition>;
}

export function createResolver(analysis: Analysis): Resolver {
  const names = nameShapes(analysis);
  const done = new Map<Shape, TypeNode>();
  const used = new Map<string, Shape>();

  const resolveShape = (shape: Shape): TypeNode => {
    const known = done.get(shape);
    if (known) return known;
    const node = resolve(shape.body);
    done.set(shape, node);
    return node;
  };

  const resolve = (node: TypeNode): TypeNode => {
    if (node.kind !== "reference") return mapChildren(node, resolve, (union) => discriminantOf(analysis, union));
    const shape = shapeOf(analysis, node);
    const name = names.get(shape);
    if (name === undefined) return resolveShape(shape);
    used.set(name, shape);
    return { kind: "reference", name };
  };

  const definitions = (): Record<string, Definition> => {
    const result: Record<string, Definition> = {};
    // Resolving a definition may use further ones; a map's iteration meets those as well.
    for (const [name, shape] of used) {
      const comment = commentOfType(shape);
      const description = flattenLinks(comment?.text ?? "");
      result[name] = {
        type: resolveShape(shape),
        ...(description !== "" && { description }),
        ...(analysis.origins === "kept" && { origins: definitionOrigins(analysis, shape) }),
      };
    }
    return result;
  };
  const resolveRoot = (node: TypeNode): TypeNode =>
    node.kind === "reference" ? resolveShape(shapeOf(analysis, node)) : resolve(node);
  const lookUp = (node: TypeNode): TypeNode => {
    const shape = node.kind === "reference" ? used.get(node.name) : undefined;
    return shape ? resolveShape(shape) : node;
  };
  return { resolveRoot, lookUp, definitions };
}

/** What the comment at the type's declaration says. */
function commentOfType({ type }: Shape): Comment | undefined {
  return declarationsOf(type)
    .map(commentOf)
    .find(({ text }) => text !== "");
}

function declarationsOf(type: ts.Type): readonly ts.Declaration[] {
  return (type.aliasSymbol ?? symbolOf(type))?.declarations ?? [];
}

function definitionOrigins({ sources, checker }: Analysis, { type }: Shape): Origins {
  const [place] = declarationsOf(type);
  const commented = declarationsOf(type).find((declaration) => commentOf(declaration).text !== "");
  return {
    ...(place && { type: { kind: "type", text: checker.typeToString(type), span: sources.spanOf(nameOf(place)) } }),
    ...(commented && {
      description: commentOrigin(sources.spanOfRange(commented.getSourceFile(), commentOf(commented).range)),
    }),
  };
}

function nameOf(declaration: ts.Declaration): ts.Node {
  return compiler.isInterfaceDeclaration(declaration) || compiler.isTypeAliasDeclaration(declaration)
    ? declaration.name
    : declaration;
}

type Union = Extract<TypeNode, { kind: "union" }>;

/** A union keeps the discriminant that it has, unless `discriminant` finds it anew. */
export function mapChildren(
  node: TypeNode,
  map: (child: TypeNode) => TypeNode,
  discriminant = (union: Union): string | undefined => union.discriminant,
): TypeNode {
  switch (node.kind) {
    case "array":
    case "set":
      return { ...node, element: map(node.element) };
    case "map":
      return { ...node, key: map(node.key), value: map(node.value) };
    case "record":
      return { ...node, value: map(node.value) };
    case "tuple": {
      const elements = node.elements.map((element) => ({ ...element, type: map(element.type) }));
      return { ...node, elements, ...(node.rest && { rest: map(node.rest) }) };
    }
    case "object": {
      const properties = node.properties.map((property) => ({ ...property, type: map(property.type) }));
      const patterns = node.patterns?.map((pattern) => ({ ...pattern, value: map(pattern.value) }));
      const others = { ...(node.additional && { additional: map(node.additional) }), ...(patterns && { patterns }) };
      return { ...node, properties, ...others };
    }
    case "union": {
      const name = discriminant(node);
      return { ...node, members: node.members.map(map), ...(name !== undefined && { discriminant: name }) };
    }
    case "string":
    case "number":
    case "boolean":
    case "null":
    case "unknown":
    case "wide":
    case "void":
    case "literal":
    case "enum":
    case "template":
    case "codec":
    case "content":
    case "reference":
      return node;
    default:
      return unreachable(node);
  }
}
