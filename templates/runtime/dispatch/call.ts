// `tools/call`: validate and decode → the function, in a context of its own → encode and check the result.
import { isRequired, propertiesOf } from "../arguments/json-schema.js";
import { parseArguments } from "../arguments/parse.js";
import type { CallEnvironment } from "../context/environment.js";
import { runRequest, type Request } from "../context/request.js";
import { presentError } from "../errors/present.js";
import { limitResult } from "../results/limit.js";
import { presentResult } from "../results/present.js";
import { errorResult, type CallResult } from "../results/result.js";
import type { ToolDefinition } from "../tools/definition.js";
import { result, type Reply } from "./reply.js";
import type { SurfaceTool } from "./surface.js";

export type CallTool = (given: unknown, environment: CallEnvironment) => Promise<Reply>;

export function createCall(tool: ToolDefinition, surface: SurfaceTool): CallTool {
  const schemas = { tool: tool.name, input: tool.input, inputSchema: surface.inputSchema };
  const narrowing = optionalArguments(surface);

  const run = async (given: unknown, { contracts }: Request): Promise<CallResult> => {
    const parsed = parseArguments(schemas, given);
    if (parsed.kind === "invalid") return errorResult(parsed.text);
    const value = await tool.call(parsed.input, contracts);
    return limitResult(presentResult(tool, value), tool.name, narrowing);
  };

  return (given, environment) =>
    runRequest(tool.name, environment, async (request) => {
      try {
        const answer = await run(given, request);
        return environment.signal.aborted ? cancelled : result(answer);
      } catch (error) {
        // Nobody waits for the outcome any more: it is not a failure.
        if (environment.signal.aborted) return cancelled;
        return result(errorResult(presentError(error, { tool: tool.name, requestId: request.requestId })));
      }
    });
}

const cancelled: Reply = { kind: "cancelled" };

/** By these a call can ask for less. */
function optionalArguments({ inputSchema }: SurfaceTool): readonly string[] {
  const names = Object.keys(propertiesOf(inputSchema));
  return names.filter((name) => !isRequired(inputSchema, name)).map((name) => `\`${name}\``);
}
