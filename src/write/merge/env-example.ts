/**
 * The user's .env.example + what the server reads from its environment → .env.example with those variables added
 * that it does not name, and, where a base is known, with what changed of the others.
 */
import { mergeText } from "./text.js";
import type { Conflict, Merged, Versions } from "./merged.js";

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

/** By lines, and where these meet lines of the user's own, by variables: new ones go to the end. `known` as above. */
export function mergeVariables(versions: Versions, known: readonly string[]): Merged {
  const merged = mergeText(versions);
  if (merged.conflicts.length === 0) return { ...merged, text: addVariables(merged.text, versions.planned, known) };
  const [base, own] = [textsOf(versions.base), textsOf(versions.user)];
  let text = versions.user;
  const conflicts: Conflict[] = [];
  for (const { name, text: planned } of blocksOf(versions.planned)) {
    const [before, user] = [base.get(name), own.get(name)];
    if (before === undefined || user === undefined || before === planned || user === planned) continue;
    if (user === before) text = text.replace(before, () => planned);
    else conflicts.push({ place: name, user, planned });
  }
  return { text: addVariables(text, versions.planned, known), conflicts };
}

function textsOf(text: string): ReadonlyMap<string, string> {
  return new Map(blocksOf(text.replaceAll("\r\n", "\n")).map((block) => [block.name, block.text]));
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
