/** What changed of a surface → lines for people, a part of a pull request's description, and data for programs. */
import { join } from "node:path";
import {
  changeKinds,
  suggestStep,
  tellChange,
  type ChangeKind,
  type PlacedChange,
  type SubjectKind,
} from "../../surface/change.js";
import { plural } from "./counts.js";
import { shorten } from "./shown-paths.js";

/** Where the paths of places start, and where the reader stands. */
export interface Standpoint {
  readonly root: string;
  readonly cwd: string;
}

const subjectKinds: readonly SubjectKind[] = ["tool", "resource", "prompt"];

/** How many changes a build tells one by one. */
const toldByBuild = 10;

/** `1 tool removed, 2 breaking changes`. */
export function countChanges(changes: readonly PlacedChange[]): string {
  return changeKinds.flatMap((kind) => countKind(changes, kind)).join(", ");
}

function countKind(changes: readonly PlacedChange[], kind: ChangeKind): readonly string[] {
  const ofKind = changes.filter((change) => change.kind === kind);
  if (ofKind.length === 0) return [];
  if (kind !== "added" && kind !== "removed") return [plural(ofKind.length, `${kind} change`)];
  return subjectKinds.flatMap((word) => {
    const count = ofKind.filter(({ subject }) => subject.kind === word).length;
    return count === 0 ? [] : [`${plural(count, word)} ${kind}`];
  });
}

/** What breaks those who use the server, for the summary of a build. */
export function gravest(changes: readonly PlacedChange[], standpoint: Standpoint): readonly string[] {
  const grave = changes.filter(({ kind }) => kind === "breaking" || kind === "removed");
  const rest = grave.length - toldByBuild;
  return [
    ...grave.slice(0, toldByBuild).flatMap((change) => changeLines(change, standpoint)),
    ...(rest > 0 ? [`and ${plural(rest, "change")} more: mcpgen diff`] : []),
  ];
}

/** All of it, the gravest first, and the step to the next version. */
export function surfaceText(changes: readonly PlacedChange[], standpoint: Standpoint): string {
  const lines = changes.flatMap((change) => changeLines(change, standpoint));
  return [...lines, "", `${countChanges(changes)}; next version: ${suggestStep(changes)}`].join("\n");
}

function changeLines(change: PlacedChange, standpoint: Standpoint): readonly string[] {
  const place = placeOf(change, standpoint);
  const line = `${change.kind.padEnd(10)}  ${tellChange(change)}${place === undefined ? "" : ` (${place})`}`;
  return [line, ...(change.help === undefined ? [] : [`${" ".repeat(12)}help: ${change.help}`])];
}

function placeOf({ span }: PlacedChange, { root, cwd }: Standpoint): string | undefined {
  return span && `${shorten(join(root, span.file), cwd)}:${String(span.start.line)}`;
}

const headings: Readonly<Record<ChangeKind, string>> = {
  removed: "Removed",
  breaking: "Breaking",
  added: "Added",
  compatible: "Compatible",
  cosmetic: "Cosmetic",
};

/** Paths as from the project's root: whoever reads a pull request stands nowhere. */
export function surfaceMarkdown(changes: readonly PlacedChange[], root: string): string {
  if (changes.length === 0) return "### Surface\n\nNothing that clients see has changed.";
  const sections = changeKinds.flatMap((kind) => {
    const ofKind = changes.filter((change) => change.kind === kind);
    return ofKind.length === 0 ? [] : [section(headings[kind], ofKind, root)];
  });
  const summary = `${countChanges(changes)}; next version: **${suggestStep(changes)}**`;
  return ["### Surface", summary, ...sections].join("\n\n");
}

function section(heading: string, changes: readonly PlacedChange[], root: string): string {
  const rows = changes.map((change) => {
    const told = [tellChange(change), ...(change.help === undefined ? [] : [change.help])].join("; ");
    const place = placeOf(change, { root, cwd: root });
    return `| ${cell(told)} | ${place === undefined ? "" : `\`${cell(place)}\``} |`;
  });
  return [`| ${heading} | |`, "| --- | --- |", ...rows].join("\n");
}

/** A row is one line, and a bar ends its cell even in code. */
function cell(text: string): string {
  return text.replaceAll("\n", " ").replaceAll("|", "\\|");
}

export function changeToJson(change: PlacedChange): Record<string, unknown> {
  const { span, subject, ...rest } = change;
  return { ...rest, subject, told: tellChange(change), place: span && { file: span.file, ...span.start } };
}
