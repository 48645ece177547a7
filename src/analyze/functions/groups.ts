/** What is tagged `@tools` → why its methods are none, or what they are called on. Their signatures are read as those of functions. */
import type { ts } from "ts-morph";
import { diagnostic, type Diagnostic } from "../../diagnostics/diagnostic.js";
import type { ExportedClass, ExportedGroup } from "../../discover/index.js";
import { tagRow } from "../../language/tags.js";
import type { DependencyModel } from "../../model/api.js";
import type { Analysis } from "../checker/analysis.js";
import { compiler } from "../checker/compiler.js";
import { typeKey } from "../checker/keys.js";
import { commentOf } from "../comments/docs.js";

export interface ReadGroups {
  /** Their methods cannot be served. */
  readonly refused: ReadonlySet<ExportedGroup>;
  /** The classes whose methods are served. */
  readonly owners: readonly ExportedClass[];
  readonly diagnostics: readonly Diagnostic[];
}

export function readGroups(analysis: Analysis): ReadGroups {
  const { groups, functions } = analysis.sources;
  const owners = new Set(functions.map(({ owner }) => owner));
  const found = groups.map((group) => ({ group, problem: refuse(analysis, group, owners) }));
  return {
    refused: new Set(found.filter(({ problem }) => problem).map(({ group }) => group)),
    owners: found.flatMap(({ group, problem }) => (group.kind === "class" && !problem ? [group] : [])),
    diagnostics: [
      ...found.flatMap(({ problem }) => problem ?? []),
      ...groups.flatMap((group) => checkObject(analysis, group)),
      ...findMisplaced(analysis),
    ],
  };
}

/** What a method of a class is called on; one of an object is called on what is imported. */
export function instanceOf(analysis: Analysis, group: ExportedGroup): DependencyModel | undefined {
  if (group.kind === "object") return undefined;
  const key = typeKey(analysis, analysis.checker.getDeclaredTypeOfSymbol(group.symbol));
  const span = analysis.sources.spanOf(group.declaration.name ?? group.declaration);
  return { name: group.name, span, optional: false, ...(key && { key }) };
}

function refuse(
  { sources }: Analysis,
  group: ExportedGroup,
  owners: ReadonlySet<ExportedGroup | undefined>,
): Diagnostic | undefined {
  const { declaration, kind, name } = group;
  const [generic] = kind === "class" ? (declaration.typeParameters ?? []) : [];
  if (generic)
    return diagnostic("MG302", `\`${name}\` has the type parameter \`${generic.name.text}\``, {
      span: sources.spanOf(generic),
      help: `tag a class that extends it with concrete types, as \`class Orders extends ${name}<Order>\``,
    });
  if (owners.has(group)) return undefined;
  const message =
    kind === "class" ? `\`${name}\` has no public method` : `\`${name}\` has no member that is a function`;
  return diagnostic("MG308", message, { span: sources.spanOf(nameNode(declaration)), help: "remove `@tools`" });
}

/** What a tag of functions says of an object would be lost; of a class, its provider says it. */
function checkObject(analysis: Analysis, { kind, declaration, name }: ExportedGroup): readonly Diagnostic[] {
  if (kind === "class") return [];
  return commentOf(declaration).tags.flatMap((tag) => {
    const row = tagRow(tag.name);
    if (!row || row.on.includes("class") || row.on.includes("member")) return [];
    const span = analysis.sources.spanOfRange(declaration.getSourceFile(), tag.range);
    const help = "move it to the functions that it is about";
    return [diagnostic("MG402", `\`@${tag.name}\` does not apply to the object \`${name}\``, { span, help })];
  });
}

/** On a function that is exported it is told with its other tags. */
function findMisplaced({ sources }: Analysis): readonly Diagnostic[] {
  const known = new Set<ts.Node>([...sources.groups, ...sources.functions].map(({ declaration }) => declaration));
  return sources.modules.flatMap((file) => {
    if (!file.text.includes("@tools")) return [];
    return file.statements.flatMap((statement) => {
      const [declaration = statement] = compiler.isVariableStatement(statement)
        ? statement.declarationList.declarations
        : [];
      const { tags } = commentOf(declaration);
      const tag = tags.find(({ name }) => name === "tools");
      const isOff = tags.some(({ name }) => name === "internal" || name === "ignore");
      if (!tag || isOff || known.has(declaration)) return [];
      const node = nameNode(declaration);
      const isUnexported = compiler.isClassDeclaration(declaration) || compiler.isVariableDeclaration(declaration);
      const what =
        isUnexported && !isExported(statement) ? "is not exported" : "is neither a class nor an object of functions";
      const text = node === declaration ? "what `@tools` stands on" : `\`${node.getText()}\``;
      const span = node === declaration ? sources.spanOfRange(file, tag.range) : sources.spanOf(node);
      return [
        diagnostic("MG308", `${text} ${what}`, { span, ...(what === "is not exported" && { help: "export it" }) }),
      ];
    });
  });
}

function isExported(statement: ts.Statement): boolean {
  const modifiers = compiler.canHaveModifiers(statement) ? compiler.getModifiers(statement) : undefined;
  return modifiers?.some(({ kind }) => kind === compiler.SyntaxKind.ExportKeyword) ?? false;
}

function nameNode(node: ts.Node): ts.Node {
  return (node as ts.Node & { readonly name?: ts.Node }).name ?? node;
}
