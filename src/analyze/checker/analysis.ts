/**
 * The types met so far, as a graph. Each structured type is described once, and types point at each other by
 * drafts: references whose name is a number. When all are described it is known which of them are recursive;
 * `resolve.ts` then names those and puts all others in place.
 */
import type { ts } from "ts-morph";
import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import type { Sources } from "../../discover/index.js";
import type { OriginKeeping } from "../../model/origins.js";
import type { Direction, ReferenceNode, TypeNode } from "../../model/types.js";

export interface Analysis {
  readonly sources: Sources;
  readonly checker: ts.TypeChecker;
  readonly shapes: Map<ts.Type, Shape>;
  /** Of types in which an alias with constraints is written, by where that is: for the checker they are the same as without. */
  readonly writtenShapes: Map<ts.Node, Map<ts.Type, Shape>>;
  /** By id: the name of a draft. */
  readonly byId: Shape[];
  /** Generic types found to grow at each step. */
  readonly endless: Set<ts.Symbol>;
  readonly origins: OriginKeeping;
  /** The dispatch on kinds of types, here so that each kind can describe its members. */
  readonly describe: (scope: Scope, type: ts.Type) => TypeNode;
}

export interface Shape {
  readonly id: number;
  readonly type: ts.Type;
  /** Whose member this type was first met as; names a type that has no name of its own. */
  readonly owner?: Shape;
  /** How many types lie between this one and the parameter or result. */
  readonly depth: number;
  readonly ownerPath: string;
  body: TypeNode;
  readonly findings: Finding[];
  readonly edges: Edge[];
}

/** What is wrong with a member. Recorded once with the type, reported for each parameter and result that reaches it. */
export type Finding = Fault & {
  /** The other direction is not concerned. */
  readonly of?: Direction;
};

type Fault =
  /** JSON cannot carry it; `reason` completes "`order.callback` …". */
  | {
      readonly kind: "unservable";
      readonly path: string;
      readonly place: ts.Node | undefined;
      readonly reason: string;
      readonly help?: string;
      /** It is too large rather than of a kind that JSON cannot carry. */
      readonly isLimit?: true;
      /** An `AbortSignal`, beside other members, that has to be there. */
      readonly isSignal?: true;
      /** Nothing of it could be sent, which is no loss where it is one of several. */
      readonly isEmpty?: true;
    }
  /** TypeScript itself could not resolve it. */
  | { readonly kind: "unresolved"; readonly path: string; readonly place: ts.Node | undefined }
  /** `any`, `unknown` or `{}`: served, with a warning. */
  | { readonly kind: "open"; readonly path: string; readonly place: ts.Node | undefined; readonly text: OpenType }
  /** Two members of a union that JSON cannot tell apart: served, with a warning, where it is decoded. */
  | {
      readonly kind: "ambiguous";
      readonly path: string;
      readonly place: ts.Node | undefined;
      readonly members: readonly [string, string];
    }
  /** A member that clients are not to see, and that has to be there: an error where it is an argument. */
  | { readonly kind: "hidden"; readonly path: string; readonly place: ts.Node | undefined; readonly tag: string }
  /** An optional member that JSON cannot carry: the others are served, with a warning. */
  | { readonly kind: "leftOut"; readonly path: string; readonly place: ts.Node | undefined; readonly reason: string }
  /** Members of a union that JSON cannot carry: the others are served, with a warning. */
  | {
      readonly kind: "alternatives";
      readonly path: string;
      readonly place: ts.Node | undefined;
      readonly texts: readonly string[];
    }
  /** Something with a place of its own, such as a malformed constraint. */
  | { readonly kind: "reported"; readonly path: string; readonly diagnostic: Diagnostic };

export type OpenType = "any" | "unknown" | "{}" | "Object";

export interface Edge {
  /** From the one type to the other: `.items[]`. */
  readonly path: string;
  readonly place: ts.Node | undefined;
  readonly to: Shape;
  /** The other direction does not go this way. */
  readonly of?: Direction;
}

/** Where a type stands while it is described. */
export interface Scope {
  readonly analysis: Analysis;
  readonly shape: Shape;
  /** From the shape to here. */
  readonly path: string;
  /** The declaration to point at when the type cannot be served. */
  readonly place: ts.Node | undefined;
  /** The type as it is written here: unions keep its order. */
  readonly annotation: ts.TypeNode | undefined;
  /** The constraints of the annotation's own aliases are seen to further out. */
  readonly isAliasRead?: boolean;
}

export function createAnalysis(given: Pick<Analysis, "sources" | "describe" | "origins">): Analysis {
  return {
    ...given,
    checker: given.sources.checker,
    shapes: new Map(),
    writtenShapes: new Map(),
    byId: [],
    endless: new Set(),
  };
}

/** A shape that stands for a parameter or a result: nothing points at it. */
export function rootScope(analysis: Analysis, type: ts.Type, annotation: ts.TypeNode | undefined): Scope {
  const shape = addShape(analysis, type, undefined);
  return { analysis, shape, path: "", place: undefined, annotation };
}

export function addShape(analysis: Analysis, type: ts.Type, scope: Scope | undefined): Shape {
  const shape: Shape = {
    id: analysis.byId.length,
    type,
    ownerPath: scope?.path ?? "",
    depth: (scope?.shape.depth ?? -1) + 1,
    body: { kind: "unknown" },
    findings: [],
    edges: [],
    ...(scope && { owner: scope.shape }),
  };
  analysis.byId.push(shape);
  return shape;
}

/** A step into a member: `.name` or `[]`. */
export function within(scope: Scope, step: string, details: Partial<Pick<Scope, "place" | "annotation">> = {}): Scope {
  return { ...scope, path: scope.path + step, annotation: undefined, isAliasRead: false, ...details };
}

export function draftOf(shape: Shape): ReferenceNode {
  return { kind: "reference", name: String(shape.id) };
}

export function shapeOf(analysis: Analysis, draft: ReferenceNode): Shape {
  const shape = analysis.byId[Number(draft.name)];
  if (shape === undefined) throw new Error(`no shape ${draft.name}`);
  return shape;
}

/** What stands behind drafts, as far as it is described by now. */
export function peek(analysis: Analysis, node: TypeNode): TypeNode {
  return node.kind === "reference" ? peek(analysis, shapeOf(analysis, node).body) : node;
}
