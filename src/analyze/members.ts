/** One property of a type → its name, type, docs, default and constraints. */
import type { ts } from "ts-morph";
import type { Property } from "../model/types.js";
import { compiler } from "./compiler.js";
import { within, type Scope } from "./graph.js";
import { memberDocs } from "./member-docs.js";

export interface MemberType {
  readonly type: ts.Type;
  readonly optional: boolean;
}

export function describeMember(scope: Scope, property: ts.Symbol, { type, optional }: MemberType): Property {
  const { analysis } = scope;
  const name = compiler.unescapeLeadingUnderscores(property.escapedName);
  const place = property.valueDeclaration ?? property.declarations?.[0];
  const inside = within(scope, stepTo(name), { ...(place && { place }), annotation: annotationOf(place) });
  const node = analysis.describe(inside, type);
  return { name, type: node, optional, ...memberDocs(analysis, property) };
}

function stepTo(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}

function annotationOf(place: ts.Declaration | undefined): ts.TypeNode | undefined {
  return place &&
    (compiler.isPropertySignature(place) || compiler.isPropertyDeclaration(place) || compiler.isParameter(place))
    ? place.type
    : undefined;
}
