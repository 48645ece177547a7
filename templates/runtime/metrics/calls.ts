// What is counted of each tool: calls by outcome, how long they took, how many are running.
import type { Outcome } from "../errors/kinds.js";
import { bindSeries, describeMetric } from "./registry.js";

const names = {
  calls: "mcp_tool_calls_total",
  duration: "mcp_tool_call_duration_seconds",
  running: "mcp_tool_calls_running",
} as const;

describeMetric(names.calls, "Calls of tools that have ended, by outcome.");
describeMetric(names.duration, "How long calls of tools took, in seconds.");
describeMetric(names.running, "Calls of tools that are running.");

/** Once for each tool; what it returns is called when a call begins, and what that returns when it ends. */
export function measureTool(tool: string): () => (outcome: Outcome) => void {
  const outcomes = new Map<Outcome, ((value: number) => void) | undefined>();
  const duration = bindSeries("histogram", names.duration, { tool });
  const gauge = bindSeries("gauge", names.running, { tool });
  let running = 0;

  const count = (outcome: Outcome): void => {
    if (!outcomes.has(outcome)) outcomes.set(outcome, bindSeries("counter", names.calls, { tool, outcome }));
    outcomes.get(outcome)?.(1);
  };

  return () => {
    const started = performance.now();
    running += 1;
    gauge?.(running);
    return (outcome) => {
      running -= 1;
      gauge?.(running);
      count(outcome);
      duration?.((performance.now() - started) / 1_000);
    };
  };
}
