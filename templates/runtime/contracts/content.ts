// The specification's content types: a function that returns one decides itself what the client gets.
// Copied by mcpgen as it is; only types, so nothing of it is left at run time.

export type Content = TextContent | ImageContent | AudioContent | ResourceLink | EmbeddedResource;

export interface TextContent extends ContentBase {
  readonly type: "text";
  readonly text: string;
}

export interface ImageContent extends ContentBase {
  readonly type: "image";
  /** Base64. */
  readonly data: string;
  /** Such as `image/png`. */
  readonly mimeType: string;
}

export interface AudioContent extends ContentBase {
  readonly type: "audio";
  /** Base64. */
  readonly data: string;
  /** Such as `audio/wav`. */
  readonly mimeType: string;
}

/** Points to something that the client may read; its contents are not sent along. */
export interface ResourceLink extends ContentBase {
  readonly type: "resource_link";
  readonly uri: string;
  readonly name: string;
  readonly title?: string;
  readonly description?: string;
  readonly mimeType?: string;
  /** In bytes. */
  readonly size?: number;
}

export interface EmbeddedResource extends ContentBase {
  readonly type: "resource";
  readonly resource: TextResource | BlobResource;
}

export interface TextResource {
  readonly uri: string;
  readonly mimeType?: string;
  readonly text: string;
}

export interface BlobResource {
  readonly uri: string;
  readonly mimeType?: string;
  /** Base64. */
  readonly blob: string;
}

/** A whole answer: several pieces of content, or a failure in the function's own words. */
export interface CallToolResult {
  readonly content: readonly Content[];
  readonly structuredContent?: Readonly<Record<string, unknown>>;
  readonly isError?: boolean;
  readonly _meta?: Readonly<Record<string, unknown>>;
}

interface ContentBase {
  readonly annotations?: Annotations;
  readonly _meta?: Readonly<Record<string, unknown>>;
}

/** Hints for the client's display. */
export interface Annotations {
  readonly audience?: readonly ("user" | "assistant")[];
  /** From 0, optional, to 1, required. */
  readonly priority?: number;
  /** ISO 8601. */
  readonly lastModified?: string;
}
