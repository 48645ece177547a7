/**
 * A pattern with the flag `i` → one without, which JSON Schema can say: each letter becomes a class of its cases.
 * Undefined where a part cannot be written out, such as a reference to a group.
 */
export function ignoreCase(source: string): string | undefined {
  const parts = Array.from(source.matchAll(tokens), ([token]) => token);
  let isInClass = false;
  let written = "";
  for (const [index, token] of parts.entries()) {
    const isOpening = token === "[" || token === "[^";
    // A range that is not one of letters or digits may lie across both.
    const isRange = isInClass && token === "-" && !/^\[/.test(parts[index - 1] ?? "") && parts[index + 1] !== "]";
    const isAsIs = isOpening || !isCased(token);
    const cases = isRange ? undefined : isAsIs ? token : casesOf(token);
    if (cases === undefined) return undefined;
    written += isAsIs || isInClass ? cases : `[${cases}]`;
    isInClass = isOpening || (isInClass && token !== "]");
  }
  return written;
}

/** Escapes with all that belongs to them, beginnings of groups, counts, ranges of classes, and single characters. */
const tokens =
  /\\u\{[0-9a-fA-F]+\}|\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}|\\c[A-Za-z]|\\[pP]\{[^}]*\}|\\k<[^>]*>|\\[1-9]\d*|\\[^]|\(\?<[^=!][^>]*>|\(\?(?:<?[=!]|:)|\{\d+(?:,\d*)?\}|\[\^|[A-Za-z]-[A-Za-z]|\d-\d|[^]/gu;

/** Escapes of digits, blanks and punctuation, of the ends of words, and what has no letters mean the same to both cases. */
function isCased(token: string): boolean {
  if (token.startsWith("\\")) return !/^\\(?:[bBdDsSfnrtv0]|[^A-Za-z0-9])$/.test(token);
  if (token.startsWith("(?") || token.startsWith("{")) return false;
  return token.toLowerCase() !== token.toUpperCase();
}

/** With the flag `u`, `ſ` is an `s` and the Kelvin sign a `k`. */
const folded: Readonly<Record<string, string>> = { s: "ſ", k: "\u212a" };

function casesOf(token: string): string | undefined {
  if (token === "\\w") return `\\w${Object.values(folded).join("")}`;
  return letterCases(token) ?? rangeCases(token);
}

/** Of other alphabets, several letters may be one without their case. */
function letterCases(token: string): string | undefined {
  if (!/^[A-Za-zÀ-ÄÆ-ÖØ-Þà-äæ-öø-þ]$/u.test(token)) return undefined;
  return token.toLowerCase() + token.toUpperCase() + (folded[token.toLowerCase()] ?? "");
}

function rangeCases(token: string): string | undefined {
  const [, first = "", last = ""] = /^([a-z])-([a-z])$/.exec(token) ?? /^([A-Z])-([A-Z])$/.exec(token) ?? [];
  if (first === "") return undefined;
  const others = Object.entries(folded).filter(
    ([letter]) => first.toLowerCase() <= letter && letter <= last.toLowerCase(),
  );
  return token.toLowerCase() + token.toUpperCase() + others.map(([, other]) => other).join("");
}
