/** A Markdown text → its fenced blocks and the rows of its tables. */
export interface Block {
  readonly language: string;
  /** With its final newline. */
  readonly text: string;
}

export function readBlocks(markdown: string): readonly Block[] {
  return [...markdown.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(([, language = "", text = ""]) => ({
    language,
    text,
  }));
}

/** The rows below a header that starts so, cell by cell; `\|` is no border. */
export function tableRows(markdown: string, header: string): readonly (readonly string[])[] {
  const lines = markdown.slice(markdown.indexOf(header)).split("\n");
  const end = lines.findIndex((line) => !line.startsWith("|"));
  return lines.slice(2, end).map((line) =>
    line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}
