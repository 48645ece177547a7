/** What will be generated. Knows MCP; knows nothing of TypeScript syntax. */
import type { Definition, ExportReference, InputFile } from "./api.js";
import type { JsonValue } from "./json.js";
import type { Span } from "./span.js";
import type { ObjectNode, TypeNode } from "./types.js";

export interface ServerPlan {
  readonly name: string;
  readonly title?: string;
  readonly description?: string;
  /** Sorted by name, by code units: `tools/list` must not depend on file order. */
  readonly tools: readonly ToolPlan[];
  readonly definitions: Readonly<Record<string, Definition>>;
  readonly inputs: readonly InputFile[];
  readonly project: ProjectPlan;
}

/** Where the output stands in relation to the source; all paths relative, forward slashes. */
export interface ProjectPlan {
  /** From the output folder to the project root (where `ApiModel` paths start): `..`. */
  readonly rootFromOutput: string;
  /** The source folder relative to the project root. */
  readonly source: string;
  /** The output folder relative to the project root. */
  readonly output: string;
  /** The user's tsconfig relative to the project root, whose options the output inherits. */
  readonly tsconfig?: string;
}

export interface ToolPlan {
  readonly name: string;
  readonly title?: string;
  readonly description: string;
  readonly annotations: Annotations;
  /** The arguments: the root object of the input schema. */
  readonly input: ObjectNode;
  readonly result: ResultPlan;
  readonly call: CallPlan;
  /** Arguments of an `@example`, for the generated test. */
  readonly example?: Readonly<Record<string, JsonValue>>;
  readonly span: Span;
}

/** MCP's tool annotations; only what is known is set. */
export interface Annotations {
  readonly readOnlyHint?: boolean;
  readonly destructiveHint?: boolean;
  readonly idempotentHint?: boolean;
  readonly openWorldHint?: boolean;
}

/** How a return value becomes a `CallToolResult` (DESIGN §2.4). */
export type ResultPlan =
  /** A JSON object: `structuredContent`, the same as text, and an `outputSchema`. */
  | { readonly kind: "structured"; readonly type: TypeNode }
  /** Primitives, arrays and unions with them: JSON as text; a bare string is the text itself. */
  | { readonly kind: "text"; readonly type: TypeNode }
  | { readonly kind: "empty" }
  /** MCP content: passed through. */
  | { readonly kind: "content" };

/** `callee(...arguments)`, in the function's own parameter order. */
export interface CallPlan {
  readonly callee: ExportReference;
  readonly arguments: readonly ArgumentPlan[];
}

export type ArgumentPlan =
  /** The whole argument object: a single object parameter whose properties are the arguments. */
  | { readonly kind: "all"; readonly cast: boolean }
  | { readonly kind: "argument"; readonly name: string; readonly cast: boolean }
  /** Spread: an absent rest argument is no argument at all. */
  | { readonly kind: "rest"; readonly name: string; readonly cast: boolean; readonly optional: boolean }
  | { readonly kind: "contract"; readonly contract: ContractName };

/** The dependencies that mcpgen itself provides; each is a member of the runtime's `Contracts`. */
export type ContractName = "Context" | "Logger" | "AbortSignal";
