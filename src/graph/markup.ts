/** Text → markup. Whatever a user calls a thing, it is text. */
import type { NodeKind } from "./graph.js";

/** Between tags and within the quotes of an attribute. */
export function escapeMarkup(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

/** In the order of a legend. */
export const kindWords: Readonly<Record<NodeKind, string>> = {
  tool: "tool",
  resource: "resource",
  prompt: "prompt",
  completion: "completion",
  provider: "provider, one for the server",
  request: "provider, one for each call",
  provided: "made by the server",
  config: "configuration",
  contract: "handed over by the server",
};

export function kindsOf(nodes: readonly { readonly kind: NodeKind }[]): readonly NodeKind[] {
  const kinds = Object.keys(kindWords) as NodeKind[];
  return kinds.filter((kind) => nodes.some((node) => node.kind === kind));
}
