/**
 * Each code has a page, with the catalog's words and an example that a fixture holds. `npm run pages` writes front matter
 * and examples anew, and a page for a code that has none: its prose is then to be written.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { catalog, type DiagnosticCode } from "../src/diagnostics/catalog.js";
import { fixtureOf, pagesFolder, proseOf, recordedDiagnostics, writePage } from "./support/diagnostic-pages.js";

const codes = Object.keys(catalog) as DiagnosticCode[];
const recorded = recordedDiagnostics();

describe("pages", () => {
  test.each(codes)("%s has the catalog's words and a fixture's example", (code) => {
    const path = join(pagesFolder, `${code}.md`);
    const page = existsSync(path) ? readFileSync(path, "utf8") : "";
    const found = recorded.get(code) ?? [];
    // The fixture that the page names stays its example as long as it reports the code.
    const example = found.find(({ folder }) => folder === fixtureOf(page)) ?? found[0];
    const written = writePage(code, proseOf(page), example);
    if (process.env["UPDATE_DOCS"]) writeFileSync(path, written);
    else expect(page).toBe(written);
  });

  test("none is of a code that there is not", () => {
    expect(readdirSync(pagesFolder).toSorted()).toEqual(codes.map((code) => `${code}.md`).toSorted());
  });

  test("each says why", () => {
    const proses = codes.map((code) => [code, proseOf(readFileSync(join(pagesFolder, `${code}.md`), "utf8"))] as const);
    const poor = proses.filter(([, prose]) => !/[.:)`]$/.test(prose) || prose.length < 40 || /please/i.test(prose));
    expect(poor.map(([code]) => code)).toEqual([]);
  });
});
