/** What git leaves in a file where two branches meet → the file as each of them would have it. */

/** Any of the marks stands at the start of a line: whole, or what is left of them by half. */
export function hasMarkers(text: string): boolean {
  return /^(?:<{7}|>{7}|\|{7})(?: |\r?$)/m.test(text);
}

/** Ours and theirs; both are the text itself where it has no marks. Undefined where the marks do not belong together. */
export function sidesOf(text: string): readonly [string, string] | undefined {
  if (!hasMarkers(text)) return [text, text];
  const sides: [string[], string[]] = [[], []];
  let within: Part = "both";
  for (const line of text.split(/(?<=\n)/)) {
    const mark = /^(<{7}|\|{7}|={7}|>{7})(?: .*)?\r?\n?$/.exec(line)?.[1]?.[0];
    const next: Part | undefined = mark === undefined ? undefined : steps[`${within}${mark}`];
    if (mark !== undefined && next === undefined && mark !== "=") return undefined;
    if (next === undefined) for (const side of receivers[within]) sides[side].push(line);
    else within = next;
  }
  return within === "both" ? [sides[0].join(""), sides[1].join("")] : undefined;
}

type Part = "both" | "ours" | "base" | "theirs";

/** Where a mark leads from each part of a conflict; the part of the base is there with `merge.conflictStyle=diff3`. */
const steps: Readonly<Record<string, Part>> = {
  "both<": "ours",
  "ours|": "base",
  "ours=": "theirs",
  "base=": "theirs",
  "theirs>": "both",
};

const receivers: Readonly<Record<Part, readonly (0 | 1)[]>> = { both: [0, 1], ours: [0], base: [], theirs: [1] };
