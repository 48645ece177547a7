/** The ways in which a member of a type can be at fault, each recorded where it is met. */
import type { ts } from "ts-morph";
import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import type { Direction, TypeNode } from "../../model/types.js";
import type { OpenType, Scope } from "./analysis.js";
import { hasUndefined } from "./presence.js";

/** Stands where no type could be described; never reaches a plan, because the finding makes the root unservable. */
const nothing: TypeNode = { kind: "unknown" };

/** `reason` completes "`order.callback` …". */
export function unservable({ shape, path, place }: Scope, reason: string, help?: string): TypeNode {
  shape.findings.push({ kind: "unservable", path, place, reason, ...(help && { help }) });
  return nothing;
}

/** JSON could carry it, but no client could follow. */
export function beyondLimits({ shape, path, place }: Scope, reason: string): TypeNode {
  shape.findings.push({ kind: "unservable", path, place, reason, isLimit: true });
  return nothing;
}

/** The other direction carries it. */
export function unservableIn(
  direction: Direction,
  { shape, path, place }: Scope,
  { reason, help }: { readonly reason: string; readonly help?: string },
): void {
  shape.findings.push({ kind: "unservable", path, place, reason, ...(help && { help }), of: direction });
}

/** An argument has no member that TypeScript would know it by. */
export function emptyArgument({ shape, path, place }: Scope): void {
  const reason = "has no member that a client could send";
  shape.findings.push({ kind: "unservable", path, place, reason, of: "input", isEmpty: true });
}

export function unresolved({ shape, path, place }: Scope): TypeNode {
  shape.findings.push({ kind: "unresolved", path, place });
  return nothing;
}

export function open({ shape, path, place }: Scope, text: OpenType): TypeNode {
  shape.findings.push({ kind: "open", path, place, text });
  return nothing;
}

export function report({ shape, path }: Scope, diagnostic: Diagnostic): void {
  shape.findings.push({ kind: "reported", path, diagnostic });
}

export function ambiguous({ shape, path, place }: Scope, members: readonly [string, string]): void {
  shape.findings.push({ kind: "ambiguous", path, place, members });
}

export function hidden({ shape, path, place }: Scope, tag: string): void {
  shape.findings.push({ kind: "hidden", path, place, tag });
}

/** An element that may be `undefined`: no client sends one, a function may well give one. */
export function refuseAbsence(scope: Scope, type: ts.Type): void {
  const reason = "can be `undefined`, which JSON cannot represent";
  if (type.isUnion() && hasUndefined(type)) unservableIn("output", scope, { reason, help: "use `null`" });
}
