/** `Tool<typeof f>` → the function that `f` is, and what it is called with there. */
import type { ts } from "ts-morph";
import { contractOf } from "../../language/injected/injected.js";
import type { ExportReference, ToolUse, TypeKey } from "../../model/api.js";
import type { Analysis } from "../checker/analysis.js";
import { compiler } from "../checker/compiler.js";
import { hasUndefined } from "../checker/presence.js";
import { argumentsOf, symbolAt, symbolOf } from "../checker/symbols.js";
import { positionsOf } from "./positions.js";

export interface Using {
  readonly key: TypeKey | undefined;
  readonly type: ts.Type;
  readonly annotation: ts.TypeNode | undefined;
}

export interface Used {
  readonly key: TypeKey;
  readonly use: ToolUse;
}

/** Absent for what is no `Tool`. */
export function readToolUse(analysis: Analysis, { key, type, annotation }: Using): Used | undefined {
  if (type.flags & compiler.TypeFlags.Any) return annotation && readCircular(analysis, annotation);
  if (key === undefined || contractOf(key) !== "Tool") return undefined;
  const [used, given] = argumentsOf(analysis, analysis.checker.getNonNullableType(type));
  if (used === undefined || given === undefined) return undefined;
  const declaration = symbolOf(used)?.declarations?.[0];
  const [signature] = used.getCallSignatures();
  return { key, use: { ...nameUsed(analysis, declaration), takes: elementsOf(analysis, given, signature) } };
}

/** Functions that name each other's tools have no types that TypeScript could resolve: what is written is read. */
function readCircular(analysis: Analysis, annotation: ts.TypeNode): Used | undefined {
  if (!compiler.isTypeReferenceNode(annotation)) return undefined;
  const { checker, sources } = analysis;
  const type = symbolAt(checker, annotation.typeName);
  const declared = type?.declarations?.[0];
  const [used] = annotation.typeArguments ?? [];
  if (type?.name !== "Tool" || !declared || sources.originOf(declared.getSourceFile()).kind !== "contracts")
    return undefined;
  const declaration = used && compiler.isTypeQueryNode(used) && symbolAt(checker, used.exprName)?.declarations?.[0];
  if (!declaration) return undefined;
  const key = { name: "Tool", module: "mcpgen", arguments: [] };
  return { key, use: { ...nameUsed(analysis, declaration), takes: [], circular: true } };
}

function nameUsed(analysis: Analysis, declaration: ts.Declaration | undefined): Pick<ToolUse, "name" | "callee"> {
  const found = declaration && exportedAs(analysis, declaration);
  if (found) return { name: found.name, callee: found.reference };
  const name = declaration && compiler.getNameOfDeclaration(declaration);
  return name && compiler.isIdentifier(name) ? { name: name.text } : {};
}

function exportedAs(
  { sources }: Analysis,
  declaration: ts.Declaration,
): { readonly name: string; readonly reference: ExportReference } | undefined {
  return sources.functions.find(
    (each) => each.declaration === declaration || each.implementation === declaration || each.member === declaration,
  );
}

function elementsOf(analysis: Analysis, given: ts.Type, signature: ts.Signature | undefined): ToolUse["takes"] {
  const { checker } = analysis;
  const positions = signature ? positionsOf(analysis, { signature, written: [] }) : [];
  const parameters = positions.map(({ type, rest }) => (rest ? elementOf(checker, type) : type));
  const one = (type: ts.Type, flags: ts.ElementFlags): ToolUse["takes"][number] => {
    const optional = (flags & compiler.ElementFlags.Optional) !== 0;
    const sent = optional ? withoutUndefined(type) : [type];
    return {
      text: sent.map((each) => checker.typeToString(each)).join(" | "),
      optional,
      rest: (flags & compiler.ElementFlags.Variable) !== 0,
      fits: parameters.flatMap((wanted, index) =>
        sent.every((part) => isFitting(checker, part, wanted)) ? [index] : [],
      ),
    };
  };
  if (checker.isTupleType(given)) {
    const { elementFlags } = (given as ts.TupleTypeReference).target;
    return checker
      .getTypeArguments(given as ts.TypeReference)
      .map((type, index) => one(type, elementFlags[index] ?? compiler.ElementFlags.Required));
  }
  return checker.isArrayType(given) ? [one(elementOf(checker, given), compiler.ElementFlags.Rest)] : [];
}

function elementOf(checker: ts.TypeChecker, type: ts.Type): ts.Type {
  return (checker.isArrayType(type) && checker.getTypeArguments(type as ts.TypeReference)[0]) || type;
}

/** `any`, and what does not resolve, would fit everything. */
function isFitting(checker: ts.TypeChecker, type: ts.Type, wanted: ts.Type): boolean {
  const { Any } = compiler.TypeFlags;
  return type.flags & Any ? (wanted.flags & Any) !== 0 : checker.isTypeAssignableTo(type, wanted);
}

/** With null checks an optional element may be `undefined`, which a parameter with a default is not. */
function withoutUndefined(type: ts.Type): readonly ts.Type[] {
  if (!type.isUnion() || !hasUndefined(type)) return [type];
  return type.types.filter(({ flags }) => (flags & compiler.TypeFlags.Undefined) === 0);
}
