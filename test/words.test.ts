/**
 * Texts for users say what the field says. The words below were written once and stopped a reader; each has the word to
 * write in its place. Held to it are all strings of src and of the runtime that have a blank in them (messages,
 * helps, settings), README, CONTRIBUTING, docs and the README of generated projects; code in documents is not.
 */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { ts } from "ts-morph";
import { expect, test } from "vitest";
import { repository } from "./support/fixtures/cases.js";

interface Word {
  readonly found: RegExp;
  readonly write: string;
}

/** Some are right in another meaning (`share a cache`, `the size of a page`): these patterns take the wrong one alone. */
const words: readonly Word[] = [
  { found: /\bspans? of time\b/i, write: "duration" },
  { found: /\b(?:no|the|a) share of\b|\bno share\b/i, write: "percentage" },
  { found: /\ba text\b(?! field)|(?<!Its )\btexts\b/i, write: "string" },
  { found: /\bsizes? (?:of|for) (?:a|the) polic|\bother sizes\b/i, write: "override" },
  { found: /\bprints to\b.*\bnobody\b/i, write: "console output" },
  { found: /\b(?:nobody|somebody|whoever|everybody)\b/i, write: "who it is: the client, the caller, the user" },
  { found: /(?<!\bthere )\bis no (?!longer\b|more\b)/i, write: "is not a" },
  { found: /\bstand(?:s|ing)? behind\b|\bbehind (?:it|its|them|the (?:key|prefix|tag|yield))\b/i, write: "after" },
  { found: /\bno (?:word|form) for\b/i, write: "does not support" },
  { found: /\bsays? (?:nothing (?:here|of)|too little)\b/i, write: "has no effect, is missing" },
  { found: /\bof (?:no|nobody's) parameter\b/i, write: "of an unknown parameter" },
  { found: /\bmend(?:s|ed)?\b/i, write: "fix" },
];

interface Line {
  readonly place: string;
  readonly text: string;
}

const read = (path: string): string => readFileSync(join(repository, path), "utf8");

/** The strings of a source that are texts: what has a blank in it, line by line. */
function stringLines(path: string): readonly Line[] {
  const file = ts.createSourceFile(path, read(path), ts.ScriptTarget.Latest);
  const lines: Line[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) {
      const text = ts.isTemplateExpression(node) ? templateText(node) : node.text;
      const line = file.getLineAndCharacterOfPosition(node.end).line + 1;
      if (text.includes(" ")) lines.push({ place: `${path}:${String(line)}`, text });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return lines;
}

function templateText({ head, templateSpans }: ts.TemplateExpression): string {
  return [head.text, ...templateSpans.map(({ literal }) => literal.text)].join("…");
}

/** The prose of a document: lines outside of code, without what stands between backticks. */
function proseLines(path: string): readonly Line[] {
  const code = /^( *)(```|~~~)[^]*?^\1\2$/gm;
  const text = read(path).replace(code, (block) => "\n".repeat(block.split("\n").length - 1));
  return text.split("\n").map((line, index) => ({
    place: `${path}:${String(index + 1)}`,
    text: line.replace(/`[^`]*`/g, "`…`"),
  }));
}

function filesUnder(folder: string, extension: string): readonly string[] {
  return readdirSync(join(repository, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(extension))
    .map((path) => `${folder}/${path.replaceAll("\\", "/")}`)
    .toSorted();
}

function wrongWords(lines: readonly Line[]): readonly string[] {
  return lines.flatMap(({ place, text }) =>
    words.flatMap(({ found, write }) => {
      const match = found.exec(text);
      return match ? [`${place}: "${match[0]}" in "${text.trim().slice(0, 120)}"; write: ${write}`] : [];
    }),
  );
}

test.each(["src", "templates/bench", "templates/runtime"])("messages, helps and settings of %s", (folder) => {
  expect(wrongWords(filesUnder(folder, ".ts").flatMap(stringLines))).toEqual([]);
});

test("README, CONTRIBUTING, docs and what is written for users of generated projects", () => {
  const documents = ["README.md", "CONTRIBUTING.md", "SECURITY.md", ...filesUnder("docs", ".md")];
  const frames = filesUnder("templates/frames", ".md.hbs");
  expect(wrongWords([...documents, ...frames].flatMap(proseLines))).toEqual([]);
});

test.each([
  ["`10` as `base` of `@retry` is no span of time", "duration"],
  ["size of a policy that is not there", "override"],
  ["prints to nobody", "console output"],
  ["a list of texts", "string"],
  ["tag says too little", "has no effect, is missing"],
])("%s is found", (text, write) => {
  expect(wrongWords([{ place: "message", text }]).some((each) => each.endsWith(`write: ${write}`))).toBe(true);
});
