/** `@pattern` → a regular expression as JSON Schema has them: no flags but `u`. */
import type { Grammar } from "./constraint-row.js";
import { ignoreCase } from "./ignore-case.js";

export const regularExpression: Grammar<string> = {
  expects: "a regular expression",
  isVerbatim: true,
  read: toPattern,
  refuses(text) {
    const flags = unservedFlags(text);
    return flags && `has the flag \`${flags}\`, which JSON Schema patterns do not support`;
  },
};

/** `/…/` with flags, as JavaScript writes it. */
const literal = /^\/([^]+)\/([a-z]*)$/;

/** What `u`, which holds anyway, and `i` say can be written out; `g` and `d` change nothing for a test. */
function unservedFlags(text: string): string | undefined {
  const [, source = "", flags = ""] = literal.exec(text) ?? [];
  if (new Set(flags).size < flags.length || !/^[dgimsuvy]*$/.test(flags)) return undefined;
  const isUnwritten = flags.includes("i") && ignoreCase(source) === undefined;
  const unserved = flags.replace(isUnwritten ? /[dgu]/g : /[dgiu]/g, "");
  return unserved === "" ? undefined : unserved;
}

/** Between slashes or without. */
function toPattern(text: string): string | undefined {
  const [, source = text, flags = ""] = literal.exec(text) ?? [];
  try {
    new RegExp(source, flags.includes("u") ? flags : `${flags}u`);
  } catch {
    return undefined;
  }
  if (source === "") return undefined;
  return flags.includes("i") ? ignoreCase(source) : source;
}
