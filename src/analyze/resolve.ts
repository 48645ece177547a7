/**
 * Drafts → types as plans read them: recursive types by name, all others in place. Runs when every type is
 * described, because only then it is known which types are recursive.
 */
import type { Definition } from "../model/api.js";
import { unreachable } from "../model/result.js";
import type { TypeNode } from "../model/types.js";
import { discriminantOf } from "./discriminants.js";
import { commentOf } from "./docs.js";
import { shapeOf, type Analysis, type Shape } from "./graph.js";
import { flattenLinks } from "./links.js";
import { nameShapes } from "./names.js";
import { symbolOf } from "./symbols.js";

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
      const description = describe(shape);
      result[name] = { type: resolveShape(shape), ...(description !== "" && { description }) };
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
function describe({ type }: Shape): string {
  const declarations = (type.aliasSymbol ?? symbolOf(type))?.declarations ?? [];
  return flattenLinks(declarations.map((declaration) => commentOf(declaration).text).find((text) => text !== "") ?? "");
}

type Union = Extract<TypeNode, { kind: "union" }>;

function mapChildren(
  node: TypeNode,
  map: (child: TypeNode) => TypeNode,
  discriminant: (union: Union) => string | undefined,
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
      return { ...node, properties, ...(node.additional && { additional: map(node.additional) }) };
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
