/** templates/runtime/contracts → its declarations by their names, and the members of an interface. */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { repository } from "./fixtures/cases.js";

export type ContractDeclaration = ts.InterfaceDeclaration | ts.TypeAliasDeclaration;

const folder = join(repository, "templates/runtime/contracts");

export const contractDeclarations: ReadonlyMap<string, ContractDeclaration> = new Map(
  readdirSync(folder).flatMap((name) => {
    const file = ts.createSourceFile(name, readFileSync(join(folder, name), "utf8"), ts.ScriptTarget.Latest, true);
    return file.statements.flatMap((statement): [string, ContractDeclaration][] =>
      ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)
        ? [[statement.name.text, statement]]
        : [],
    );
  }),
);

/** Its own and those of what it extends. */
export function membersOf(name: string): readonly string[] {
  const declaration = contractDeclarations.get(name);
  if (!declaration || !ts.isInterfaceDeclaration(declaration)) return [];
  const own = declaration.members.flatMap(({ name: member }) => (member ? [member.getText()] : []));
  const parents = declaration.heritageClauses?.flatMap(({ types }) => types.map((each) => each.expression.getText()));
  return [...own, ...(parents ?? []).flatMap(membersOf)];
}
