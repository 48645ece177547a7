/** docs/contracts/NAME.md → what the command line prints of a type that the server gives: its members and an example. */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { explainedTypes } from "../../language/injected/injected.js";
import type { Reporter } from "../output/reporter.js";
import { wrap } from "../output/wrap.js";
import { folderAbove } from "./diagnostic-page.js";

export function hasContractPage(name: string): boolean {
  return explainedTypes.includes(name);
}

export function explainContract(name: string, reporter: Reporter): number {
  const text = readContractPage(name, reporter.columns);
  reporter.answer({ diagnostics: [], root: process.cwd(), text, json: { contract: name, page: pageOf(name) } });
  return 0;
}

/** Headings as lines, code indented, paragraphs in the terminal's width. */
export function readContractPage(name: string, columns: number | undefined): string {
  let isCode = false;
  const lines = pageOf(name)
    .trimEnd()
    .split("\n")
    .flatMap((line): readonly string[] => {
      if (line.startsWith("```")) {
        isCode = !isCode;
        return [];
      }
      if (isCode) return [line === "" ? "" : `  ${line}`];
      const heading = /^#+ (.*)$/.exec(line)?.[1];
      if (heading !== undefined) return [heading === name ? name : `${heading}:`];
      return line === "" ? [""] : wrap(line, columns);
    });
  return lines.join("\n");
}

function pageOf(name: string): string {
  const folder = folderAbove(dirname(fileURLToPath(import.meta.url)), "docs/contracts");
  return readFileSync(join(folder, `${name}.md`), "utf8");
}
