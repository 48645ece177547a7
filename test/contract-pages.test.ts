/** Each type that the server gives has a page, from its declaration and a fixture. `npm run pages` writes them anew. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readContractPage } from "../src/cli/explain/contract-page.js";
import { explainedTypes } from "../src/language/injected/injected.js";
import { writeContractPage } from "./support/contract-pages.js";
import { repository } from "./support/fixtures/cases.js";

const folder = join(repository, "docs/contracts");

test.each(explainedTypes)("%s has a page with its members and an example", (name) => {
  const path = join(folder, `${name}.md`);
  const written = writeContractPage(name);
  if (process.env["UPDATE_DOCS"]) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path, written);
  } else expect(existsSync(path) ? readFileSync(path, "utf8") : "").toBe(written);
  expect(written).toContain('from "mcpgen"');
});

test("none is of a type that there is not", () => {
  expect(readdirSync(folder).toSorted()).toEqual(explainedTypes.map((name) => `${name}.md`).toSorted());
});

test("the command line shows a page without its fences", () => {
  const page = readContractPage("Lock", 80);
  expect(page).toMatch(/^Lock\n\n/);
  expect(page).toContain("  export interface Lock {");
  expect(page).not.toContain("```");
});
