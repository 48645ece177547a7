/** Every tag of a comment that means something, a row each; what only documents is listed behind them. */
import type { Role } from "../model/api.js";
import { policyRows, policyTagNames, type PolicyTagName } from "./policies/policies.js";

/** `variable` is a member of a `@config` type. */
export type TagPlace = "function" | "provider" | "class" | "type" | "member" | "variable";

export interface TagRow {
  /** Where it means something; `class` is an object of functions too. On a provider, a tag of functions alone is refused. */
  readonly on: readonly TagPlace[];
  /** The roles of the functions that it says something of; all where absent. */
  readonly roles?: readonly Role[];
  /**
   * `flag`: nothing, or `false`. `text`: one line. `lines`: one line for each time that it is written. `policy`: values
   * by their keys, on one line. `any`: what it likes.
   */
  readonly takes: "flag" | "text" | "lines" | "policy" | "any";
  /** A file of `src` that asks for it. */
  readonly reader: string;
}

const both = ["function", "provider"] as const;
const anywhere = ["function", "provider", "member"] as const;
const onFunctions = ["function"] as const;
const onProviders = ["provider"] as const;

const policies = Object.fromEntries(policyTagNames.map((name) => [name, policyTag(name)])) as Readonly<
  Record<PolicyTagName, TagRow>
>;

function policyTag(name: PolicyTagName): TagRow {
  const { onProviders, roles } = policyRows[name];
  const on = onProviders ? both : onFunctions;
  return { on, ...(roles && { roles }), takes: "policy", reader: "plan/policies/policies.ts" };
}

const effects = { on: onFunctions, takes: "flag", reader: "plan/tools/tool-annotations.ts" } as const;

const own = {
  title: { on: both, takes: "text", reader: "plan/tools/served.ts" },
  name: { on: both, takes: "text", reader: "plan/tools/tool-names.ts" },
  readonly: effects,
  pure: { on: both, takes: "flag", reader: "plan/tools/tool-effects.ts" },
  idempotent: effects,
  destructive: { ...effects, roles: ["tool"] },
  openWorld: { ...effects, roles: ["tool"] },
  worker: { on: onFunctions, roles: ["tool"], takes: "flag", reader: "plan/tools/workers.ts" },
  accept: { on: anywhere, takes: "any", reader: "discover/exports/acceptances.ts" },
  tool: { on: onFunctions, takes: "any", reader: "analyze/functions/roles.ts" },
  internal: { on: anywhere, takes: "any", reader: "analyze/functions/functions.ts" },
  ignore: { on: anywhere, takes: "any", reader: "analyze/functions/functions.ts" },
  example: { on: anywhere, takes: "any", reader: "analyze/types/members.ts" },
  deprecated: { on: anywhere, takes: "any", reader: "plan/tools/descriptions.ts" },
  inject: { on: onFunctions, takes: "text", reader: "plan/injection/classify.ts" },
  data: { on: onFunctions, takes: "text", reader: "plan/injection/classify.ts" },
  ...policies,
  icon: { on: onFunctions, roles: ["tool", "resource", "prompt"], takes: "lines", reader: "plan/surface/icons.ts" },
  from: { on: onFunctions, takes: "lines", reader: "plan/injection/from-tags.ts" },
  header: { on: onFunctions, roles: ["tool"], takes: "lines", reader: "plan/surface/headers.ts" },
  requires: { on: onFunctions, takes: "text", reader: "plan/surface/requires.ts" },
  provider: { on: onProviders, takes: "any", reader: "analyze/functions/functions.ts" },
  tools: { on: ["class"], takes: "flag", reader: "analyze/functions/groups.ts" },
  resource: { on: onFunctions, takes: "text", reader: "plan/resources/resources.ts" },
  mimeType: {
    on: onFunctions,
    roles: ["tool", "resource"],
    takes: "text",

    reader: "plan/tools/tool-results.ts",
  },
  prompt: { on: onFunctions, takes: "flag", reader: "analyze/functions/roles.ts" },
  completes: { on: onFunctions, takes: "text", reader: "plan/prompts/completions.ts" },
  scope: { on: onProviders, takes: "text", reader: "analyze/injection/provider-tags.ts" },
  pool: { on: onProviders, takes: "policy", reader: "plan/injection/pools.ts" },
  config: { on: ["type"], takes: "text", reader: "analyze/config/config.ts" },
  env: { on: ["variable"], takes: "text", reader: "analyze/config/config-tags.ts" },
  secret: { on: ["variable"], takes: "flag", reader: "analyze/config/config-tags.ts" },
} as const satisfies Readonly<Record<string, TagRow>>;

export type TagName = keyof typeof own;

export const tags: Readonly<Record<TagName, TagRow>> = own;

const names = Object.keys(own) as readonly TagName[];

/** In the order of the rows. */
export function tagsThat(holds: (row: TagRow) => boolean): readonly TagName[] {
  return names.filter((name) => holds(tags[name]));
}

export function tagRow(name: string): TagRow | undefined {
  return Object.hasOwn(own, name) ? tags[name as TagName] : undefined;
}

/** Documentation tags of JSDoc, TSDoc and TypeDoc, and those of others that look like one of ours: never taken for a slip. */
const documentation: ReadonlySet<string> = new Set(
  `
  abstract access alias alpha arg argument async augments author beta borrows callback category class classdesc
  constant constructor constructs copyright decorator default defaultValue defaultvalue desc description emits enum
  event eventProperty exception experimental export exports extends external file fires func function generator global
  group hidden hideconstructor host implements inheritDoc inheritdoc inner instance interface kind label lends license
  link linkcode linkplain listens member memberOf memberof method mixes mixin module namespace override overload
  overview packageDocumentation param parameter privateRemarks private prop property protected public remarks return
  returns satisfies sealed see since static summary template this throw throws todo tutorial type typeParam typedef var
  variation version virtual yield yields usage note warning internalRemarks security
  apiDefault date form formatted ignoreme names pre provides readOnly sample source watch
  `
    .trim()
    .split(/\s+/),
);

/** Those that hold the description, in this order, where a comment has no text of its own. */
export const descriptionTags: readonly string[] = ["summary", "description", "desc"];

export function isDocumentation(name: string): boolean {
  return documentation.has(name);
}

/** Those of documentation that mcpgen reads where they stand in the middle of a line. */
const readInLine: ReadonlySet<string> = new Set(["param", "return", "returns", "throws", "default"]);

/** Whether it begins a tag in the middle of a line too: `How many. @title Count`. Constraints do as well. */
export function isInlineTag(name: string): boolean {
  return tagRow(name) !== undefined || readInLine.has(name);
}
