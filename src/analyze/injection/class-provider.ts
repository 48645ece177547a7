/** An exported class → the provider that makes its instances, by its constructor; or the reasons why it cannot be one. */
import type { ts } from "ts-morph";
import { diagnostic, type Diagnostic } from "../../diagnostics/diagnostic.js";
import type { ExportedClass } from "../../discover/index.js";
import type { Analysis } from "../checker/analysis.js";
import { compiler } from "../checker/compiler.js";
import { typeKey } from "../checker/keys.js";
import { commentOf } from "../comments/docs.js";
import { asyncMethodsOf } from "./async-methods.js";
import { readProviderTags } from "./provider-tags.js";
import { claimsOf, readDependency, type ReadProvider } from "./providers.js";

export function readClass(analysis: Analysis, exported: ExportedClass): ReadProvider {
  const { checker, sources } = analysis;
  const { declaration, symbol, name, reference } = exported;
  const refusal = refuseClass(analysis, exported);
  const type = checker.getDeclaredTypeOfSymbol(symbol);
  const key = typeKey(analysis, type);
  const place = placeOf(declaration);
  if (!key || declaration.typeParameters) return { diagnostics: refusal ? [refusal] : [] };
  const tags = readProviderTags(analysis, declaration, commentOf(declaration));
  const [signature] = constructorsOf(analysis, exported);
  const written = refusal ? [] : (signature?.parameters ?? []).map((each) => readDependency(analysis, each, place));
  const diagnostics = [
    ...(refusal ? [refusal] : []),
    ...tags.diagnostics,
    ...written.flatMap((each) => each.diagnostics),
  ];
  const provider = {
    ...{ name, reference, span: sources.spanOf(place), isClass: true as const },
    ...{ produces: key, form: "value" as const, nullable: false as const },
    parameters: written.map(({ dependency }) => dependency),
    scope: tags.scope,
    tags: tags.all,
    asyncMethods: tags.guards ? asyncMethodsOf(analysis, type) : [],
    ...(diagnostics.length > 0 && { refused: true as const }),
  };
  const needed = written.flatMap((each) => each.needed);
  return { provider, made: type, needed, claims: claimsOf(written), diagnostics };
}

/** Generated code can make it: whatever its parameters are. */
export function canBeMade(analysis: Analysis, exported: ExportedClass): boolean {
  return refuseClass(analysis, exported) === undefined;
}

function refuseClass(analysis: Analysis, exported: ExportedClass): Diagnostic | undefined {
  const { declaration, name } = exported;
  const { sources } = analysis;
  const refuse = (message: string, node: ts.Node, help?: string): Diagnostic =>
    diagnostic("MG226", `class ${name === "" ? "without a name" : `\`${name}\``} ${message}`, {
      span: sources.spanOf(node),
      help,
    });
  const place = placeOf(declaration);
  if (name === "") return refuse("cannot be named as a dependency", place, "name the class");
  const [generic] = declaration.typeParameters ?? [];
  if (generic)
    return diagnostic("MG221", `provider \`${name}\` has the type parameter \`${generic.name.text}\``, {
      span: sources.spanOf(generic),
      help: "tag a class that extends it with concrete types",
    });
  if (has(declaration, compiler.ModifierFlags.Abstract)) return refuse("is abstract", place);
  const constructors = constructorsOf(analysis, exported);
  const [first] = constructors;
  const written: ts.SignatureDeclaration | undefined = first?.getDeclaration();
  if (constructors.length > 1) return refuse(`has ${String(constructors.length)} constructors`, place);
  if (!written) return undefined;
  const own = written.getSourceFile() === declaration.getSourceFile();
  if (has(written, compiler.ModifierFlags.Private))
    return refuse("has a private constructor", own ? firstWord(written) : place);
  if (has(written, compiler.ModifierFlags.Protected))
    return refuse("has a protected constructor", own ? firstWord(written) : place);
  const rest = written.parameters.find(({ dotDotDotToken }) => dotDotDotToken);
  return rest && refuse("has a constructor with a rest parameter", own ? rest : place);
}

function constructorsOf({ checker }: Analysis, { symbol }: ExportedClass): readonly ts.Signature[] {
  return checker.getTypeOfSymbol(symbol).getConstructSignatures();
}

/** `private` of a constructor, which is long. */
function firstWord(declaration: ts.SignatureDeclaration): ts.Node {
  return (declaration as ts.ConstructorDeclaration).modifiers?.[0] ?? declaration;
}

/** Of a class without a name, its `default`. */
export function placeOf(declaration: ts.ClassDeclaration): ts.Node {
  const { name, modifiers } = declaration;
  return name ?? modifiers?.find(({ kind }) => kind === compiler.SyntaxKind.DefaultKeyword) ?? declaration;
}

function has(node: ts.Declaration, flag: ts.ModifierFlags): boolean {
  return (compiler.getCombinedModifierFlags(node) & flag) !== 0;
}
