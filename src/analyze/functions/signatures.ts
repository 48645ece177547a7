/** An exported function → the signature that is served, or why there is none whatever its types are. */
import type { ts } from "ts-morph";
import { diagnostic, type Diagnostic } from "../../diagnostics/diagnostic.js";
import type { ExportedFunction } from "../../discover/index.js";
import type { Span } from "../../model/span.js";
import type { Analysis } from "../checker/analysis.js";
import { compiler } from "../checker/compiler.js";
import { commentOf } from "../comments/docs.js";
import { onlyServable } from "./overloads.js";
import { isThis } from "./positions.js";
import { isRoleTag } from "./roles.js";
import { settleTypeParameters, type Settled } from "./type-arguments.js";

export type Choice =
  | {
      readonly kind: "served";
      readonly signature: ts.Signature;
      /** Where its parameters and its result are written; absent for a function that is made by a call. */
      readonly declared: ts.SignatureDeclaration | undefined;
      /** It was chosen of several, though no tag says so. */
      readonly isAlone?: true;
      readonly warning?: Diagnostic;
    }
  /** Without a reason where that is told elsewhere. */
  | { readonly kind: "refused"; readonly diagnostics: readonly Diagnostic[] };

export function chooseSignature(analysis: Analysis, exported: ExportedFunction, place: ts.Node): Choice {
  const { sources, checker } = analysis;
  const { implementation, name, symbol } = exported;
  if (name === "") return refuse(nameless(analysis, exported));
  const signatures = checker.getTypeOfSymbol(symbol).getCallSignatures();
  const isOverloaded = signatures.length > 1;
  const [tagged, second] = isOverloaded ? signatures.filter(isTagged) : signatures;
  const free = isOverloaded && !tagged && !exported.owner ? signatures.filter(isFree(analysis)) : [];
  const only = free.length > 0 ? onlyServable(analysis, free, place) : undefined;
  const chosen = tagged ?? only;
  const span = sources.spanOf(place);
  if (isOverloaded && (exported.owner || !chosen || second)) {
    const count = `${String(signatures.length)} signatures`;
    const help = helpOf(analysis, exported) ?? (second && "leave the tag to one of them");
    return refuse(diagnostic("MG304", `\`${name}\` has ${count}${second ? ", several tagged" : ""}`, { span, help }));
  }
  if (chosen === undefined) return { kind: "refused", diagnostics: [] };

  const self = implementation?.parameters.find((parameter) => isThis(parameter) && needsThis(analysis, parameter));
  if (self) return refuse(diagnostic("MG303", `\`${name}\` has a \`this\` parameter`, { span: sources.spanOf(self) }));
  // What a library makes to be called by code, as a client of HTTP, is no tool that the user wrote.
  const parameter = exported.isObject ? chosen.typeParameters?.[0] : undefined;
  const settled: Settled = parameter ? { kind: "open", parameter } : settleTypeParameters(analysis, chosen);
  if (settled.kind === "open") return refuse(tellOpen(analysis, { parameter: settled.parameter, name, span }));
  const declared = isOverloaded ? chosen.getDeclaration() : implementation;
  const warning = only && tellChosen(analysis, { exported, only, count: signatures.length });
  const alone = only && { isAlone: true as const, ...(warning && { warning }) };
  return { kind: "served", signature: settled.signature, declared, ...alone };
}

interface Untagged {
  readonly exported: ExportedFunction;
  readonly only: ts.Signature;
  readonly count: number;
}

/** Of a package's nothing is told: nobody could tag it. */
function tellChosen(analysis: Analysis, { exported, only, count }: Untagged): Diagnostic | undefined {
  const { sources, checker } = analysis;
  const { name } = exported;
  const { declaration } = only;
  if (!declaration || sources.originOf(declaration.getSourceFile()).kind !== "project") return undefined;
  const text = checker.signatureToString(only);
  const shown = text.length > 50 ? `${text.slice(0, 49)}…` : text;
  const message = `of ${String(count)} signatures of \`${name}\`, \`${shown}\` alone can be served`;
  return diagnostic("MG315", message, { span: sources.spanOf(declaration) });
}

interface Open {
  readonly parameter: ts.TypeParameter;
  readonly name: string;
  /** Where to point when the parameter has no declaration. */
  readonly span: Span;
}

function tellOpen({ sources }: Analysis, { parameter: { symbol }, name, span }: Open): Diagnostic {
  const message = `\`${name}\` has the type parameter \`${symbol.name}\`, which only a call can say`;
  const [written] = symbol.declarations ?? [];
  return diagnostic("MG302", message, { span: written ? sources.spanOf(written) : span });
}

/** Where the signatures are not to be tagged. */
function helpOf({ sources }: Analysis, { owner, declaration }: ExportedFunction): string | undefined {
  if (owner) return "give it one signature";
  const isOwn = sources.originOf(declaration.getSourceFile()).kind === "project";
  return isOwn ? undefined : "export a function of your own with one signature, which calls it";
}

function refuse(reason: Diagnostic): Choice {
  return { kind: "refused", diagnostics: [reason] };
}

function nameless({ sources }: Analysis, { declaration }: ExportedFunction): Diagnostic {
  const start = declaration.getStart();
  const span = sources.spanOfRange(declaration.getSourceFile(), [start, start + "export default".length]);
  return diagnostic("MG305", "the default export has no name, and its file's name is not an identifier", { span });
}

/** Of several signatures, the one whose comment says what it is. */
function isTagged({ declaration }: ts.Signature): boolean {
  return declaration !== undefined && commentOf(declaration).tags.some(({ name }) => isRoleTag(name));
}

/** It is called on nothing. */
function isFree(analysis: Analysis): (signature: ts.Signature) => boolean {
  return ({ declaration }) =>
    declaration !== undefined &&
    !compiler.isJSDocSignature(declaration) &&
    !declaration.parameters.some((parameter) => isThis(parameter) && needsThis(analysis, parameter));
}

/** `this: void` says that there is none, and `this: unknown` that any will do. */
function needsThis({ checker }: Analysis, parameter: ts.ParameterDeclaration): boolean {
  const { Unknown, VoidLike } = compiler.TypeFlags;
  return (checker.getTypeAtLocation(parameter).flags & (Unknown | VoidLike)) === 0;
}
