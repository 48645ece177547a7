/** docs/diagnostics/CODE.md → what the command line prints of it: the reason, the way out, the example. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { catalog, type DiagnosticCode } from "../../diagnostics/catalog.js";
import { wrap } from "../output/wrap.js";

interface Page {
  /** Why there is such a diagnostic: the page's prose, a line for each paragraph. */
  readonly explanation: string;
  readonly text: string;
}

export function readPage(code: DiagnosticCode, columns: number | undefined): Page {
  const { severity, title, help } = catalog[code];
  const page = readFileSync(
    join(folderAbove(dirname(fileURLToPath(import.meta.url)), "docs/diagnostics"), `${code}.md`),
    "utf8",
  );
  const [body = "", example = ""] = page.split("\n## Example\n\n");
  const prose = body.slice(body.indexOf("\n# ")).replace(/^\n# .*\n/, "");
  const explanation = prose.trim().replace(/\n\n/g, "\n");
  const remedy = help ? ["", "What to do:", ...wrap(help, columns).map((line) => `  ${line}`)] : [];
  const shown = example === "" ? [] : ["", "Example:", ...exampleLines(example)];
  const reason = explanation.split("\n").flatMap((paragraph) => wrap(paragraph, columns));
  const lines = [`${severity} ${code}: ${title}`, "", ...reason, ...remedy, ...shown];
  return { explanation, text: lines.join("\n") };
}

/** The blocks without their fences. */
function exampleLines(example: string): readonly string[] {
  const lines = example.trimEnd().split("\n");
  return lines.filter((line) => !line.startsWith("```")).map((line) => (line === "" ? "" : `  ${line}`));
}

/** In the sources as in the built package. */
export function folderAbove(start: string, path: string): string {
  const found = join(start, path);
  if (existsSync(found)) return found;
  const parent = dirname(start);
  if (parent === start) throw new Error(`${path} is missing from the mcpgen package`);
  return folderAbove(parent, path);
}
