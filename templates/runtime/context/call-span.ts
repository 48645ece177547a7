// A call as OpenTelemetry's conventions for MCP describe it.
import type { CallEnvironment } from "../call/environment.js";
import type { Outcome } from "../errors/kinds.js";
import type { Span, SpanStart } from "../tracing/span.js";

export function spanOfCall(tool: string, { wire }: CallEnvironment): SpanStart {
  return {
    name: `tools/call ${tool}`,
    kind: "server",
    attributes: {
      "mcp.method.name": "tools/call",
      "gen_ai.operation.name": "execute_tool",
      "gen_ai.tool.name": tool,
      "mcp.session.id": wire?.sessionId,
      "jsonrpc.request.id": wire?.requestId,
      "network.transport": wire?.transport,
    },
  };
}

/** The conventions have one word for all results that are errors; ours says what kind of error it was. */
export function noteOutcome(span: Span, outcome: Outcome): void {
  span.set({ "mcp.tool.outcome": outcome });
  if (outcome !== "ok") span.fail(outcome === "cancelled" ? outcome : "tool_error");
}
