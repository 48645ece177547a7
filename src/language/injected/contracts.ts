/** What the server itself hands to functions, a row each. */
import type { ContractRow } from "./injected-row.js";

const ofCall = { package: "mcpgen", scope: "call", effects: {}, equips: [] } as const;
const ofServer = { package: "mcpgen", scope: "server", equips: [] } as const;

/** Who can be asked answers for himself, in the session that the question goes to. */
const asking = { ...ofCall, readsCaller: true, equips: ["client", "sessions"] } as const;

export const contracts = {
  Caller: { ...ofCall, member: "caller", mayMiss: true, readsCaller: true, fixture: "inject-caller" },
  Context: {
    ...asking,
    member: "context",
    effects: { "Context.waitUntil": "pure", "Context.progress": "pure" },
    givesTags: true,
    fixture: "inject-context",
  },
  RequestInfo: { ...ofCall, member: "requestInfo", readsCaller: true, fixture: "inject-request-info" },
  Elicit: { ...asking, member: "elicit", fixture: "tools-elicit-type" },
  Sample: { ...asking, member: "sample", fixture: "tools-sample" },
  Progress: { ...ofCall, member: "progress", fixture: "inject-progress" },
  AbortSignal: {
    ...ofCall,
    package: "language",
    member: "signal",
    // That a client has cancelled is noticed in its session.
    equips: ["sessions"],
    fixture: "inject-signal",
  },
  Tool: { ...ofCall, member: "tools", fixture: "tools-tool" },
  Logger: {
    ...ofServer,
    member: "log",
    source: { module: "logging/logger.ts", export: "log" },
    effects: { "Logger.*": "pure" },
    fixture: "inject-logger",
  },
  Metrics: {
    ...ofServer,
    member: "metrics",
    source: { module: "metrics/metrics.ts", export: "metrics" },
    effects: { "Metrics.*": "pure" },
    fixture: "inject-metrics",
  },
} as const satisfies Readonly<Record<string, ContractRow>>;
