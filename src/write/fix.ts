/** Diagnostics that carry the edit which mends them → the user's files of settings with these edits; comments and layout stay. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { applyEdits, modify } from "jsonc-parser";
import type { Diagnostic, Fix } from "../diagnostics/diagnostic.js";

export interface Fixed {
  /** Relative to the root, each once. */
  readonly files: readonly string[];
  /** What is left to say. */
  readonly diagnostics: readonly Diagnostic[];
}

export function applyFixes(root: string, diagnostics: readonly Diagnostic[]): Fixed {
  const files = new Set<string>();
  const left = diagnostics.filter(({ fix }) => {
    if (!fix) return true;
    const path = join(root, fix.file);
    const text = readFileSync(path, "utf8");
    writeFileSync(path, mend(text, fix));
    files.add(fix.file);
    return false;
  });
  return { files: [...files], diagnostics: left };
}

function mend(text: string, fix: Fix): string {
  if ("line" in fix) return `${text}${text === "" || text.endsWith("\n") ? "" : "\n"}${fix.line}\n`;
  const formattingOptions = { insertSpaces: !/^\t/m.test(text), tabSize: /^( +)\S/m.exec(text)?.[1]?.length ?? 2 };
  return applyEdits(text, modify(text, [...fix.path], fix.value, { formattingOptions }));
}
