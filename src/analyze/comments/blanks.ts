/** Trimming of spaces, tabs and line feeds only: Unicode separators belong to the text. Loops, because a regular expression takes quadratic time on long runs. */
export function trimBlanks(text: string): string {
  let start = 0;
  while (isBlank(text[start])) start++;
  return trimBlanksEnd(text.slice(start));
}

export function trimBlanksEnd(text: string): string {
  let end = text.length;
  while (isBlank(text[end - 1])) end--;
  return text.slice(0, end);
}

function isBlank(character: string | undefined): boolean {
  return character === " " || character === "\t" || character === "\n";
}
