// `@cache 5m`: a result is kept, for whoever may have it, and given again to the same arguments.
import { countCache } from "../cache/outcomes.js";
import { readSpans, type Spans } from "../cache/stored/entry.js";
import type { Cached, Coalesce } from "../cache/stored/form.js";
import { nameSpace, scopeName, shapeHash, valueHash, withEverything } from "../cache/names.js";
import { resultForm } from "../cache/stored/result-form.js";
import { useCache } from "../cache/tiers.js";
import { openWithServers } from "../lifecycle/resources.js";
import { runUntilDeadline } from "../resilience/time-limit.js";
import type { CallResult } from "../call/result.js";
import { span } from "../tracing/span.js";
import { defaultsOf } from "./defaults.js";
import type { JsonObject, Next, PolicyCall } from "../call/tool-call.js";
import type { Policy, PolicyTool } from "./policy.js";
import { fillTag, fillTemplate } from "./template.js";

export interface CachePolicyOptions extends Spans {
  /** Templates of the tags by which it can be invalidated. */
  readonly tags?: readonly string[];
  /** `private`, the default: a result is given only to the caller whom it was computed for. */
  readonly scope?: "private" | "public";
  /** A template of what tells calls apart, instead of all arguments. */
  readonly key?: string;
  /** Who shares a computation that is under way; default `process`. */
  readonly coalesce?: Coalesce;
}

export function cache(options: CachePolicyOptions): Policy {
  const lifetimes = readSpans(options);
  const { tags = [], coalesce = "process" } = options;
  return {
    kind: "cache",
    bind(tool) {
      const { server } = tool;
      const cached: Cached<CallResult> = { lifetimes, coalesce, form: resultForm, counters: countCache(tool.name) };
      const nameOf = createNames(tool, options);
      const defaults = defaultsOf(tool.inputSchema);
      openWithServers(() => void useCache(server));
      return async (call, next) => {
        const wire = { ...defaults, ...call.wire };
        const key = nameOf(wire, call.caller);
        // Asked for each time: it is another one after the servers have been closed.
        const kept = useCache(server).recall(key, cached);
        if (kept !== undefined) return span(hit, () => Promise.resolve(kept.value));
        const filled = withEverything(tags.map((tag) => fillTag(tag, wire)));
        return limited(call, (within) =>
          span(miss, () =>
            useCache(server).fetch(
              {
                key,
                tags: filled,
                cached,
                compute: ({ signal, leader }) => next({ ...withoutDeadline(call), signal, requestId: leader }),
              },
              within,
            ),
          ),
        );
      };
    },
  };
}

/** Of this process's own memory. What is behind a miss (another tier, another caller's computation) is below it. */
const hit = { name: "cache", attributes: { "cache.hit": true } };
const miss = { name: "cache", attributes: { "cache.hit": false } };

type NameOf = (wire: JsonObject, caller: string | undefined) => string;

function createNames(tool: PolicyTool, { scope = "private", key }: CachePolicyOptions): NameOf {
  const { server, name, inputSchema, outputSchema } = tool;
  const shape = shapeHash({ input: inputSchema, ...(outputSchema && { output: outputSchema }) });
  const prefix = `${nameSpace(server)}${name}:${shape}:`;
  return (wire, caller) =>
    `${prefix}${scopeName(scope, caller)}:${valueHash(key === undefined ? wire : fillTemplate(key, wire))}`;
}

/** Who waits for another's computation waits no longer than their own deadline. */
function limited(call: PolicyCall, next: Next): Promise<CallResult> {
  return call.deadline === undefined ? next(call) : runUntilDeadline(call.deadline - performance.now(), call, next);
}

/** A computation has time limits of its own: those who join it may have come later. */
function withoutDeadline({ deadline: _, ...call }: PolicyCall): PolicyCall {
  return call;
}
