/** `mcpgen explain @TAG`: what a policy does, what its keys mean, and an example. */
import { closest } from "../../diagnostics/suggest.js";
import type { JsonValue } from "../../model/json.js";
import { policyTags, isPolicyTag } from "../../model/policy-tags.js";
import type { PageCall, PolicyPage } from "./policy-page.js";
import { policyPages, type PageName } from "./policy-pages.js";
import type { Reporter } from "../output/reporter.js";
import { wrap } from "../output/wrap.js";

/** `tag`: without its `@`. */
export function explainPolicy(tag: string, reporter: Reporter): number {
  if (!hasPage(tag)) {
    const known = Object.keys(policyPages);
    const meant = closest(tag, known);
    const hint =
      meant === undefined ? `there are ${known.map((each) => `@${each}`).join(", ")}` : `did you mean @${meant}?`;
    const reason = `there is no policy @${tag}; ${hint}`;
    const json = { status: "failed", reason };
    reporter.answer({ diagnostics: [], root: process.cwd(), text: "", complaint: `error: ${reason}`, json });
    return 2;
  }
  const page = policyPages[tag];
  const shortest = page.shortest ?? (isPolicyTag(tag) ? policyTags[tag].example : `@${tag}`);
  const text = pageText(page, { tag, shortest, columns: reporter.columns });
  reporter.answer({ diagnostics: [], root: process.cwd(), text, json: { tag, ...page } });
  return 0;
}

function hasPage(tag: string): tag is PageName {
  return Object.hasOwn(policyPages, tag);
}

interface Frame {
  readonly tag: string;
  /** The tag as short as it can be. */
  readonly shortest: string;
  readonly columns: number | undefined;
}

function pageText({ title, text, keys, example, calls }: PolicyPage, { tag, shortest, columns }: Frame): string {
  const width = Math.max(...Object.keys(keys).map((key) => key.length)) + 2;
  const indent = (line: string): string => (line === "" ? "" : `  ${line}`);
  return [
    `@${tag}: ${title}`,
    ...text.flatMap((paragraph) => ["", ...wrap(paragraph, columns)]),
    ...["", `At its shortest: ${shortest}`],
    ...(Object.keys(keys).length > 0 ? ["", "Keys:"] : []),
    ...Object.entries(keys).flatMap(([key, meaning]) => keyLines(key.padEnd(width), meaning, columns)),
    ...["", "Example:", ""],
    ...example.split("\n").map(indent),
    "",
    ...calls.flatMap(callLines).map(indent),
  ].join("\n");
}

function keyLines(key: string, meaning: string, columns = 80): readonly string[] {
  return wrap(meaning, columns - key.length - 2).map(
    (line, index) => `  ${index === 0 ? key : " ".repeat(key.length)}${line}`,
  );
}

function callLines({ tool, arguments: given = {}, answer }: PageCall): readonly string[] {
  const words = Object.entries(given).map(([name, value]) => ` --${name} ${wordOf(value)}`);
  return [`$ mcpgen call ${tool}${words.join("")}`, answer];
}

/** As a shell reads it. */
function wordOf(value: JsonValue): string {
  const text = JSON.stringify(value);
  return typeof value === "object" ? `'${text}'` : text;
}
