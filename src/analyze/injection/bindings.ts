/** `bind<Users, PgUsers>()` → which type stands for which, or why the one cannot stand for the other. */
import type { ts } from "ts-morph";
import { diagnostic, type Diagnostic } from "../../diagnostics/diagnostic.js";
import type { BindingModel } from "../../model/api.js";
import { keyId } from "../../model/keys.js";
import { compiler } from "../checker/compiler.js";
import type { Analysis } from "../checker/analysis.js";
import { explainNoKey } from "./identity.js";
import { typeKey } from "../checker/keys.js";

export type ReadBinding =
  | { readonly kind: "binding"; readonly binding: BindingModel }
  | { readonly kind: "refused"; readonly diagnostic: Diagnostic };

export function readBinding(analysis: Analysis, node: ts.CallExpression): ReadBinding {
  const { checker, sources } = analysis;
  const span = sources.spanOf(node);
  const refuse = (message: string, help?: string): ReadBinding => ({
    kind: "refused",
    diagnostic: diagnostic("MG207", message, { span, help }),
  });
  const [wanted, given] = node.typeArguments ?? [];
  if (!wanted || !given)
    return refuse("`bind` does not say which type stands for which", "write bind<Interface, Implementation>()");
  const [asked, made] = [checker.getTypeFromTypeNode(wanted), checker.getTypeFromTypeNode(given)];
  const [askedKey, madeKey] = [typeKey(analysis, asked), typeKey(analysis, made)];
  if (!askedKey) return { kind: "refused", diagnostic: explainNoKey(analysis, asked, wanted) };
  if (!madeKey) return { kind: "refused", diagnostic: explainNoKey(analysis, made, given) };
  const [askedText, madeText] = [wanted.getText(), given.getText()];
  if (keyId(askedKey) === keyId(madeKey)) return refuse(`\`${askedText}\` is bound to itself`, "remove the binding");
  if (!checker.isTypeAssignableTo(made, asked))
    return refuse(`\`${madeText}\` does not implement \`${askedText}\`: ${difference(checker, made, asked)}`);
  return { kind: "binding", binding: { span, interface: askedKey, concrete: madeKey } };
}

/** The first member that is not as it has to be. */
function difference(checker: ts.TypeChecker, made: ts.Type, asked: ts.Type): string {
  for (const member of asked.getProperties()) {
    const own = made.getProperty(member.name);
    if (!own && !(member.flags & compiler.SymbolFlags.Optional)) return `\`${member.name}\` is missing`;
    if (own && !checker.isTypeAssignableTo(checker.getTypeOfSymbol(own), checker.getTypeOfSymbol(member)))
      return `\`${member.name}\` has another type`;
  }
  return "one is not assignable to the other";
}
