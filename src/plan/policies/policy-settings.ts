/** A policy's tag → what it sets, by key, and what is wrong with it: at the key or the value that is to blame. */
import { diagnostic, type Diagnostic } from "../../diagnostics/diagnostic.js";
import { closest } from "../../diagnostics/suggest.js";
import type { DocTag } from "../../model/api.js";
import type { PolicyOption } from "../../model/plan.js";
import { succeed, type Result } from "../../model/result.js";
import type { Span } from "../../model/span.js";
import { policyRows, type PolicyTagName } from "../../language/policies/policies.js";
import type { TagGrammar } from "../../language/policies/policy.js";
import { readValue } from "./policy-values.js";
import { placeInTag, readWords, type Piece, type Word } from "./policy-words.js";

/** What one tag asks for. */
export interface PolicySettings {
  readonly name: PolicyTagName;
  readonly tag: DocTag;
  readonly settings: ReadonlyMap<string, Setting>;
}

export interface Setting {
  readonly value: PolicyOption;
  readonly written: string;
  /** Of the value, in one line. */
  readonly span: Span;
}

/** Where there is an error, the value is only to be used to find more of them. */
export function readSettings(name: PolicyTagName, tag: DocTag): Result<PolicySettings> {
  const { value: settings, diagnostics } = readKeys(tag, policyRows[name].grammar);
  return succeed({ name, tag, settings }, diagnostics);
}

/** Any tag that is written as those of policies are. */
export function readKeys(tag: DocTag, grammar: TagGrammar): Result<ReadonlyMap<string, Setting>> {
  const settings = new Map<string, Setting>();
  const diagnostics: Diagnostic[] = [];
  for (const word of positioned(tag, readWords(tag.text), grammar)) {
    const read = readSetting(tag, word, grammar);
    if (read.problem) diagnostics.push(read.problem);
    else if (settings.has(read.key)) diagnostics.push(refuseRepeated(tag, word, read.key));
    else settings.set(read.key, read.setting);
  }
  const isMissing = grammar.required.length > 0 && !grammar.required.some((key) => settings.has(key));
  if (isMissing && diagnostics.length === 0) diagnostics.push(refuseMissing(tag, grammar));
  return succeed(settings, diagnostics);
}

interface PositionedWord extends Word {
  /** What a value without a key is taken for; absent where the tag has no room for one more. */
  readonly position?: string;
}

/** Values without a key get theirs by position; of a list, all that stand there are one value. */
function positioned(tag: DocTag, words: readonly Word[], { positions, keys }: TagGrammar): readonly PositionedWord[] {
  const free = words.filter(({ key }) => key === undefined);
  const [first] = positions;
  const [start, end] = [free[0]?.value, free.at(-1)?.value];
  if (first !== undefined && keys[first]?.kind === "templates" && start && end) {
    const text = tag.text.slice(start.from, end.from + end.text.length);
    return [{ position: first, value: { text, from: start.from } }, ...words.filter((word) => !free.includes(word))];
  }
  return words.map((word) => {
    const position = positions[free.indexOf(word)];
    return { ...word, ...(position !== undefined && { position }) };
  });
}

type ReadSetting =
  { readonly problem: Diagnostic } | { readonly problem?: undefined; readonly key: string; readonly setting: Setting };

function readSetting(tag: DocTag, { key, value, position }: PositionedWord, grammar: TagGrammar): ReadSetting {
  const name = key?.text ?? position;
  const expected = name !== undefined && Object.hasOwn(grammar.keys, name) ? grammar.keys[name] : undefined;
  if (key && !expected) return { problem: unknownKey(tag, key, grammar) };
  if (key && !value) return { problem: refuseEmpty(tag, key) };
  if (!value || name === undefined || !expected)
    return { problem: refuseExtra(tag, value ?? { text: tag.text, from: 0 }, grammar) };
  const span = placeInTag(tag, value);
  if (/^["']/.test(value.text))
    return {
      problem: diagnostic("MG404", "a quote is opened and not closed", { span, help: "close it on the same line" }),
    };
  const read = readValue(value.text, expected);
  if (read.kind === "value") return { key: name, setting: { value: read.value, written: value.text, span } };
  const message = `\`${value.text}\` as \`${name}\` of \`@${tag.name}\` ${read.reason}`;
  return { problem: diagnostic("MG406", message, { span, help: read.help }) };
}

function unknownKey(tag: DocTag, key: Piece, { keys }: TagGrammar): Diagnostic {
  const known = Object.keys(keys);
  const meant = closest(key.text, known);
  const message = `\`@${tag.name}\` has no key \`${key.text}\`${meant === undefined ? "" : `; did you mean \`${meant}\`?`}`;
  const help = meant === undefined ? `remove it; the keys are ${known.join(", ")}` : `write \`${meant}\``;
  return diagnostic("MG405", message, { span: placeInTag(tag, key), help });
}

function refuseExtra(tag: DocTag, value: Piece, { keys }: TagGrammar): Diagnostic {
  const message = `\`@${tag.name}\` has no place for \`${value.text}\``;
  const help = `write it after its key: ${Object.keys(keys).join(", ")}`;
  return diagnostic("MG405", message, { span: placeInTag(tag, value), help });
}

function refuseEmpty(tag: DocTag, key: Piece): Diagnostic {
  const message = `\`${key.text}\` of \`@${tag.name}\` has no value`;
  return diagnostic("MG406", message, { span: placeInTag(tag, key), help: `write its value after \`${key.text}=\`` });
}

function refuseRepeated(tag: DocTag, { key, value }: Word, name: string): Diagnostic {
  const piece = key ?? value;
  const span = piece ? placeInTag(tag, piece) : tag.span;
  return diagnostic("MG404", `\`${name}\` of \`@${tag.name}\` is given twice`, { span, help: "remove one of them" });
}

function refuseMissing(tag: DocTag, { required, shortest }: TagGrammar): Diagnostic {
  const wanted = required.map((key) => `\`${key}\``).join(" or ");
  return diagnostic("MG407", `\`@${tag.name}\` needs ${wanted}`, {
    span: tag.span,
    help: `write it, as in \`${shortest}\``,
  });
}
