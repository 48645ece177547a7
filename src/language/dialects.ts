/** What other tools write, where the meaning is plain → our tags, and the values that these take. */

import type { ConstraintKind } from "./constraints.js";

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

export function readDialect({ name, text }: WrittenTag): WrittenTag {
  const [, inner, rest = ""] = (name === "items" && /^\.([A-Za-z][\w.-]*)\s*([^]*)$/.exec(text)) || [];
  if (inner !== undefined) {
    const [first = "", ...deeper] = inner.split(".");
    const read = readDialect({ name: first, text: deeper.length > 0 ? `.${deeper.join(".")} ${rest}` : rest });
    return { ...read, name: `items.${read.name}` };
  }
  if (Object.hasOwn(wholeNumbers, name) && wholeNumbers[name]?.test(text.trim())) return { name: "int", text: "" };
  return { name: name.replace(/^TJS-/, ""), text };
}

/** What swagger and zod call our constraints, by what they constrain. */
const otherNames: Readonly<Record<string, Readonly<Record<ConstraintKind, string>>>> = {
  min: { number: "minimum", string: "minLength", array: "minItems" },
  max: { number: "maximum", string: "maxLength", array: "maxItems" },
};

/** Our word for one of theirs; where it is not known what is constrained, that for numbers. */
export function ownName(name: string, on: ConstraintKind = "number"): string | undefined {
  return Object.hasOwn(otherNames, name) ? otherNames[name]?.[on] : undefined;
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
