/** An exported function → its model but for its types, or the reasons why it is not served. */
import type { ts } from "ts-morph";
import { diagnostic, isError, type Diagnostic } from "../../diagnostics/diagnostic.js";
import type { ExportedFunction } from "../../discover/index.js";
import { tagRow } from "../../language/tags.js";
import type { FunctionModel, Role } from "../../model/api.js";
import type { Origin, Origins } from "../../model/origins.js";
import { leaveOutObject } from "./callable-objects.js";
import type { Comment } from "../comments/comment.js";
import { compiler } from "../checker/compiler.js";
import { commentOf, toDocTag } from "../comments/docs.js";
import type { Analysis } from "../checker/analysis.js";
import { withInlineTags } from "../comments/inline-tags.js";
import { flattenLinks } from "../comments/links.js";
import { commentOrigin } from "../comments/origins.js";
import { instanceOf } from "./groups.js";
import { isParamTag } from "../comments/param-tags.js";
import { readParameters, type ParameterDraft } from "./parameters.js";
import { writtenParameters } from "./positions.js";
import { readProvider, type ReadProvider } from "../injection/providers.js";
import type { ReadSets } from "../injection/sets.js";
import { readResult, type ResultDraft } from "./results.js";
import { isRoleTag, roleOf } from "./roles.js";
import { chooseSignature } from "./signatures.js";

export interface FunctionDraft {
  readonly exported: ExportedFunction;
  readonly model: Omit<FunctionModel, "parameters" | "result" | "effects">;
  /** Absent for a function that is made by a call, such as `memoize(f)`. */
  readonly implementation: ts.Node | undefined;
  readonly parameters: readonly ParameterDraft[];
  readonly result: ResultDraft;
}

export interface DraftedFunction {
  /** Absent for what is not served. */
  readonly draft?: FunctionDraft;
  /** In place of a draft: the function makes a dependency. */
  readonly made?: ReadProvider;
  readonly diagnostics: readonly Diagnostic[];
}

const excluded: DraftedFunction = { diagnostics: [] };

/** `listed` are the functions that a set of providers names. */
export function readFunction(
  analysis: Analysis,
  exported: ExportedFunction,
  listed: ReadSets["listed"],
): DraftedFunction {
  const { sources } = analysis;
  const comment = commentOfFunction(exported);
  const has = (tag: string): boolean => comment.tags.some(({ name }) => name === tag);
  const { owner } = exported;
  if (!owner && (listed.has(exported.symbol) || (has("provider") && !has("internal") && !has("ignore")))) {
    const made = readProvider(analysis, exported, comment);
    return { made, diagnostics: made.diagnostics };
  }
  if (has("internal") || has("ignore")) return excluded;
  if (exported.unchosen) return excluded;
  const [tag, second] = comment.tags.filter(({ name }) => isRoleTag(name));
  if (sources.expose === "tagged" && tag === undefined && !owner) return excluded;
  if (tag && second) {
    const span = sources.spanOfRange(exported.declaration.getSourceFile(), second.range);
    return { diagnostics: [diagnostic("MG403", `\`@${second.name}\` contradicts \`@${tag.name}\``, { span })] };
  }
  const read = readSignature(analysis, exported, { comment, role: roleOf(tag?.name) });
  return { ...read, diagnostics: leaveOutObject(sources, exported, read.diagnostics) };
}

/** Of an overloaded function, the comment of the signature that is served, which says so, or of its first one. */
function commentOfFunction({ declaration, symbol, member }: ExportedFunction): Comment {
  const declarations = compiler.isFunctionDeclaration(declaration)
    ? (symbol.declarations ?? [])
    : [declaration, ...(member?.getSourceFile() === declaration.getSourceFile() ? [member] : [])];
  const comments = declarations.map(commentOf);
  const found =
    comments.find(({ tags }) => tags.some(({ name }) => isRoleTag(name))) ??
    comments.find(({ text, tags }) => text !== "" || tags.length > 0) ??
    commentOf(declaration);
  return withInlineTags(declaration.getSourceFile().text, found);
}

/** That of a signature which is served without a tag, where it has one. */
function ownComment(declared: ts.SignatureDeclaration): Comment | undefined {
  const comment = commentOf(declared);
  // `@see` alone leaves the description to the first one.
  const isSaid = comment.text !== "" || comment.tags.some(({ name }) => tagRow(name) !== undefined);
  return isSaid ? withInlineTags(declared.getSourceFile().text, comment) : undefined;
}

interface Told {
  readonly comment: Comment;
  readonly role: Role;
}

function readSignature(analysis: Analysis, exported: ExportedFunction, told: Told): DraftedFunction {
  const { sources } = analysis;
  const { declaration, implementation } = exported;
  const place = nameNode(declaration);
  const choice = chooseSignature(analysis, exported, place);
  if (choice.kind === "refused") return choice;

  const { signature, declared, isAlone, warning } = choice;
  const comment = (isAlone && declared && ownComment(declared)) ?? told.comment;
  const written = writtenParameters(declared);
  const read = readParameters(analysis, { signature, written, comment, place });
  const { parameters } = read;
  const diagnostics = [...(warning ? [warning] : []), ...read.diagnostics];
  if (diagnostics.some(isError)) return { diagnostics };
  const annotation = declared?.type ?? returnAnnotation(signature);
  const instance = exported.owner && instanceOf(analysis, exported.owner);
  const result = readResult(analysis, { signature, annotation, implementation: declared, place });
  const tags = comment.tags.filter((tag) => !isParamTag(tag));
  return {
    draft: {
      exported,
      model: {
        role: told.role,
        name: exported.name,
        reference: exported.reference,
        span: sources.spanOf(place),
        docs: { text: flattenLinks(comment.text), tags: tags.map((tag) => toDocTag(analysis, declaration, tag)) },
        isAsync: result.isAsync,
        ...(instance && { instance }),
        ...(result.streams && { streams: true as const }),
        ...(result.origin && { origins: functionOrigins(analysis, exported, { comment, type: result.origin }) }),
      },
      implementation,
      parameters,
      result,
    },
    diagnostics,
  };
}

/** The comment may stand at another declaration of the same file: an overload. */
function functionOrigins(
  { sources }: Analysis,
  { declaration }: ExportedFunction,
  { comment, type }: { readonly comment: Comment; readonly type: Origin },
): Origins {
  const description = commentOrigin(sources.spanOfRange(declaration.getSourceFile(), comment.range));
  return { ...(comment.text !== "" && { description }), type };
}

/** Of a default export without a name, its `default`. */
function nameNode(declaration: ExportedFunction["declaration"]): ts.Node {
  if (!compiler.isExportAssignment(declaration) && declaration.name) return declaration.name;
  const isDefault = ({ kind }: ts.Node): boolean => kind === compiler.SyntaxKind.DefaultKeyword;
  const words = compiler.isFunctionDeclaration(declaration) ? declaration.modifiers : declaration.getChildren();
  return words?.find(isDefault) ?? declaration;
}

function returnAnnotation(signature: ts.Signature): ts.TypeNode | undefined {
  const declaration = signature.getDeclaration() as ts.SignatureDeclaration | undefined;
  return declaration?.type;
}
