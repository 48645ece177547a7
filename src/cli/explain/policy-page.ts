/** What a page of `mcpgen explain @TAG` holds. */
import type { DiagnosticCode } from "../../diagnostics/catalog.js";
import type { PageCall, PageTexts } from "../../language/policies/policy.js";

export interface TagPage extends Omit<PageTexts, "calls"> {
  /** The tag as short as it can be, where that is neither its name alone nor a policy's. */
  readonly shortest?: string;
  /** What is told of it where it says something wrong. */
  readonly refused?: readonly DiagnosticCode[];
  /** What each key means; `required` or its default in parentheses. */
  readonly keys: Readonly<Record<string, string>>;
  readonly calls: readonly (PageCall | PageReading)[];
}

/** The page of a policy, whose keys say what is refused. */
export type PolicyPage = TagPage & { readonly calls: readonly PageCall[] };

/** What a client asks beside calls. */
export type PageReading =
  | { readonly resource: string; readonly type: string; readonly answer: string }
  | { readonly prompt: string; readonly arguments: Readonly<Record<string, string>>; readonly answer: string }
  | { readonly completes: string; readonly argument: string; readonly typed: string; readonly answer: string };
