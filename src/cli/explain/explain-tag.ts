/** `mcpgen explain @TAG`: where a tag may stand, what it takes, what it does, what is refused, and an example. */
import { catalog } from "../../diagnostics/catalog.js";
import { closest } from "../../diagnostics/suggest.js";
import { isPolicyTag, policyRows } from "../../language/policies/policies.js";
import type { PageCall } from "../../language/policies/policy.js";
import { nounOf } from "../../language/places.js";
import { tagRow, tagsThat, type TagRow } from "../../language/tags.js";
import type { JsonValue } from "../../model/json.js";
import type { Reporter } from "../output/reporter.js";
import { wrap } from "../output/wrap.js";
import type { PageReading, TagPage } from "./policy-page.js";
import { tagPages } from "./tag-pages.js";

/** `tag`: without its `@`. */
export function explainTag(tag: string, reporter: Reporter): number {
  const row = tagRow(tag);
  const page = pageOf(tag);
  if (!row || !page) {
    const reason = tellUnknown(tag);
    const json = { status: "failed", reason };
    reporter.answer({ diagnostics: [], root: process.cwd(), text: "", complaint: `error: ${reason}`, json });
    return 2;
  }
  const shortest = page.shortest ?? (isPolicyTag(tag) ? policyRows[tag].grammar.shortest : `@${tag}`);
  const text = pageText(page, { tag, row, shortest, columns: reporter.columns });
  const { on, takes } = row;
  reporter.answer({ diagnostics: [], root: process.cwd(), text, json: { tag, on, takes, ...page } });
  return 0;
}

function tellUnknown(tag: string): string {
  const known = tagsThat(() => true);
  const meant = closest(tag, known);
  const hint =
    meant === undefined ? `there are ${known.map((each) => `@${each}`).join(", ")}` : `did you mean @${meant}?`;
  return `there is no tag @${tag}; ${hint}`;
}

function pageOf(tag: string): TagPage | undefined {
  return Object.entries(tagPages).find(([name]) => name === tag)?.[1];
}

interface Frame {
  readonly tag: string;
  readonly row: TagRow;
  /** The tag as short as it can be. */
  readonly shortest: string;
  readonly columns: number | undefined;
}

function pageText(page: TagPage, { tag, row, shortest, columns }: Frame): string {
  const { title, text, keys, example, calls, refused = [] } = page;
  const width = Math.max(0, ...Object.keys(keys).map((key) => key.length)) + 2;
  const indent = (line: string): string => (line === "" ? "" : `  ${line}`);
  return [
    `@${tag}: ${title}`,
    ...text.flatMap((paragraph) => ["", ...wrap(paragraph, columns)]),
    ...["", ...wrap(`Stands above ${listPlaces(row)}, and takes ${taken[row.takes]}.`, columns)],
    ...["", `At its shortest: ${shortest}`],
    ...(Object.keys(keys).length > 0 ? ["", "Keys:"] : []),
    ...Object.entries(keys).flatMap(([key, meaning]) => keyLines(key.padEnd(width), meaning, columns)),
    ...(refused.length > 0 ? ["", "Told where it is wrong:"] : []),
    ...refused.map((code) => `  ${code}  ${catalog[code].title}`),
    ...["", "Example:", ""],
    ...example.split("\n").map(indent),
    "",
    ...calls.flatMap(callLines).map(indent),
  ].join("\n");
}

/** The grammar in words. */
const taken: Readonly<Record<TagRow["takes"], string>> = {
  flag: "nothing, or `false`",
  text: "a string, on one line",
  lines: "one line each time that it is written",
  policy: "values by their keys, on one line",
  any: "any text",
};

function listPlaces({ on, roles }: TagRow): string {
  const places = on.map((place) => (place === "function" && roles ? `a ${roles.join(" or a ")}` : nounOf(place)));
  const [last = "", ...others] = places.toReversed();
  return others.length === 0 ? last : `${others.toReversed().join(", ")} or ${last}`;
}

function keyLines(key: string, meaning: string, columns = 80): readonly string[] {
  return wrap(meaning, columns - key.length - 2).map(
    (line, index) => `  ${index === 0 ? key : " ".repeat(key.length)}${line}`,
  );
}

function callLines(call: PageCall | PageReading): readonly string[] {
  if ("resource" in call) return [`a client reads ${call.resource}:`, call.answer];
  if ("prompt" in call) return [`a client asks for the prompt ${call.prompt}${wordsOf(call.arguments)}:`, call.answer];
  if ("completes" in call)
    return [`a client completes "${call.typed}" for ${call.argument} of ${call.completes}:`, call.answer];
  return [`$ mcpgen call ${call.tool}${wordsOf(call.arguments ?? {})}`, call.answer];
}

function wordsOf(given: Readonly<Record<string, JsonValue>>): string {
  return Object.entries(given)
    .map(([name, value]) => ` --${name} ${wordOf(value)}`)
    .join("");
}

/** As a shell reads it. */
function wordOf(value: JsonValue): string {
  const text = JSON.stringify(value);
  return typeof value === "object" ? `'${text}'` : text;
}
