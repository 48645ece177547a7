/** What a page of `mcpgen explain @TAG` holds. */
import type { JsonValue } from "../../model/json.js";

export interface PolicyPage {
  readonly title: string;
  /** Paragraphs. */
  readonly text: readonly string[];
  /** The tag as short as it can be, where that is neither its name alone nor a policy's. */
  readonly shortest?: string;
  /** What each key means; `required` or its default in parentheses. */
  readonly keys: Readonly<Record<string, string>>;
  /** A whole source file. */
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
