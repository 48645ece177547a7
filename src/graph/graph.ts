/** What a drawing of a server shows: what clients reach, what that needs, and what wraps their calls. Plain data, in a fixed order. */

export interface Graph {
  readonly title: string;
  /** Each after all that needs it. */
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly Edge[];
}

export interface GraphNode {
  /** An identifier: unique, and the same for the same source. */
  readonly id: string;
  readonly kind: NodeKind;
  readonly name: string;
  /** What it is, or where it is from. */
  readonly detail: string;
  /** What the server fills of its arguments, and what wraps its calls, the outermost first. */
  readonly policies: readonly string[];
}

/** `provided`: made by the server itself. `contract`: handed over with each call. */
export type NodeKind = ServedKind | "provider" | "request" | "provided" | "config" | "contract";

/** What clients reach. */
export type ServedKind = "tool" | "resource" | "prompt" | "completion";

/** `from` needs `to`. */
export interface Edge {
  readonly from: string;
  readonly to: string;
}
