/**
 * Drafts → types as plans read them: recursive types by name, all others in place. Runs when every type is
 * described, because only then it is known which types are recursive.
 */
import type { ts } from "ts-morph";
import type { Definition } from "../../model/api.js";
import type { Origins } from "../../model/origins.js";
import { unreachable } from "../../model/result.js";
import type { Direction, TypeNode } from "../../model/types.js";
import { discriminantOf } from "./discriminants.js";
import type { Comment } from "../comments/comment.js";
import { compiler } from "../checker/compiler.js";
import { commentOf } from "../comments/docs.js";
import { shapeOf, type Analysis, type Shape } from "../checker/analysis.js";
import { flattenLinks } from "../comments/links.js";
import { nameShapes } from "./definition-names.js";
import { withAbsentParts } from "../checker/loose-parts.js";
import { commentOrigin } from "../comments/origins.js";
import { symbolOf } from "../checker/symbols.js";

export interface Resolver {
  /** The type of a whole parameter or result: its properties are needed in place, even when it is recursive. */
  readonly resolveRoot: (node: TypeNode, direction: Direction) => TypeNode;
  /** What a name stands for. */
  readonly lookUp: (node: TypeNode) => TypeNode;
  /** The named types that were needed. */
  readonly definitions: () => Record<string, Definition>;
  /** By name, all recursive types that were met: what each is, or nothing where only the whole source says. */
  readonly recursive: Readonly<Record<string, string>>;
}

export function createResolver(analysis: Analysis): Resolver {
  const names = nameShapes(analysis);
  const done = { input: new Map<Shape, TypeNode>(), output: new Map<Shape, TypeNode>() };
  const used = new Map<string, Used>();

  const resolveShape = ({ shape, direction }: Used): TypeNode => {
    const known = done[direction].get(shape);
    if (known) return known;
    const node = resolve(shape.body, direction);
    done[direction].set(shape, node);
    return node;
  };

  const discriminant = (union: Union): string | undefined => discriminantOf(analysis, union);
  const resolve = (draft: TypeNode, direction: Direction): TypeNode => {
    const node = inDirection(direction, draft);
    if (node.kind !== "reference") {
      const resolved = mapChildren(node, (child) => resolve(child, direction), discriminant);
      return analysis.sources.loose && direction === "output" ? withAbsentParts(resolved) : resolved;
    }
    const shape = shapeOf(analysis, node);
    const name = names.get(shape)?.[direction];
    if (name === undefined) return resolveShape({ shape, direction });
    used.set(name, { shape, direction });
    return { kind: "reference", name };
  };

  const definitions = (): Record<string, Definition> => {
    const result: Record<string, Definition> = {};
    // Resolving a definition may use further ones; a map's iteration meets those as well.
    for (const [name, use] of used) {
      const comment = commentOfType(use.shape);
      const description = flattenLinks(comment?.text ?? "");
      result[name] = {
        type: resolveShape(use),
        ...(description !== "" && { description }),
        ...(analysis.origins === "kept" && { origins: definitionOrigins(analysis, use.shape) }),
      };
    }
    return result;
  };
  const resolveRoot = (node: TypeNode, direction: Direction): TypeNode =>
    node.kind === "reference" ? resolveShape({ shape: shapeOf(analysis, node), direction }) : resolve(node, direction);
  const lookUp = (node: TypeNode): TypeNode => {
    const use = node.kind === "reference" ? used.get(node.name) : undefined;
    return use ? resolveShape(use) : node;
  };
  const recursive = Object.fromEntries(
    [...names.values()].flatMap(({ input, output, identity = "" }) => [
      [input, identity],
      [output, identity],
    ]),
  );
  return { resolveRoot, lookUp, definitions, recursive };
}

interface Used {
  readonly shape: Shape;
  readonly direction: Direction;
}

/** Without what only the other direction has; a union of one is that one. */
function inDirection(direction: Direction, node: TypeNode): TypeNode {
  if (node.kind === "object")
    return { ...node, properties: node.properties.filter(({ only }) => only === undefined || only === direction) };
  if (node.kind !== "union" || !node.resultOnly) return node;
  const { resultOnly, ...union } = node;
  if (direction === "output") return union;
  const members = node.members.filter((_, index) => !resultOnly.includes(index));
  const [only, second] = members;
  return only && !second ? inDirection(direction, only) : { ...union, members };
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
      const end = node.end?.map(map);
      return { ...node, elements, ...(node.rest && { rest: map(node.rest) }), ...(end && { end }) };
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
