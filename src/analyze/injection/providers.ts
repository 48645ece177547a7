/** A function tagged `@provider` → what it makes, out of what, and how; or the reasons why it cannot be one. */
import type { ts } from "ts-morph";
import { diagnostic, type Diagnostic } from "../../diagnostics/diagnostic.js";
import type { ExportedFunction } from "../../discover/index.js";
import type { DependencyModel, ProviderModel, TypeKey } from "../../model/api.js";
import { asyncMethodsOf } from "./async-methods.js";
import type { Comment } from "../comments/comment.js";
import type { Needed } from "./assignable.js";
import { compiler } from "../checker/compiler.js";
import { findConfig } from "../config/config.js";
import type { Analysis } from "../checker/analysis.js";
import { draftClaims, type ClaimsDraft } from "./claims.js";
import { explainNoKey } from "./identity.js";
import { typeKey } from "../checker/keys.js";
import { readProviderTags } from "./provider-tags.js";
import { hasNull, hasUndefined } from "../checker/presence.js";
import { checkYields } from "./yields.js";

export interface ReadProvider {
  /** Absent where not even what it makes is known. */
  readonly provider?: ProviderModel;
  /** What it makes, and what it needs, as the compiler knows them. */
  readonly made?: ts.Type;
  readonly needed?: readonly Needed[];
  /** By the parameters that name them. */
  readonly claims?: ReadonlyMap<string, ClaimsDraft>;
  readonly diagnostics: readonly Diagnostic[];
}

export function readProvider(analysis: Analysis, exported: ExportedFunction, comment: Comment): ReadProvider {
  const { checker, sources } = analysis;
  const { declaration, implementation, symbol, name, reference } = exported;
  const place = compiler.isExportAssignment(declaration) ? undefined : declaration.name;
  if (place === undefined) return { diagnostics: [unnamed(analysis, declaration)] };
  const span = sources.spanOf(place);
  const signatures = checker.getTypeOfSymbol(symbol).getCallSignatures();
  const signature = signatures.at(0);
  if (signature === undefined) return { diagnostics: [] };
  const annotation = implementation?.type ?? signature.declaration?.type;
  const typePlace = annotation && compiler.isTypeNode(annotation) ? annotation : place;
  const [generic] = signature.typeParameters ?? [];
  if (generic) {
    const message = `provider \`${name}\` has the type parameter \`${generic.symbol.name}\``;
    return { diagnostics: [diagnostic("MG221", message, { span })] };
  }

  const product = readProduct(analysis, checker.getReturnTypeOfSignature(signature));
  const tags = readProviderTags(analysis, declaration, comment);
  const shape = refuseShape(analysis, exported, signatures);
  const written = shape ? [] : signature.parameters.map((parameter) => readDependency(analysis, parameter, place));
  const diagnostics = [
    ...(shape ? [shape] : []),
    ...tags.diagnostics,
    ...written.flatMap((each) => each.diagnostics),
    ...(product.form === "generator" ? checkYields(analysis, name, { implementation, place }) : []),
  ];
  if (product.key === undefined) {
    return { diagnostics: [...diagnostics, explainNoKey(analysis, product.type, typePlace)] };
  }
  const { form, nullable, key } = product;
  const parameters = written.map((each) => each.dependency);
  const refused = diagnostics.length > 0 && { refused: true as const };
  const { scope, all, guards } = tags;
  const asyncMethods = guards ? asyncMethodsOf(analysis, product.type) : [];
  const made = { produces: key, form, nullable, asyncMethods };
  const provider = { name, reference, span, parameters, ...made, scope, tags: all, ...refused };
  const needed = written.flatMap((each) => each.needed);
  return { provider, made: product.type, needed, claims: claimsOf(written), diagnostics };
}

interface Product {
  readonly type: ts.Type;
  readonly key: TypeKey | undefined;
  readonly form: ProviderModel["form"];
  readonly nullable: ProviderModel["nullable"];
}

