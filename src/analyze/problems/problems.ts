/** What is wrong with a type and all it contains → diagnostics of the parameter or result that reaches it. */
import type { ts } from "ts-morph";
import { diagnostic, isError, type Diagnostic } from "../../diagnostics/diagnostic.js";
import type { Analysis, Finding, OpenType, Shape } from "../checker/analysis.js";
import type { Direction } from "../../model/types.js";
import { concerns } from "./losses.js";
import { explainUnresolved } from "./unresolved.js";

/** Whose type it is: a parameter or the result of a function. */
export interface Subject {
  readonly code: "MG227" | "MG230" | "MG301" | "MG306" | "MG473";
  /** Starts the path to the member: `order`, or `result`. */
  readonly name: string;
  /** Where to point when the member is not declared in the user's files. */
  readonly place: ts.Node;
  /** Paths of members that the server puts in: what JSON cannot carry there is not lost. */
  readonly completed?: readonly string[];
  /** What accepts everything there is what a type parameter stands for. */
  readonly isGeneric?: true;
  /** Where an inferred type comes from: what each `return` gives, and the function. */
  readonly causes?: readonly ts.Node[];
}

export interface Problems {
  /** Any of these makes the type unservable. */
  readonly errors: readonly Diagnostic[];
  readonly warnings: readonly Diagnostic[];
}

const none: Problems = { errors: [], warnings: [] };

/** In which direction values of it go. */
export function directionOf({ code }: Subject): Direction {
  return code === "MG306" ? "output" : "input";
}

export function collectProblems(analysis: Analysis, root: Shape, subject: Subject): Problems {
  const found = findingsWithin(root, subject);
  if (found.length === 0) return none;
  const errors: Diagnostic[] = [];
  const warnings: Diagnostic[] = [];
  for (const { finding, path } of found) {
    if (isPutIn(finding) && subject.completed?.includes(path)) continue;
    if (finding.kind === "open" && isMeant(analysis, subject, finding.text)) continue;
    if (finding.kind === "reported") {
      (isError(finding.diagnostic) ? errors : warnings).push(finding.diagnostic);
      continue;
    }
    const member: Member = { name: shorten(subject.name + path), place: placeOf(analysis, subject, finding), subject };
    if (finding.kind === "ambiguous") warnings.push(...lookAlike(analysis, member, finding.members));
    else if (finding.kind === "leftOut") warnings.push(leftOut(analysis, member, finding.reason));
    else if (finding.kind === "alternatives") warnings.push(withoutAlternatives(analysis, member, finding.texts));
    else if (finding.kind === "hidden") errors.push(...missingHidden(analysis, member, finding.tag));
    else if (finding.kind === "open") warnings.push(openType(analysis, member, finding.text));
    else if (finding.kind === "unresolved")
      errors.push(...explainUnresolved(analysis, [member.place, ...(subject.causes ?? [])], member.name));
    else errors.push(unservableMember(analysis, member, finding));
  }
  return { errors, warnings };
}

/** Where the server has something to put there. */
function isPutIn(finding: Finding): boolean {
  return finding.kind === "leftOut" || (finding.kind === "unservable" && finding.isSignal === true);
}

/** What takes everything is for the user to change: not where a type parameter stands for it, nor in a package. */
function isMeant({ sources }: Analysis, { isGeneric, place }: Subject, text: OpenType): boolean {
  return (isGeneric && text !== "any") || sources.originOf(place.getSourceFile()).kind !== "project";
}

/** Why an optional parameter is left out: JSON cannot carry its kind of type, and nothing else is wrong with it. */
export function whyLeftOut(analysis: Analysis, root: Shape, subject: Subject): Diagnostic | undefined {
  const isLost = ({ finding }: Found): boolean => finding.kind === "unservable" && !finding.isLimit;
  const { completed = [] } = subject;
  const lost = findingsWithin(root, subject).filter(
    ({ finding, path }) => !isWarned(finding) && !completed.includes(path),
  );
  const [first] = lost;
  if (first?.finding.kind !== "unservable" || !lost.every(isLost)) return undefined;
  const { path, finding } = first;
  const member = path === "" ? "it" : `\`${shorten(subject.name + path)}\``;
  const message = `\`${subject.name}\` is left out: ${member} ${finding.reason}`;
  return diagnostic("MG313", message, { span: analysis.sources.spanOf(subject.place) });
}

