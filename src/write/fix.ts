/** Diagnostics that carry the edit which mends them → the user's JSON files with these edits; comments and layout stay. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { applyEdits, modify } from "jsonc-parser";
import type { Diagnostic } from "../diagnostics/diagnostic.js";

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
    const formattingOptions = { insertSpaces: !/^\t/m.test(text), tabSize: /^( +)\S/m.exec(text)?.[1]?.length ?? 2 };
    writeFileSync(path, applyEdits(text, modify(text, [...fix.path], fix.value, { formattingOptions })));
    files.add(fix.file);
    return false;
  });
  return { files: [...files], diagnostics: left };
}
