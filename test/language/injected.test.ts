// The rows of the types that the server gives, against what they speak of: the contract's declaration and its methods,
// the runtime's files, the fixture, the page, the README.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { contractMembers, effectOf, injected, type Injected } from "../../src/language/injected/injected.js";
import type { ProviderModel } from "../../src/model/api.js";
import { nameEntry } from "../../src/plan/injection/entry-names.js";
import { contractDeclarations, membersOf } from "../support/contracts.js";
import { repository } from "../support/fixtures/cases.js";
import { sourceTaking } from "../support/injected.js";

const ours = injected.filter((row) => row.package === "mcpgen");
const readme = readFileSync(join(repository, "README.md"), "utf8");

const nameOf = ({ package: from, type }: Injected): string => `${type} of ${from}`;

/** What the runtime has of it, by files and exports. */
function madeBy(row: Injected): readonly { readonly module: string; readonly export: string }[] {
  if (row.kind === "builtIn") return [row, ...(row.mock ? [row.mock] : [])];
  return row.scope === "server" ? [row.source] : [];
}

describe.each(injected.map((row) => [nameOf(row), row] as const))("%s", (_, row) => {
  test("is taken by its fixture", () => {
    expect(sourceTaking(row)).toBeDefined();
  });

  test("is in the README's table", () => {
    expect(new RegExp(`^\\|.*\`${row.type}\\b`, "m").test(readme)).toBe(true);
  });

  test.each(madeBy(row).map((each) => [`${each.module}#${each.export}`, each] as const))(
    "has %s in the runtime",
    (_, { module, export: name }) => {
      const text = readFileSync(join(repository, "templates/runtime", module), "utf8");
      expect(text).toMatch(new RegExp(`^export (?:async )?(?:function\\*?|const) ${name}\\b`, "m"));
    },
  );
});

describe.each(ours.map((row) => [row.type, row] as const))("%s", (type, row) => {
  test("is declared, and has a page", () => {
    expect(contractDeclarations.get(type)).toBeDefined();
    expect(existsSync(join(repository, "docs/contracts", `${type}.md`))).toBe(true);
  });

  test("says what methods do that there are", () => {
    for (const method of Object.keys(row.effects)) {
      const [owner = "", name = ""] = method.split(".");
      expect(membersOf(owner), method).toEqual(expect.arrayContaining(name === "*" ? [] : [name]));
      expect(effectOf(owner, name), method).toBeDefined();
    }
  });
});

test("no two rows say what one method does, and only those of mcpgen's types do", () => {
  const methods = injected.flatMap(({ effects }) => Object.keys(effects));
  expect(methods).toEqual([...new Set(methods)]);
  expect(injected.filter((row) => row.package !== "mcpgen").flatMap(({ effects }) => Object.keys(effects))).toEqual([]);
});

test("no two rows are of one type, or are called the same in the container", () => {
  const names = injected.map(nameOf);
  expect(names).toEqual([...new Set(names)]);
  const entries = injected.flatMap((row) => (row.kind === "builtIn" ? [row.entry] : []));
  expect([...entries, ...contractMembers]).toEqual([...new Set([...entries, ...contractMembers])]);
});

test.each(contractMembers)("what a provider makes is not called `%s`, which the server hands over", (member) => {
  const provider = { name: `provide${member.charAt(0).toUpperCase()}${member.slice(1)}` } as ProviderModel;
  expect(nameEntry(provider, new Set())).toBe(`${member}Dependency`);
});
