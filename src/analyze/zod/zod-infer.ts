/**
 * `z.infer<typeof signup>` → the type that the schema takes, constrained as its source says, and the schema itself where
 * generated code can import it. A schema that makes something else of what it takes (a default, a transformation) can only
 * stand for a whole parameter: elsewhere the type is what it makes, and what is certain of that.
 */
import type { ts } from "ts-morph";
import type { SchemaReference, TypeNode } from "../../model/types.js";
import { symbolAt } from "../checker/symbols.js";
import { isBuiltIn } from "../checker/built-in-types.js";
import { compiler } from "../checker/compiler.js";
import { peek, type Analysis, type Scope } from "../checker/analysis.js";
import { hasNull } from "../checker/presence.js";
import { constrainBySchema } from "./zod-source.js";

interface SchemaType {
  /** What a client sends, and what the function gets. */
  readonly takes: ts.Type;
  readonly makes: ts.Type;
  /** Absent where it is not exported. */
  readonly reference: SchemaReference | undefined;
  /** The expression that makes the schema. */
  readonly source: ts.Expression | undefined;
}

/** Where the type is not one that a zod schema infers: undefined. */
export function describeInferred(scope: Scope, type: ts.Type): TypeNode | undefined {
  const schema = schemaBehind(scope, type);
  if (!schema) return undefined;
  return isSame(scope.analysis, schema) ? describe(scope, schema) : describeMade(scope, type, schema);
}

/** What the schema makes is what the client sends, since nobody runs it: what it asks of values that it changes does not count. */
function describeMade(scope: Scope, type: ts.Type, { source }: SchemaType): TypeNode | undefined {
  const { analysis } = scope;
  if (!source) return undefined;
  const described = analysis.describe({ ...scope, annotation: undefined }, type);
  const node = peek(analysis, described);
  return node.kind === "unknown" ? described : constrainBySchema({ analysis, source, side: "makes" }, node);
}

/** Of a whole parameter: what its schema takes is what the client sends. */
export function describeInferredParameter(scope: Scope, type: ts.Type): TypeNode | undefined {
  const schema = schemaBehind(scope, type);
  return schema?.reference ? describe(scope, schema) : undefined;
}

function describe(scope: Scope, { takes, reference, source }: SchemaType): TypeNode {
  const { analysis } = scope;
  const inside: Scope = { ...scope, annotation: undefined };
  const described = analysis.describe(inside, takes);
  const node = peek(analysis, described);
  // A type that is being described just now, and so contains itself, or one that cannot be.
  if (node.kind === "unknown") return described;
  const constrained = source ? constrainBySchema({ analysis, source, side: "takes" }, node) : node;
  return reference ? { ...constrained, schema: reference } : constrained;
}

function isSame({ checker }: Analysis, { takes, makes }: Pick<SchemaType, "takes" | "makes">): boolean {
  return takes === makes || (checker.isTypeAssignableTo(takes, makes) && checker.isTypeAssignableTo(makes, takes));
}

/** What is written at a member may have been mapped to another type. */
function fits(analysis: Analysis, type: ts.Type, makes: ts.Type): boolean {
  const [given, made] = [type, makes].map((each) => analysis.checker.getNonNullableType(each));
  return (
    given !== undefined &&
    made !== undefined &&
    hasNull(type) === hasNull(makes) &&
    isSame(analysis, { takes: given, makes: made })
  );
}

function schemaBehind({ analysis, annotation }: Scope, type: ts.Type): SchemaType | undefined {
  if (!annotation || !usesZod(analysis)) return undefined;
  const found = queryIn(analysis, annotation);
  const symbol = found && symbolAt(analysis.checker, found.query.exprName);
  const schema = symbol && (found.isCalled ? readReturned(analysis, symbol) : readSchema(analysis, symbol));
  return schema && fits(analysis, type, schema.makes) ? schema : undefined;
}

const users = new WeakMap<ts.Program, boolean>();

function usesZod({ sources: { program } }: Analysis): boolean {
  let uses = users.get(program);
  if (uses === undefined) {
    uses = program.getSourceFiles().some(({ fileName }) => fileName.includes("/zod/"));
    users.set(program, uses);
  }
  return uses;
}

/** Aliases may refer to aliases; a longer chain is none that a reader would follow. */
const longestChain = 16;

interface Query {
  readonly query: ts.TypeQueryNode;
  /** It is a function that makes the schema: `z.infer<ReturnType<typeof make>>`. */
  readonly isCalled: boolean;
}

/** The `typeof signup` of `z.infer<typeof signup>`, also behind aliases. */
function queryIn(analysis: Analysis, annotation: ts.TypeNode, depth = 0): Query | undefined {
  if (compiler.isParenthesizedTypeNode(annotation)) return queryIn(analysis, annotation.type, depth);
  if (compiler.isUnionTypeNode(annotation)) {
    const [only, other] = annotation.types.filter((part) => !isAbsence(part));
    return only && !other ? queryIn(analysis, only, depth) : undefined;
  }
  if (!compiler.isTypeReferenceNode(annotation) || depth > longestChain) return undefined;
  const symbol = symbolAt(analysis.checker, annotation.typeName);
  const [argument, other] = annotation.typeArguments ?? [];
  if (argument) return !other && isInfer(analysis, symbol) ? schemaIn(analysis, argument) : undefined;
  const alias = symbol?.declarations?.find(compiler.isTypeAliasDeclaration);
  return alias && !alias.typeParameters ? queryIn(analysis, alias.type, depth + 1) : undefined;
}

