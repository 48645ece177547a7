/** The return type of a signature → the result's type, out of its promise. */
import type { ts } from "ts-morph";
import type { Origin } from "../../model/origins.js";
import type { TypeNode } from "../../model/types.js";
import { argumentOf } from "../checker/annotations.js";
import { isBuiltIn } from "../checker/built-in-types.js";
import { compiler } from "../checker/compiler.js";
import { describeContent } from "./content-types.js";
import { unservable } from "../checker/findings.js";
import { pointTo } from "./pointing.js";
import { returned, withReturnedAbsence } from "./loose-results.js";
import { rootScope, type Analysis, type Scope, type Shape } from "../checker/analysis.js";
import { typeOrigin } from "../comments/origins.js";
import type { Subject } from "../problems/problems.js";
import { hasUndefined, isAbsent } from "../checker/presence.js";
import { isSettled } from "../checker/settle-signature.js";
import { symbolOf } from "../checker/symbols.js";

export interface ResultDraft {
  readonly shape: Shape;
  readonly subject: Subject;
  readonly isAsync: boolean;
  /** The shape is that of one item. */
  readonly streams: boolean;
  /** Only where the analysis keeps it. */
  readonly origin?: Origin;
}

export interface ReturnParts {
  readonly signature: ts.Signature;
  readonly annotation: ts.TypeNode | undefined;
  readonly implementation: ts.SignatureDeclaration | undefined;
  /** Where to point when the type is not written. */
  readonly place: ts.Node;
}

export function readResult(
  analysis: Analysis,
  { signature, annotation, implementation, place }: ReturnParts,
): ResultDraft {
  const { checker } = analysis;
  const declared = checker.getReturnTypeOfSignature(signature);
  const awaitedType = checker.getAwaitedType(declared) ?? declared;
  const isAsync = awaitedType !== declared;
  const type = annotation ? withReturnedAbsence(analysis, awaitedType, implementation) : awaitedType;
  const awaited = isAsync ? argumentOf(checker, annotation, 0) : annotation;
  const item = itemOfStream(analysis, type);
  const scope = item ? rootScope(analysis, item, argumentOf(checker, awaited, 0)) : rootScope(analysis, type, awaited);
  scope.shape.body = describeResult(scope, item ?? type);
  const causes = implementation && !annotation ? [...returned(implementation), implementation] : [];
  const subject: Subject = {
    ...{ code: "MG306", name: "result", place: pointTo(analysis, [annotation], place), causes },
    ...(isSettled(signature) && { isGeneric: true }),
  };
  const origin = analysis.origins === "kept" && typeOrigin(analysis, { type: declared, annotation, place });
  return { shape: scope.shape, subject, isAsync, streams: item !== undefined, ...(origin && { origin }) };
}

function describeResult(scope: Scope, type: ts.Type): TypeNode {
  // A function that never returns has no result to describe: what it throws is the answer.
  if (isAbsent(type)) return { kind: "void" };
  if (isStream(type))
    return unservable(scope, "is a stream, but not an `AsyncIterable`", "return an `AsyncIterable` of its items");
  if (isNamed(scope.analysis, type, iterable)) return unservable(scope, "is an `Iterable`", "return an array");
  if (isNamed(scope.analysis, type, synchronous))
    return unservable(scope, "is a generator that is not `async`", "write `async function*`, or return an array");
  const node = describeContent(scope, type) ?? scope.analysis.describe(scope, type);
  if (!hasUndefined(type)) return node;
  const members = node.kind === "union" ? node.members : [node];
  return { kind: "union", members: [...members, { kind: "void" }] };
}

const asynchronous: ReadonlySet<string> = new Set(["AsyncIterable", "AsyncIterableIterator", "AsyncGenerator"]);
const iterable: ReadonlySet<string> = new Set(["Iterable"]);
const synchronous: ReadonlySet<string> = new Set(["IterableIterator", "Generator"]);

/** Of the language's own types of streams: those of others may hold what is not theirs to end. */
function itemOfStream(analysis: Analysis, type: ts.Type): ts.Type | undefined {
  if (!isNamed(analysis, type, asynchronous)) return undefined;
  return analysis.checker.getTypeArguments(type as ts.TypeReference)[0];
}

function isNamed(analysis: Analysis, type: ts.Type, names: ReadonlySet<string>): boolean {
  const symbol = symbolOf(type);
  return symbol !== undefined && names.has(symbol.name) && isBuiltIn(analysis, symbol);
}

function isStream(type: ts.Type): boolean {
  return (
    (type.flags & compiler.TypeFlags.Object) !== 0 &&
    type.getProperties().some(({ escapedName }) => (escapedName as string).startsWith("__@asyncIterator"))
  );
}
