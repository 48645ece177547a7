/** How many columns a text takes, as far as it can be told without Unicode's tables. */

/** Characters that certainly take one column. */
const narrow = String.raw`\u0020-\u007e\u00a0-\u00a8\u00aa-\u00ac\u00af-\u02ff\u0370-\u0482\u048a-\u0530\u2010-\u2027\u2030-\u203b\u20a0-\u20b0\u2190-\u2193\u2260-\u2265`;
/** Characters that certainly take two: Japanese, Chinese, Korean. */
const wide = String.raw`\u3001-\u3029\u3041-\u3096\u30a0-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff60`;

const wideCharacter = new RegExp(`[${wide}]`, "g");
const unknownCharacter = new RegExp(`[^\n${narrow}${wide}]`);
const beyondAscii = /[^\n\u0020-\u007e]/;

export function textWidth(text: string): number {
  if (!beyondAscii.test(text)) return text.length;
  return text.length + (text.match(wideCharacter)?.length ?? 0);
}

/** Whether `textWidth` may be wrong for this text. */
export function hasUnknownWidth(text: string): boolean {
  return beyondAscii.test(text) && unknownCharacter.test(text);
}

/** Those that take more columns than these. */
export function widerLines(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  for (let start = 0; start < text.length;) {
    const found = text.indexOf("\n", start);
    const end = found === -1 ? text.length : found;
    // No character takes more than two.
    const line = end - start > columns / 2 ? text.slice(start, end) : "";
    if (textWidth(line) > columns) lines.push(line);
    start = end + 1;
  }
  return lines;
}
