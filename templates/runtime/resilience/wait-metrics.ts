// How many calls of a tool wait for their turn, and how long those waited that got it.
import { metrics } from "../metrics/metrics.js";
import { describeMetric } from "../metrics/registry.js";
import type { GateOptions } from "./gate.js";

describeMetric("mcp_tool_waiting", "Calls of tools that wait for their turn.");
describeMetric("mcp_tool_wait_seconds", "How long calls of tools waited for their turn, in seconds.");

export function measureWaiting(tool: string, policy: string): Required<Pick<GateOptions, "onWaiting" | "onWaited">> {
  const labels = { tool, policy };
  return {
    onWaiting: (waiting) => metrics.gauge("mcp_tool_waiting", waiting, labels),
    onWaited: (milliseconds) => metrics.record("mcp_tool_wait_seconds", milliseconds / 1_000, labels),
  };
}