function readProduct(analysis: Analysis, declared: ts.Type): Product {
  const { checker } = analysis;
  const yielded = yieldedBy(analysis, declared);
  const made = yielded ?? checker.getAwaitedType(declared) ?? declared;
  const form = yielded ? "generator" : made === declared ? "value" : "promise";
  const present = checker.getNonNullableType(made);
  const nullable = present === made ? false : hasNull(made) ? "null" : "undefined";
  // What a provider makes is not read from the environment: that both claim it is for the plan to say.
  const key = findConfig(analysis, present)?.key ?? typeKey(analysis, present);
  return { type: made, key, form, nullable };
}

/** Of `AsyncGenerator<T>` and its kin, and of generators that are not asynchronous, `T`. */
function yieldedBy(analysis: Analysis, type: ts.Type): ts.Type | undefined {
  const key = typeKey(analysis, type);
  if (key?.module !== "typescript" || !generators.has(key.name)) return undefined;
  return analysis.checker.getTypeArguments(type as ts.TypeReference)[0];
}

const generators = new Set([
  "AsyncGenerator",
  "AsyncIterableIterator",
  "AsyncIterable",
  "Generator",
  "IterableIterator",
]);

/** Why a function cannot be called by generated code, whatever its types are. */
function refuseShape(
  { sources }: Analysis,
  { name, implementation, declaration }: ExportedFunction,
  signatures: readonly ts.Signature[],
): Diagnostic | undefined {
  const place = compiler.isExportAssignment(declaration) ? declaration : declaration.name;
  if (signatures.length > 1) {
    const message = `provider \`${name}\` has ${signatures.length} signatures`;
    return diagnostic("MG222", message, { span: sources.spanOf(place ?? declaration) });
  }
  for (const parameter of implementation?.parameters ?? []) {
    const span = sources.spanOf(parameter);
    if (parameter.dotDotDotToken) return diagnostic("MG222", `provider \`${name}\` has a rest parameter`, { span });
    if (compiler.isIdentifier(parameter.name) && parameter.name.text === "this")
      return diagnostic("MG222", `provider \`${name}\` has a \`this\` parameter`, { span });
  }
  return undefined;
}

export interface ReadDependency {
  readonly dependency: DependencyModel;
  readonly needed: readonly Needed[];
  readonly claims?: ClaimsDraft;
  readonly diagnostics: readonly Diagnostic[];
}

export function claimsOf(written: readonly ReadDependency[]): ReadonlyMap<string, ClaimsDraft> {
  return new Map(written.flatMap(({ dependency, claims }) => (claims ? [[dependency.name, claims] as const] : [])));
}

export function readDependency(analysis: Analysis, symbol: ts.Symbol, fallback: ts.Node): ReadDependency {
  const { checker, sources } = analysis;
  const declared = symbol.valueDeclaration;
  const parameter = declared && compiler.isParameter(declared) ? declared : undefined;
  const place = parameter ?? fallback;
  const type = checker.getTypeOfSymbol(symbol);
  const key = findConfig(analysis, type)?.key ?? typeKey(analysis, checker.getNonNullableType(type));
  const name = parameter && !compiler.isIdentifier(parameter.name) ? "input" : symbol.name;
  const optional = parameter !== undefined && checker.isOptionalParameter(parameter);
  const dependency = {
    name,
    span: sources.spanOf(place),
    optional: optional || hasUndefined(type),
    ...(hasNull(type) && { nullable: true as const }),
    ...(key && { key }),
  };
  const claims = draftClaims(analysis, { name, key, type, annotation: parameter?.type, place });
  if (key) return { dependency, needed: [{ key, type }], ...(claims && { claims }), diagnostics: [] };
  return { dependency, needed: [], diagnostics: [explainNoKey(analysis, type, parameter?.type ?? place)] };
}

function unnamed({ sources }: Analysis, declaration: ts.Node): Diagnostic {
  const start = declaration.getStart();
  const span = sources.spanOfRange(declaration.getSourceFile(), [start, start + "export default".length]);
  return diagnostic("MG222", "the default export is a provider without a name", { span });
}
