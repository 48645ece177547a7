/**
 * The user's .env.example + what the server reads from its environment → .env.example with those variables added
 * that it does not name. Nothing else is touched.
 */

/** A variable with the comment above it, as `render` writes it: what stands between empty lines. */
interface Block {
  readonly name: string;
  readonly text: string;
}

/** Names of all variables that an .env.example of ours describes. */
export function variablesIn(text: string): readonly string[] {
  return blocksOf(text).map(({ name }) => name);
}

/** `known` were added once before: missing now means removed by the user. */
export function addVariables(current: string, wanted: string, known: readonly string[]): string {
  const present = new Set([...known, ...namedIn(current)]);
  const missing = blocksOf(wanted).filter(({ name }) => !present.has(name));
  if (missing.length === 0) return current;
  const eol = current.includes("\r\n") ? "\r\n" : "\n";
  const before = current.trimEnd() === "" ? [] : [current.trimEnd()];
  const added = missing.map(({ text }) => text.replaceAll("\n", eol));
  return [...before, ...added].join(eol + eol) + eol;
}

function blocksOf(text: string): readonly Block[] {
  return text
    .trim()
    .split(/\n{2,}/)
    .flatMap((block) => namedIn(block.split("\n").slice(-1).join("")).map((name) => ({ name, text: block })));
}

/** Also those that are commented out: the user has seen them. */
function namedIn(text: string): readonly string[] {
  return [...text.matchAll(/^[ \t]*(?:#[ \t]*)?(?:export[ \t]+)?([A-Za-z_]\w*)=/gm)].map(([, name = ""]) => name);
}
