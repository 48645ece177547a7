/** A paragraph → lines of at most 88 characters, as far as its words allow. */

/** Indented lines are examples and stay as they are. */
export function wrap(paragraph: string): readonly string[] {
  if (paragraph.startsWith("  ")) return [paragraph];
  const lines: string[] = [];
  let line = "";
  for (const word of paragraph.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > 88) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
