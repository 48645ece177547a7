/** TypeScript's own types that stand for a part of what they are given, and `typeof`: the part, as it is written. */
import type { ts } from "ts-morph";
import { aliasOf, bareNode, isLibrary } from "./alias-uses.js";
import { compiler } from "./compiler.js";
import { symbolAt } from "./symbols.js";

type Written = ts.TypeNode | undefined;

/** Undefined where it is written nowhere. */
export function writtenBehind(checker: ts.TypeChecker, node: ts.TypeNode): Written {
  if (compiler.isTypeQueryNode(node)) return annotationOf(symbolAt(checker, node.exprName)?.valueDeclaration);
  if (compiler.isIndexedAccessTypeNode(node)) return parameterBehind(checker, node);
  const [name, argument] = libraryType(checker, node);
  if (!argument) return undefined;
  switch (name) {
    case "NonNullable":
    case "Exclude":
    case "Extract":
      return memberOf(checker, argument, node) ?? argument;
    case "Awaited":
      return awaited(checker, argument);
    case "ReturnType":
      return signatureBehind(checker, argument)?.type;
    default:
      return undefined;
  }
}

/** The alias of TypeScript's own, and its first argument. */
function libraryType(checker: ts.TypeChecker, node: ts.TypeNode): readonly [string | undefined, Written] {
  if (!compiler.isTypeReferenceNode(node) || !node.typeArguments) return [undefined, undefined];
  const alias = aliasOf(checker, node);
  return alias && isLibrary(alias) ? [alias.name.text, node.typeArguments[0]] : [undefined, undefined];
}

function annotationOf(declaration: ts.Declaration | undefined): Written {
  const isTyped =
    declaration &&
    (compiler.isVariableDeclaration(declaration) ||
      compiler.isParameter(declaration) ||
      compiler.isPropertyDeclaration(declaration));
  return isTyped ? declaration.type : undefined;
}

/** The member of a written union that is all that remains. */
function memberOf(checker: ts.TypeChecker, argument: ts.TypeNode, whole: ts.TypeNode): Written {
  const node = bareNode(argument);
  if (!node) return undefined;
  if (!compiler.isUnionTypeNode(node)) {
    const alias = compiler.isTypeReferenceNode(node) && node.typeArguments ? undefined : aliasOf(checker, node);
    return alias && compiler.isUnionTypeNode(alias.type) ? memberOf(checker, alias.type, whole) : undefined;
  }
  const type = checker.getTypeFromTypeNode(whole);
  return node.types.find((member) => checker.getTypeFromTypeNode(member) === type);
}

function awaited(checker: ts.TypeChecker, argument: ts.TypeNode): Written {
  const node = bareNode(argument);
  const [name, inner] = node ? libraryType(checker, node) : [undefined, undefined];
  const promise = node && name === "ReturnType" && inner ? signatureBehind(checker, inner)?.type : node;
  const isPromise = promise && compiler.isTypeReferenceNode(promise) && promise.typeName.getText() === "Promise";
  return isPromise ? promise.typeArguments?.[0] : promise;
}

/** Of `Parameters<typeof f>[0]`. */
function parameterBehind(checker: ts.TypeChecker, { objectType, indexType }: ts.IndexedAccessTypeNode): Written {
  const [name, argument] = libraryType(checker, objectType);
  const isParameters = name === "Parameters" || name === "ConstructorParameters";
  if (!isParameters || !argument || !compiler.isLiteralTypeNode(indexType)) return undefined;
  const { literal } = indexType;
  const parameters = signatureBehind(checker, argument)?.parameters;
  const parameter = compiler.isNumericLiteral(literal) ? parameters?.[Number(literal.text)] : undefined;
  return parameter?.dotDotDotToken ? undefined : parameter?.type;
}

/** The only one, of a function or of a constructor. */
function signatureBehind(checker: ts.TypeChecker, node: ts.TypeNode): ts.SignatureDeclaration | undefined {
  const type = checker.getTypeFromTypeNode(node);
  const [signature, other] = [...type.getCallSignatures(), ...type.getConstructSignatures()];
  const declaration = other ? undefined : signature?.declaration;
  return declaration && !compiler.isJSDocSignature(declaration) ? declaration : undefined;
}
