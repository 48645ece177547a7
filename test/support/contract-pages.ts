/** docs/contracts: a page for each type that the server gives, from its declaration and a fixture that takes it. */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import type { ContractPageName } from "../../src/cli/explain/contract-page.js";
import { fixtures, repository } from "./fixtures/cases.js";

/** A source of a fixture that takes it: what stands there compiles and answers its calls. */
const examples: Readonly<Record<ContractPageName, string>> = {
  Cache: "pattern-p11-get-or-compute",
  Caller: "inject-caller",
  Context: "inject-context",
  Database: "inject-database",
  Elicit: "tools-elicit-type",
  HttpClient: "inject-http-client",
  Lock: "inject-lock",
  Logger: "inject-logger",
  Metrics: "inject-metrics",
  Progress: "inject-progress",
  RequestInfo: "inject-request-info",
  Sample: "tools-sample",
};

const folder = join(repository, "templates/runtime/contracts");

type Declaration = ts.InterfaceDeclaration | ts.TypeAliasDeclaration;

const declarations: ReadonlyMap<string, Declaration> = new Map(
  readdirSync(folder).flatMap((name) => {
    const file = ts.createSourceFile(name, readFileSync(join(folder, name), "utf8"), ts.ScriptTarget.Latest, true);
    return file.statements.flatMap((statement): [string, Declaration][] =>
      ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)
        ? [[statement.name.text, statement]]
        : [],
    );
  }),
);

export function writeContractPage(name: ContractPageName): string {
  const [first, ...others] = reached(name);
  if (!first) throw new Error(`there is no contract ${name}`);
  const sources = join(fixtures, examples[name], "src");
  const [file = ""] = readdirSync(sources).filter((each) =>
    new RegExp(`\\b${name}\\b[^;]*from "mcpgen"`).test(readFileSync(join(sources, each), "utf8")),
  );
  const parts = [
    `# ${name}`,
    docOf(first),
    ...["## Members", code(first.getText())],
    ...(others.length > 0 ? ["## Types of these", code(others.map((each) => withDocs(each)).join("\n\n"))] : []),
    ...["## Example", code(readFileSync(join(sources, file), "utf8").trim())],
  ];
  return `${parts.join("\n\n")}\n`;
}

/** The declaration itself, and those of the contracts' own that it names; what has a page of its own is left to that. */
function reached(name: string): readonly Declaration[] {
  const found = new Set<Declaration>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) add(node.text);
    ts.forEachChild(node, visit);
  };
  const add = (named: string): void => {
    const declaration = declarations.get(named);
    if (!declaration || found.has(declaration) || (named !== name && Object.hasOwn(examples, named))) return;
    found.add(declaration);
    ts.forEachChild(declaration, visit);
  };
  add(name);
  return [...found];
}

function withDocs(declaration: Declaration): string {
  const file = declaration.getSourceFile();
  return file.text.slice(declaration.getStart(file, true), declaration.end);
}

/** The comment above it, in one paragraph. */
function docOf(declaration: Declaration): string {
  return ts
    .getJSDocCommentsAndTags(declaration)
    .map((each) => ts.getTextOfJSDocComment(each.comment) ?? "")
    .join("\n")
    .replace(/\s+/g, " ");
}

function code(text: string): string {
  return ["```ts", text, "```"].join("\n");
}
