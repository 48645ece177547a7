/** What there is to say about a policy: how its tag is written, where it applies, what it demands, what its page tells. */
import type { Role } from "../../model/api.js";
import type { JsonValue } from "../../model/json.js";
import type { PolicyLayer, ResultPlan } from "../../model/plan.js";

/** One policy. A new one is a row in one of the families beside this file. */
export interface PolicyRow {
  /** Above a provider it wraps the asynchronous methods of what the provider makes. */
  readonly onProviders: boolean;
  /** The roles of the functions that it says something of; all where absent. */
  readonly roles?: readonly Role[];
  readonly grammar: PolicyGrammar;
  /** What it puts around a call; nothing where it makes another tool of the function. */
  readonly layers: readonly LayerRow[];
  /** Durations of which the first cannot be longer than the second, by their keys. */
  readonly within?: readonly (readonly [part: string, whole: string])[];
  readonly demands: readonly Demand[];
  readonly page: PageTexts;
}

/** How a tag is written: values by their keys, on one line. */
export interface TagGrammar {
  /** The keys of values that are written without one, in order; a list takes all that are left. */
  readonly positions: readonly string[];
  readonly keys: Readonly<Record<string, ValueKind>>;
  /** At least one of these has to be there. */
  readonly required: readonly string[];
  /** The tag at its shortest. */
  readonly shortest: string;
}

/** What each key means, too: with `required` or its default in parentheses. */
interface PolicyGrammar extends TagGrammar {
  readonly keys: Readonly<Record<string, ValueKind & { readonly means: string }>>;
}

export type ValueKind =
  /** A number and a unit: `500ms`. */
  | { readonly kind: "duration"; readonly zero?: true }
  | { readonly kind: "integer"; readonly least: number }
  /** More than nothing and at most all: `50%`. */
  | { readonly kind: "percentage" }
  /** `1MiB`, `100kB`: how many bytes. */
  | { readonly kind: "bytes" }
  /** `100/min`. */
  | { readonly kind: "limit" }
  | { readonly kind: "choice"; readonly values: readonly string[] }
  /** What failed, in words between commas or blanks: `unavailable,409,ECONNRESET`. */
  | { readonly kind: "failures" }
  | { readonly kind: "name" }
  /** What the tool is called. */
  | { readonly kind: "toolName" }
  /** A text that names arguments in braces: `user:{userId}`. */
  | { readonly kind: "template" }
  | { readonly kind: "templates" };

export interface LayerRow extends Omit<PolicyLayer, "tag"> {
  /** In the one order, in which the least is the outermost; the runtime's is `kinds` of `policies/policy.ts`. */
  readonly place: number;
  /** Made of this key alone, and only where it is set; else of all of them. */
  readonly key?: string;
}

/** What a policy assumes of the function, without which it would do harm. */
export interface Demand {
  readonly code: `MG${number}`;
  /** Continues the function's name. */
  readonly otherwise: string;
  /** Whose value is to blame; absent where the tag is. */
  readonly key?: string;
  /** `written`: the value of a key, as a text. */
  isMet(facts: Facts, written: (key: string) => string | undefined): boolean;
}

/** As the tags say, or as the body shows. */
export interface Facts {
  /** Calling it changes nothing. */
  readonly readonly: boolean;
  /** Calling it twice is calling it once. */
  readonly idempotent: boolean;
  /** Its result may depend on who calls: it, or something that it needs, is told. */
  readonly readsCaller: boolean;
  readonly result: ResultPlan["kind"];
}

/** What `mcpgen explain @TAG` tells beside the keys. */
export interface PageTexts {
  readonly title: string;
  /** Paragraphs. */
  readonly text: readonly string[];
  /** A whole source file, which a test builds. */
  readonly example: string;
  readonly calls: readonly PageCall[];
}

/** A call of the example, and what comes of it: the text of its answer, or of its error. */
export interface PageCall {
  readonly tool: string;
  readonly arguments?: Readonly<Record<string, JsonValue>>;
  readonly answer: string;
  readonly fails?: true;
}

export const duration = { kind: "duration" } as const;
export const count = { kind: "integer", least: 1 } as const;

export function choice<const Values extends readonly string[]>(...values: Values) {
  return { kind: "choice", values } as const;
}

export const onMethods =
  "Above a provider it guards each asynchronous method of what the provider makes; synchronous methods and properties stay as they are.";
