/** All tools → generated/surface.json: what `tools/list` answers, word for word. */
import type { Definition } from "../../model/api.js";
import type { JsonObject } from "../../model/json.js";
import type { ToolPlan } from "../../model/plan.js";
import { rootSchema } from "../schemas/json-schema.js";

export function renderSurface(
  tools: readonly ToolPlan[],
  definitions: Readonly<Record<string, Definition>>,
): JsonObject {
  return { tools: tools.map((tool) => describeTool(tool, definitions)) };
}

/** The order of keys is part of the bytes. */
export function describeTool(tool: ToolPlan, definitions: Readonly<Record<string, Definition>>): JsonObject {
  const { result } = tool;
  const { readOnlyHint, destructiveHint, idempotentHint, openWorldHint } = tool.annotations;
  const annotations = {
    ...(readOnlyHint !== undefined && { readOnlyHint }),
    ...(destructiveHint !== undefined && { destructiveHint }),
    ...(idempotentHint !== undefined && { idempotentHint }),
    ...(openWorldHint !== undefined && { openWorldHint }),
  };
  return {
    name: tool.name,
    ...(tool.title !== undefined && { title: tool.title }),
    description: tool.description,
    inputSchema: rootSchema(tool.input, "input", definitions),
    ...(result.kind === "structured" && {
      outputSchema: rootSchema(result.wrapped ?? result.type, "output", definitions),
    }),
    ...(Object.keys(annotations).length > 0 && { annotations }),
  };
}
