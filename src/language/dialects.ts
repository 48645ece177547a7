/** What other tools write, where the meaning is plain → our tags, and the values that these take. */

interface WrittenTag {
  readonly name: string;
  readonly text: string;
}

/** typescript-json-schema and ts-json-schema-generator; tsoa, whose tags may end in a message. */
const wholeNumbers: Readonly<Record<string, RegExp>> = {
  "TJS-type": /^integer$/,
  type: /^integer$/,
  asType: /^integer$/,
  integer: /^$/,
  isInt: /^/,
  isLong: /^/,
};

/** Of ts-to-zod: `@elementMinimum 1`. */
const elementTags = /^element(Minimum|Maximum|MinLength|MaxLength|Pattern|Format)$/;

export function readDialect(written: WrittenTag): WrittenTag {
  const element = elementTag(written);
  if (!element) return readOwn(written);
  const { name, text } = readDialect(element);
  return { name: `items.${name}`, text };
}

/** Of `@items.minimum 1` and `@items {"minimum": 1}`, what is said of each element. */
function elementTag({ name, text }: WrittenTag): WrittenTag | undefined {
  const [, spelt = ""] = elementTags.exec(name) ?? [];
  if (spelt !== "") return { name: spelt.charAt(0).toLowerCase() + spelt.slice(1), text };
  if (name.replace(/^TJS-/, "") !== "items") return undefined;
  const [, dotted, rest = ""] = /^\.(\w+)\s*([^]*)$/.exec(text) ?? [];
  const [, key, value = ""] = /^\{\s*"(\w+)"\s*:\s*("[^"]*"|[\w.-]+)\s*\}$/.exec(text.trim()) ?? [];
  if (dotted !== undefined) return { name: dotted, text: rest };
  return key === undefined ? undefined : { name: key, text: value.replaceAll('"', "") };
}

function readOwn({ name, text }: WrittenTag): WrittenTag {
  if (Object.hasOwn(wholeNumbers, name) && wholeNumbers[name]?.test(text.trim())) return { name: "int", text: "" };
  return { name: name.replace(/^TJS-/, ""), text };
}

/** `` `^a{3}$` `` → `^a{3}$`: TSDoc wants braces to be code. */
export function withoutBackticks(text: string): string {
  return /^`([^`]+)`$/.exec(text)?.[1] ?? text;
}

/**
 * `"^a$"` in quotes, and `^a$ an a` of tsoa, whose tags may end in a message: as they stand they match nothing, because
 * no string has a space and a letter after its end.
 */
export function plainPattern(text: string): string {
  const bare = /^(["'])(\^[^]*\$)\1$/.exec(text)?.[2] ?? text;
  const [, pattern] = /^([^]*?(?<!\\)(?:\\\\)*\$(?:\/[a-z]*)?)\s+\p{L}[^|]*$/u.exec(bare) ?? [];
  return pattern !== undefined && isWhole(pattern) ? pattern : bare;
}

/** What ends within a class or a group, as `[$` of `[$ a]` does, is none. */
function isWhole(pattern: string): boolean {
  try {
    new RegExp(pattern, "u");
    return true;
  } catch {
    return false;
  }
}

/**
 * What is no value as it stands: `{number} 3` of JSDoc, `"email"`, `: 3` and `= 3`, `1 must be at least one` of tsoa. A text
 * with another number in it, such as `1 to 5`, stays as it is: it may say more.
 */
export function plainValue(text: string): string {
  const bare = text.replace(/^\{[\w ]+\}\s*/, "").replace(/^[:=]\s*/, "");
  const [, first = "", message = ""] = /^(-?[\d.]+)\s+([^]+)$/.exec(bare) ?? [];
  const others = message.match(/\d[\d.]*/g) ?? [];
  if (first !== "") return others.every((other) => other === first) ? first : bare;
  return /^(["'])(.*)\1$/.exec(bare)?.[2] ?? bare;
}