/** `typeof signup`, or `ReturnType<typeof make>`. */
function schemaIn(analysis: Analysis, argument: ts.TypeNode, depth = 0): Query | undefined {
  if (compiler.isTypeQueryNode(argument)) return { query: argument, isCalled: false };
  if (!compiler.isTypeReferenceNode(argument) || depth > longestChain) return undefined;
  const symbol = symbolAt(analysis.checker, argument.typeName);
  const [made] = argument.typeArguments ?? [];
  if (made)
    return symbol?.name === "ReturnType" && isBuiltIn(analysis, symbol) && compiler.isTypeQueryNode(made)
      ? { query: made, isCalled: true }
      : undefined;
  const alias = symbol?.declarations?.find(compiler.isTypeAliasDeclaration);
  return alias && !alias.typeParameters ? schemaIn(analysis, alias.type, depth + 1) : undefined;
}

/** `null` or `undefined`. */
function isAbsence(part: ts.TypeNode): boolean {
  if (part.kind === compiler.SyntaxKind.UndefinedKeyword) return true;
  return compiler.isLiteralTypeNode(part) && part.literal.kind === compiler.SyntaxKind.NullKeyword;
}

function isInfer({ sources }: Analysis, symbol: ts.Symbol | undefined): boolean {
  const file = symbol?.declarations?.[0]?.getSourceFile();
  if (!symbol || !file || !["infer", "output", "TypeOf"].includes(symbol.name)) return false;
  const origin = sources.originOf(file);
  return origin.kind === "package" && origin.name === "zod";
}

function readSchema(analysis: Analysis, symbol: ts.Symbol): SchemaType | undefined {
  const types = typesOf(analysis, analysis.checker.getTypeOfSymbol(symbol));
  const declaration = symbol.valueDeclaration;
  const isAssigned =
    declaration && (compiler.isVariableDeclaration(declaration) || compiler.isPropertyAssignment(declaration));
  const source = isAssigned ? declaration.initializer : undefined;
  return types && { ...types, reference: referenceTo(analysis, symbol), source };
}

/** What the function makes cannot be imported; a function of one expression says what it is. */
function readReturned(analysis: Analysis, symbol: ts.Symbol): SchemaType | undefined {
  const [signature, overload] = analysis.checker.getTypeOfSymbol(symbol).getCallSignatures();
  if (!signature || overload) return undefined;
  const types = typesOf(analysis, analysis.checker.getReturnTypeOfSignature(signature));
  return types && { ...types, reference: undefined, source: returnedExpression(signature.getDeclaration()) };
}

function returnedExpression(declaration: ts.Node): ts.Expression | undefined {
  if (compiler.isArrowFunction(declaration) && !compiler.isBlock(declaration.body)) return declaration.body;
  const isWritten =
    compiler.isFunctionDeclaration(declaration) ||
    compiler.isArrowFunction(declaration) ||
    compiler.isFunctionExpression(declaration) ||
    compiler.isMethodDeclaration(declaration);
  const [only, other] =
    isWritten && declaration.body && compiler.isBlock(declaration.body) ? declaration.body.statements : [];
  return only && !other && compiler.isReturnStatement(only) ? only.expression : undefined;
}

/** By structure, as the several versions of zod have it: `_zod.input`, `_input`. */
function typesOf({ checker }: Analysis, type: ts.Type): Pick<SchemaType, "takes" | "makes"> | undefined {
  const inner = type.getProperty("_zod");
  const facts = inner ? checker.getTypeOfSymbol(inner) : type;
  const prefix = inner ? "" : "_";
  const takes = facts.getProperty(`${prefix}input`);
  const makes = facts.getProperty(`${prefix}output`);
  if (!takes || !makes) return undefined;
  const [given, made] = [checker.getTypeOfSymbol(takes), checker.getTypeOfSymbol(makes)];
  return {
    // `z.ZodType<Category>`, as recursive schemas are declared, says nothing of what it takes.
    takes: given.flags & (compiler.TypeFlags.Unknown | compiler.TypeFlags.Any) ? made : given,
    makes: made,
  };
}

function referenceTo({ checker, sources }: Analysis, symbol: ts.Symbol): SchemaReference | undefined {
  const file = symbol.valueDeclaration?.getSourceFile();
  const origin = file && sources.originOf(file);
  if (!file || origin?.kind !== "project" || file.isDeclarationFile) return undefined;
  const module = checker.getSymbolAtLocation(file);
  const exported = module && checker.getExportsOfModule(module).find((each) => isThat(checker, each, symbol));
  return exported && { module: origin.path, export: exported.name };
}

function isThat(checker: ts.TypeChecker, exported: ts.Symbol, symbol: ts.Symbol): boolean {
  const target = exported.flags & compiler.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
  return target === symbol || target.valueDeclaration === symbol.valueDeclaration;
}
