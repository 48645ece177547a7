/** docs/contracts: a page for each type that the server gives, from its declaration and a fixture that takes it. */
import ts from "typescript";
import { explainedTypes, injected } from "../../src/language/injected/injected.js";
import { contractDeclarations, type ContractDeclaration } from "./contracts.js";
import { sourceTaking } from "./injected.js";

export function writeContractPage(name: string): string {
  const [first, ...others] = reached(name);
  if (!first) throw new Error(`there is no contract ${name}`);
  const row = injected.find((each) => each.package === "mcpgen" && each.type === name);
  const parts = [
    `# ${name}`,
    docOf(first),
    ...["## Members", code(first.getText())],
    ...(others.length > 0 ? ["## Types of these", code(others.map((each) => withDocs(each)).join("\n\n"))] : []),
    ...["## Example", code(((row && sourceTaking(row)) ?? "").trim())],
  ];
  return `${parts.join("\n\n")}\n`;
}

/** The declaration itself, and those of the contracts' own that it names; what has a page of its own is left to that. */
function reached(name: string): readonly ContractDeclaration[] {
  const found = new Set<ContractDeclaration>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) add(node.text);
    ts.forEachChild(node, visit);
  };
  const add = (named: string): void => {
    const declaration = contractDeclarations.get(named);
    if (!declaration || found.has(declaration) || (named !== name && explainedTypes.includes(named))) return;
    found.add(declaration);
    ts.forEachChild(declaration, visit);
  };
  add(name);
  return [...found];
}

function withDocs(declaration: ContractDeclaration): string {
  const file = declaration.getSourceFile();
  return file.text.slice(declaration.getStart(file, true), declaration.end);
}

/** The comment above it, in one paragraph. */
function docOf(declaration: ContractDeclaration): string {
  return ts
    .getJSDocCommentsAndTags(declaration)
    .map((each) => ts.getTextOfJSDocComment(each.comment) ?? "")
    .join("\n")
    .replace(/\s+/g, " ");
}

function code(text: string): string {
  return ["```ts", text, "```"].join("\n");
}
