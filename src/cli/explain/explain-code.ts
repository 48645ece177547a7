/** The page of a diagnostic; without a code, the list of them. */
import { catalog, type DiagnosticCode } from "../../diagnostics/catalog.js";
import type { Reporter } from "../output/reporter.js";
import { readPage } from "./diagnostic-page.js";

export function explainCode(code: string | undefined, reporter: Reporter): number {
  const root = process.cwd();
  if (code === undefined) {
    reporter.answer({ diagnostics: [], root, text: listCodes(), json: { codes: catalog } });
    return 0;
  }
  const known = toCode(code);
  if (!known) {
    const reason = `there is no code ${code}; \`mcpgen explain\` lists all of them`;
    reporter.answer({
      diagnostics: [],
      root,
      text: "",
      complaint: `error: ${reason}`,
      json: { status: "failed", reason },
    });
    return 2;
  }
  const { explanation, text } = readPage(known, reporter.columns);
  reporter.answer({ diagnostics: [], root, text, json: { code: known, ...catalog[known], explanation } });
  return 0;
}

/** `mg201` and `201` are as clear. */
function toCode(text: string): DiagnosticCode | undefined {
  const code = text.toUpperCase().replace(/^(?:MG)?/, "MG");
  return isCode(code) ? code : undefined;
}

function isCode(code: string): code is DiagnosticCode {
  return Object.hasOwn(catalog, code);
}

function listCodes(): string {
  return Object.entries(catalog)
    .map(([code, { severity, title }]) => `${code}  ${severity.padEnd(7)}  ${title}`)
    .join("\n");
}
