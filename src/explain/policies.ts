/** What is wrapped around the call, the outermost first, and the tags that ask for it. */
import type { Line, Section, Subject } from "./explanation.js";
import type { JsonObject } from "../model/json.js";
import type { StreamPlan } from "../model/plan.js";
import { tagSource } from "./tool.js";

export function explainPolicies(subject: Subject): readonly Section[] {
  const { tool, source } = subject;
  const policies = tool.policies.flatMap(({ kind, tag, options }): readonly Line[] => {
    const origin = tagSource(source.docs.tags, tag) ?? { kind: "rule", text: "mcpgen.json" };
    const set = Object.entries(options);
    if (set.length === 0) return [{ keyword: kind, origin }];
    return set.map(([key, value]) => ({ keyword: `${kind}.${key}`, value, origin }));
  });
  const required = tagSource(source.docs.tags, "requires");
  const scopes = required ? tool.scopes.map((value): Line => ({ keyword: "requires", value, origin: required })) : [];
  const thread = tool.call.worker ? tagSource(source.docs.tags, "worker") : undefined;
  // In a thread of its own is the innermost step.
  const lines = [
    ...scopes,
    ...explainBatch(subject),
    ...explainStream(subject),
    ...policies,
    ...(thread ? [{ keyword: "worker", origin: thread }] : []),
  ];
  return [{ title: "Policies", entries: lines.length > 0 ? [{ path: "", lines }] : [] }];
}

function explainBatch({ tool: { batch }, source }: Subject): readonly Line[] {
  const origin = tagSource(source.docs.tags, "batch");
  if (!batch || !origin) return [];
  const { max, concurrency } = batch;
  return Object.entries({ max, concurrency }).map(([key, value]) => ({ keyword: `batch.${key}`, value, origin }));
}

function explainStream({ tool: { stream }, source }: Subject): readonly Line[] {
  if (!stream) return [];
  const { mode, max, maxBytes } = stream;
  const byType = source.origins?.["type"] ?? {
    kind: "name" as const,
    text: `function ${source.name}`,
    span: source.span,
  };
  const origin = tagSource(source.docs.tags, "stream") ?? byType;
  return Object.entries({ mode, max, maxBytes, ...ownOf(stream) }).map(([key, value]) => ({
    keyword: `stream.${key}`,
    value,
    origin,
  }));
}

/** What other deliveries do not have. */
function ownOf(stream: StreamPlan): JsonObject {
  switch (stream.mode) {
    case "page":
      return { size: stream.size, ttl: stream.ttl, ...stream.reopen };
    case "collect":
      return {};
    case "resource":
      return { ttl: stream.ttl, format: stream.format };
  }
}
