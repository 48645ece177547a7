/** MCP's content types where they stand inside a value: told apart by their `type`. */
import type { ContentNode } from "../../model/types.js";

/** The constant `type` of a piece of content; a whole result has none. */
export const contentTypes: Readonly<Record<ContentNode["content"], string | undefined>> = {
  TextContent: "text",
  ImageContent: "image",
  AudioContent: "audio",
  ResourceLink: "resource_link",
  EmbeddedResource: "resource",
  CallToolResult: undefined,
  PromptMessage: undefined,
};
