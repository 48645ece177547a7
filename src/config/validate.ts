/** The settings as written → the settings as typed, or one diagnostic for each key and value that is refused. */
import type { z } from "zod";
import { closest } from "../diagnostics/suggest.js";
import { diagnostic, type Diagnostic } from "../diagnostics/diagnostic.js";
import { toPackageName, type ConfigDraft } from "./draft.js";
import { spanOfSetting, type ConfigFile } from "./file.js";
import { policyRows, sizesOf } from "../language/policies/policies.js";
import type { PolicyRow } from "../language/policies/policy.js";
import { settingsSchema, type Settings } from "./schema.js";

export interface Validated {
  readonly settings: Settings | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

export function validateSettings(draft: ConfigDraft): Validated {
  const { file } = draft;
  if (file && (typeof file.value !== "object" || file.value === null || Array.isArray(file.value))) {
    const message = `\`${file.name}\` holds ${describe(file.value)}; expected an object`;
    return {
      settings: undefined,
      diagnostics: [diagnostic("MG104", message, { span: spanOfSetting(file, [], "value") })],
    };
  }
  const checked = settingsSchema.safeParse(draft.settings);
  if (checked.success) return { settings: checked.data, diagnostics: [] };
  return { settings: undefined, diagnostics: checked.error.issues.flatMap((issue) => refusal(issue, draft)) };
}

function refusal(issue: z.core.$ZodIssue, draft: ConfigDraft): readonly Diagnostic[] {
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => unknownKey([...issue.path.map(String), key], draft.file));
  const path = issue.path.filter((step) => typeof step !== "symbol");
  const value = path.reduce<unknown>(memberOf, draft.settings);
  const message = `\`${path.join(".")}\` is ${describe(value)}; expected ${expectation(issue)}`;
  const legal = path.join(".") === "name" && typeof value === "string" ? toPackageName(value) : "";
  const help = legal === "" ? undefined : `write "${legal}"; \`title\` is for the name as people read it`;
  return [diagnostic("MG104", message, { span: draft.file && spanOfSetting(draft.file, path, "value"), help })];
}

function unknownKey(path: readonly string[], file: ConfigFile | undefined): Diagnostic {
  const key = path.at(-1) ?? "";
  const keys = keysAt(path);
  // `output` for `out`, `desc` for `description`: no slip, but the other word for it.
  const meant = closest(key, keys) ?? keys.find((known) => key.startsWith(known) || known.startsWith(key));
  return diagnostic("MG103", `unknown key \`${key}\`${meant ? `; did you mean \`${meant}\`?` : ""}`, {
    span: file && spanOfSetting(file, path, "key"),
    help: meant ? `write \`${meant}\`` : `remove it; the keys are ${keys.join(", ")}`,
  });
}

/** Beside a key at the top, or of the policies of a tool. */
function keysAt([first, , tag, size]: readonly string[]): readonly string[] {
  const tags: Readonly<Record<string, PolicyRow>> = policyRows;
  if (first !== "policies" || tag === undefined) return Object.keys(settingsSchema.shape);
  const named = tags[tag];
  return Object.keys(size === undefined ? tags : named ? sizesOf(named.grammar) : {});
}

/** Of zod's names for what was expected. */
const nouns: Readonly<Record<string, string>> = {
  array: "a list of strings",
  int: "a whole number",
  object: "an object",
  record: "an object",
  number: "a number",
};

function expectation(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return nouns[issue.expected] ?? "a string";
    case "invalid_value":
      return issue.values.map((value) => JSON.stringify(value)).join(" or ");
    case "too_small":
      return issue.origin === "string" ? "a string that is not empty" : `at least ${String(issue.minimum)}`;
    case "too_big":
      return `at most ${String(issue.maximum)} characters`;
    default:
      return issue.message;
  }
}

function memberOf(value: unknown, step: PropertyKey): unknown {
  return typeof value === "object" && value !== null ? (value as Record<PropertyKey, unknown>)[step] : undefined;
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return "an object";
  const text = value === undefined ? "nothing" : JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