function isWarned(finding: Finding): boolean {
  if (finding.kind === "reported") return !isError(finding.diagnostic);
  return ["open", "ambiguous", "leftOut", "alternatives"].includes(finding.kind);
}

/** Where in the user's source a finding belongs. */
interface Member {
  readonly name: string;
  readonly place: ts.Node;
  readonly subject: Subject;
}

interface Found {
  readonly finding: Finding;
  readonly path: string;
}

/** Each type once, by the first way that leads to it in the subject's direction. */
function findingsWithin(root: Shape, subject: Subject): Found[] {
  const direction = directionOf(subject);
  const found: Found[] = [];
  const visited = new Set<Shape>();
  const visit = (shape: Shape, path: string): void => {
    if (visited.has(shape)) return;
    visited.add(shape);
    for (const finding of shape.findings)
      if (concerns(finding, direction)) found.push({ finding, path: path + finding.path });
    for (const edge of shape.edges) if (concerns(edge, direction)) visit(edge.to, path + edge.path);
  };
  visit(root, "");
  return found;
}

type Placed = Exclude<Finding, { kind: "reported" }>;

function placeOf({ sources }: Analysis, subject: Subject, { place }: Placed): ts.Node {
  return place && sources.originOf(place.getSourceFile()).kind === "project" ? place : subject.place;
}

function unservableMember(
  { sources }: Analysis,
  { name, place, subject }: Member,
  finding: Pick<Extract<Finding, { kind: "unservable" }>, "reason"> & { readonly help?: string },
): Diagnostic {
  const isOurs = sources.originOf(subject.place.getSourceFile()).kind === "project";
  const help = isOurs ? finding.help : (ofPackages[subject.code] ?? finding.help);
  return diagnostic(subject.code, `\`${name}\` ${finding.reason}`, { span: sources.spanOf(place), help });
}

/** Where the signature is a package's, which the user does not change. */
const ofPackages: Readonly<Partial<Record<Subject["code"], string>>> = {
  MG301: "export a function of your own that takes what JSON can carry and calls it",
  MG306: "export a function of your own that calls it and returns what JSON can carry",
};

/** The member is optional, so the rest of the type is served. */
function leftOut({ sources }: Analysis, { name, place }: Member, reason: string): Diagnostic {
  return diagnostic("MG313", `\`${name}\` is left out: it ${reason}`, { span: sources.spanOf(place) });
}

/** Arguments are of the other members of the union. */
function withoutAlternatives({ sources }: Analysis, { name, place }: Member, texts: readonly string[]): Diagnostic {
  const [first = "", second] = texts.map((text) => `\`${text.length <= 20 ? text : `${text.slice(0, 19)}…`}\``);
  const others = texts.length > 2 ? `${texts.length - 1} others` : second;
  const lost = others === undefined ? first : `${first} and ${others}`;
  const message = `\`${name}\` goes without ${lost}: JSON cannot carry ${others === undefined ? "it" : "them"}`;
  return diagnostic("MG313", message, { span: sources.spanOf(place) });
}

/** A result goes without it. */
function missingHidden({ sources }: Analysis, { name, place, subject }: Member, tag: string): Diagnostic[] {
  if (subject.code === "MG306") return [];
  const message = `\`${name}\` is required, but \`@${tag}\` hides it from clients`;
  const help = `make it optional, or remove \`@${tag}\``;
  return [diagnostic(subject.code, message, { span: sources.spanOf(place), help })];
}

function openType({ sources }: Analysis, { name, place, subject }: Member, text: OpenType): Diagnostic {
  const effect =
    subject.code === "MG301" || subject.code === "MG473" ? "accepts everything" : "tells the client nothing";
  return diagnostic("MG310", `\`${name}\` is \`${text}\`, which ${effect}`, { span: sources.spanOf(place) });
}

/** A result is encoded by what it is; only arguments have to be told apart. */
function lookAlike(
  { sources }: Analysis,
  { name, place, subject }: Member,
  [first, second]: readonly [string, string],
): Diagnostic[] {
  if (subject.code === "MG306") return [];
  const message = `\`${name}\`: JSON cannot tell \`${first}\` from \`${second}\``;
  return [diagnostic("MG312", message, { span: sources.spanOf(place) })];
}

/** Messages are at most 100 characters; the end of a path says most. */
function shorten(path: string): string {
  return path.length <= 48 ? path : `…${path.slice(-47)}`;
}
