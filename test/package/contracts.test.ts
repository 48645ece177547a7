/** What `import { … } from "mcpgen"` offers in a generated project is what the package offers, name by name. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";
import { repository } from "../support/fixtures/cases.js";

const door = join(repository, "templates/runtime/contracts/index.ts");
const ambient = readFileSync(join(repository, "templates/contracts/mcpgen.d.ts"), "utf8");

test("every contract is declared in generated projects", () => {
  const program = ts.createProgram([door], { module: ts.ModuleKind.NodeNext, target: ts.ScriptTarget.ES2023 });
  const file = program.getSourceFile(door);
  const symbol = file && program.getTypeChecker().getSymbolAtLocation(file);
  const offered = symbol
    ? program
        .getTypeChecker()
        .getExportsOfModule(symbol)
        .map(({ name }) => name)
    : [];
  expect(offered.length).toBeGreaterThan(40);
  const declared = [...ambient.matchAll(/export (?:type|const) (\w+)/g)].map(([, name = ""]) => name);
  // What `bind` and `providers` return has no name of its own there: nobody writes it.
  expect(offered.filter((name) => !declared.includes(name)).sort()).toEqual(["Binding", "ProviderSet"]);
  expect(declared.filter((name) => !offered.includes(name))).toEqual([]);
});
