/** What a page of `mcpgen explain @TAG` holds. */
import type { DiagnosticCode } from "../../diagnostics/catalog.js";
import type { JsonValue } from "../../model/json.js";

export interface TagPage {
  readonly title: string;
  /** Paragraphs. */
  readonly text: readonly string[];
  /** The tag as short as it can be, where that is neither its name alone nor a policy's. */
  readonly shortest?: string;
  /** What is told of it where it says something wrong. */
  readonly refused?: readonly DiagnosticCode[];
  /** What each key means; `required` or its default in parentheses. */
  readonly keys: Readonly<Record<string, string>>;
  /** A whole source file. */
  readonly example: string;
  readonly calls: readonly (PageCall | PageReading)[];
}

/** The page of a policy, whose keys say what is refused. */
export type PolicyPage = TagPage & { readonly calls: readonly PageCall[] };

/** A call of the example, and what comes of it: the text of its answer, or of its error. */
export interface PageCall {
  readonly tool: string;
  readonly arguments?: Readonly<Record<string, JsonValue>>;
  readonly answer: string;
  readonly fails?: true;
}

/** What a client asks beside calls. */
export type PageReading =
  | { readonly resource: string; readonly type: string; readonly answer: string }
  | { readonly prompt: string; readonly arguments: Readonly<Record<string, string>>; readonly answer: string }
  | { readonly completes: string; readonly argument: string; readonly typed: string; readonly answer: string };
