// Our spans as OpenTelemetry's. What goes wrong there goes wrong there: the work runs once, whatever happens.
import {
  context,
  createTraceState,
  propagation,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Context,
  type Meter,
  type Span as OpenSpan,
  type Tracer as OpenTracer,
} from "@opentelemetry/api";
import { currentScope } from "../call/scope.js";
import { classifyError } from "../errors/classify.js";
import type { Span, SpanStart, Tracer } from "./span.js";

const kinds = { client: SpanKind.CLIENT, server: SpanKind.SERVER, internal: SpanKind.INTERNAL };

/** Seconds, as the conventions want them for this histogram. */
const durations = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 120, 300];

/** With a meter, what serves a request is measured too, by the conventions for MCP. */
export function createTracer(tracer: OpenTracer, meter: Meter | undefined): Tracer {
  const served = meter?.createHistogram("mcp.server.operation.duration", {
    description: "How long requests of clients took.",
    unit: "s",
    advice: { explicitBucketBoundaries: durations },
  });
  return {
    run: async ({ name, kind = "internal", attributes = {} }, work) => {
      const parent = kind === "server" ? parentOfCall() : context.active();
      const span = tracer.startSpan(name, { kind: kinds[kind], attributes }, parent);
      const running = openSpan(span);
      const started = performance.now();
      try {
        return await context.with(trace.setSpan(parent, span), () => work(running));
      } catch (error) {
        running.fail(classifyError(error).kind);
        throw error;
      } finally {
        span.end();
        if (kind === "server")
          served?.record((performance.now() - started) / 1_000, measured(attributes, running.failure));
      }
    },
    headers: () => {
      const headers: Record<string, string> = {};
      propagation.inject(context.active(), headers);
      return headers;
    },
  };
}

/** The client's span, or none: a call is never part of whatever else runs. */
function parentOfCall(): Context {
  const { traceId, parentId, flags, state } = currentScope()?.trace ?? {};
  if (traceId === undefined || parentId === undefined || flags === undefined) return ROOT_CONTEXT;
  return trace.setSpanContext(ROOT_CONTEXT, {
    traceId,
    spanId: parentId,
    traceFlags: Number.parseInt(flags, 16) & 1,
    isRemote: true,
    ...(state !== undefined && { traceState: createTraceState(state) }),
  });
}

interface Running extends Span {
  failure: string | undefined;
}

function openSpan(span: OpenSpan): Running {
  const running: Running = {
    failure: undefined,
    set: (attributes) => void span.setAttributes(attributes),
    fail: (type) => {
      running.failure = type;
      span.setAttribute("error.type", type);
      span.setStatus({ code: SpanStatusCode.ERROR });
    },
  };
  return running;
}

const measuredNames = ["mcp.method.name", "gen_ai.tool.name", "gen_ai.operation.name", "network.transport"] as const;

function measured(attributes: SpanStart["attributes"], failure: string | undefined): Record<string, string> {
  const chosen = measuredNames.flatMap((name) => {
    const value = attributes?.[name];
    return value === undefined ? [] : [[name, String(value)] as const];
  });
  return Object.fromEntries(failure === undefined ? chosen : [...chosen, ["error.type", failure]]);
}
