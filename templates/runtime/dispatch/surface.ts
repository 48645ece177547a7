// The part of `surface.json` that the server reads; the rest of it goes to the client as it is.
import type { JsonSchema } from "../arguments/json-schema.js";
import type { ToolDefinition } from "../tools/definition.js";

export interface Surface {
  /** In the order in which `tools/list` gives them. */
  readonly tools: readonly SurfaceTool[];
}

export interface SurfaceTool {
  readonly name: string;
  readonly inputSchema: JsonSchema;
  readonly outputSchema?: JsonSchema | undefined;
}

/** What is known of a server before any of its modules is loaded. */
export interface Identity {
  readonly name: string;
  readonly version: string;
  readonly surface: Surface;
}

/** Pairs each tool with what the client sees of it. Throws when the two have drifted apart. */
export function pairTools(
  tools: readonly ToolDefinition[],
  surface: Surface,
): ReadonlyMap<string, readonly [ToolDefinition, SurfaceTool]> {
  const listed = new Map(surface.tools.map((tool) => [tool.name, tool]));
  const pairs = new Map<string, readonly [ToolDefinition, SurfaceTool]>();
  const problems: string[] = [];
  for (const tool of tools) {
    const entry = listed.get(tool.name);
    if (pairs.has(tool.name)) problems.push(`two tools are named \`${tool.name}\``);
    if (entry === undefined) problems.push(`\`${tool.name}\` is not in surface.json`);
    else if ((tool.result === "structured") !== (entry.outputSchema !== undefined))
      problems.push(`\`${tool.name}\` and its outputSchema disagree`);
    else pairs.set(tool.name, [tool, entry]);
  }
  const names = new Set(tools.map((tool) => tool.name));
  for (const name of listed.keys())
    if (!names.has(name)) problems.push(`\`${name}\` is in surface.json and nowhere else`);
  if (problems.length > 0) throw new Error(`surface.json is out of date: ${problems.join("; ")}. Run mcpgen build.`);
  return pairs;
}
