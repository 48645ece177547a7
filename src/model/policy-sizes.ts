/** What mcpgen.json says of policies, as data. */
import type { Span } from "./span.js";

/** Another value for what a tool's tag sets, as mcpgen.json writes it. */
export interface PolicySize {
  readonly tool: string;
  readonly tag: string;
  readonly key: string;
  readonly written: string;
  /** In mcpgen.json: of the tool's name, of the tag's, of the value without its quotes. */
  readonly places: Readonly<Record<"tool" | "tag" | "value", Span | undefined>>;
}
