/** Globs of `exclude` → one regular expression each: `*`, `**`, `?` and `{a,b}`; a folder's glob covers all that is in it. */
export function globToRegExp(glob: string): RegExp {
  const pattern = glob.replaceAll("\\", "/").replace(/^\.\//, "").replace(/\/+$/, "");
  return new RegExp(`^${expand(pattern)}(?:/.*)?$`);
}

/** `**` + `/` also matches no folder at all, so that `**` + `/x.ts` covers `x.ts`. */
const wildcards: Readonly<Record<string, string>> = { "**/": "(?:[^/]+/)*", "**": ".*", "*": "[^/]*", "?": "[^/]" };

function expand(pattern: string): string {
  return pattern
    .split(/(\*\*\/|\*\*|\*|\?|\{[^{}]*\})/)
    .map((part) => {
      if (part.startsWith("{") && part.endsWith("}"))
        return `(?:${part.slice(1, -1).split(",").map(expand).join("|")})`;
      return wildcards[part] ?? part.replace(/[.+^${}()|[\]\\]/g, "\\$&");
    })
    .join("");
}
