/** The last look at emitted text: what our own layout cannot be sure of goes through prettier, and only that. */
import type { OutputFile } from "../../model/files.js";
import { printWidth } from "../code/layout.js";
import { hasUnknownWidth, widerLines } from "../code/width.js";

/** `unseen`: what of the text no earlier build has settled. */
export async function settle(file: OutputFile, unseen = file.text): Promise<OutputFile> {
  const parser = parserOf(file.path);
  if (parser === undefined || isSettled(unseen, parser)) return file;
  // Few files come here: most builds never load prettier.
  const prettier = await import("prettier");
  return { ...file, text: await prettier.format(file.text, { parser, printWidth }) };
}

type Parser = "typescript" | "json";

function parserOf(path: string): Parser | undefined {
  return path.endsWith(".ts") ? "typescript" : path.endsWith(".json") ? "json" : undefined;
}

/** Our layout is prettier's wherever widths are known and lines fit; a long string alone on its line cannot be helped. */
function isSettled(text: string, parser: Parser): boolean {
  // JSON has no characters of control, and is as long as all files of code together.
  const isAscii = parser === "json" && Buffer.byteLength(text) === text.length;
  return (isAscii || !hasUnknownWidth(text)) && widerLines(text, printWidth).every((line) => unbreakable.test(line));
}

/** A comment, a string on a line of its own or behind a short key, an import of one thing. */
const unbreakable =
  /^\s*(?:\/\/.*|\/\*\*.*\*\/|\* .*|(?:\w{1,4}: |"[^"]*": )?(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'),?|import (?:\w+|\{ [\w$]+(?: as [\w$]+)? \}) from (?:"[^"]*"|'[^']*');)$/;
