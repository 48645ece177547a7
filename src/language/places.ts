/** Where a tag means something, and what a word behind an `@` that means nothing can have been meant for. */
import { constraintOfTag, constraintTags } from "./constraints.js";
import { isDocumentation, tagRow, tagsThat, type TagPlace } from "./tags.js";

/** Those of documentation that mcpgen reads, and that slips are made in. */
const documenting = ["param", "returns", "throws", "default"] as const;

/** Of JSDoc, or of what makes schemas of types: above a member or a type they are no slip. */
const common: ReadonlySet<string> = new Set(["examples", "name", "readonly", "required", "requires", "title"]);

/** What a slip can have meant, the words of its own place first; `env` and `int` are too short to be meant by anything else. */
export function wordsAt(place: TagPlace): readonly string[] {
  const own = tagsThat(({ on }) => on.includes(place));
  const words = new Set<string>([...own, ...constraintTags, ...documenting, ...tagsThat(() => true)]);
  return [...words].filter((word) => word.length > "int".length);
}

/** Of ours, or of the tools for documentation. */
export function isWord(name: string): boolean {
  return constraintOfTag(name) !== undefined || tagRow(name) !== undefined || isDocumentation(name);
}

export function isCommon(name: string): boolean {
  return common.has(name);
}

/** Whether a tag of ours says nothing there. What hides something, or accepts a warning, may stand anywhere. */
export function isMisplaced(name: string, place: TagPlace): boolean {
  const on = tagRow(name)?.on;
  return on !== undefined && !on.includes(place) && !(on.includes("member") && on.includes("function"));
}

const nouns: Readonly<Record<TagPlace, string>> = {
  function: "a function",
  provider: "a provider",
  class: "a class",
  type: "a type",
  member: "a member of a type",
  variable: "a member of a `@config` type",
};

export function nounOf(place: TagPlace): string {
  return nouns[place];
}

/** `a function`: where a tag of ours belongs, of several places the first. */
export function placeOf(name: string): string {
  return nouns[tagRow(name)?.on[0] ?? "function"];
}
