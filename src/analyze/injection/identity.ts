/** A type that has no identity of its own → why it cannot be a dependency. */
import type { ts } from "ts-morph";
import { diagnostic, type Diagnostic } from "../../diagnostics/diagnostic.js";
import { symbolAt } from "../checker/symbols.js";
import { compiler } from "../checker/compiler.js";
import type { Analysis } from "../checker/analysis.js";
import { explainUnresolved } from "../problems/unresolved.js";

export function explainNoKey(analysis: Analysis, type: ts.Type, place: ts.Node): Diagnostic {
  const { checker, sources } = analysis;
  const span = sources.spanOf(place);
  const text = checker.typeToString(type);
  const written = aliasAt(analysis, place);
  if (type.flags & compiler.TypeFlags.Any && text === "any") {
    const [unresolved] = explainUnresolved(analysis, [place], "type");
    if (unresolved?.code === "MG110" && written !== "any") return unresolved;
  }
  if (written !== undefined && written !== text) {
    const help = `brand it: type ${written} = ${shorten(text)} & { readonly __brand: "${written}" }`;
    return diagnostic("MG206", `\`${written}\` is an alias of \`${shorten(text)}\`: it has no identity of its own`, {
      span,
      help,
    });
  }
  const hint = checker.isTupleType(type)
    ? { help: "yield the value from an `async function*`, with the cleanup after the `yield`" }
    : {};
  return diagnostic("MG206", `\`${shorten(text)}\` has no identity of its own: it cannot be a dependency`, {
    span,
    ...hint,
  });
}

/** The alias that the type is written as. */
function aliasAt({ checker }: Analysis, place: ts.Node): string | undefined {
  if (!compiler.isTypeReferenceNode(place)) return undefined;
  const symbol = symbolAt(checker, place.typeName);
  return symbol?.declarations?.some(compiler.isTypeAliasDeclaration) ? lastName(place.typeName) : undefined;
}

/** Of `types.Url`, `Url`. */
function lastName(name: ts.EntityName): string {
  return compiler.isIdentifier(name) ? name.text : name.right.text;
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
