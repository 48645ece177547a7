/** A tool's result → what a person reads: structured content as JSON, texts as they are, the rest by kind and size. */
export interface ResultContent {
  readonly content: readonly Readonly<Record<string, unknown>>[];
  readonly structuredContent?: unknown;
}

export function describeToolResult({ content, structuredContent }: ResultContent): string {
  if (structuredContent !== undefined) return JSON.stringify(structuredContent, null, 2);
  if (content.length === 0) return "ok, without a result";
  return content.map(describePiece).join("\n");
}

function describePiece(piece: Readonly<Record<string, unknown>>): string {
  const { type, text, data, mimeType, uri, resource } = piece;
  if (type === "text") return String(text);
  if (type === "resource_link") return String(uri);
  if (type === "resource") return describeResource(resource as Readonly<Record<string, unknown>>);
  return `[${String(type)} ${String(mimeType)}, ${size(data)}]`;
}

function describeResource({ uri, mimeType, text, blob }: Readonly<Record<string, unknown>>): string {
  return typeof text === "string" ? text : `[${String(uri)} ${String(mimeType)}, ${size(blob)}]`;
}

/** Of base64. */
function size(data: unknown): string {
  const digits = typeof data === "string" ? data.replace(/=+$/, "").length : 0;
  return `${String(Math.floor((digits * 3) / 4))} bytes`;
}
