// The SDK of OpenTelemetry, set up by its own environment variables: spans and metrics go out over OTLP/HTTP as JSON.
// It is registered for the whole process, so that what functions trace themselves is part of the same traces.
import { diag, DiagLogLevel } from "@opentelemetry/api";
import { OTLPMetricExporter } from "@opentelemetry/exporter-metrics-otlp-http";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { defaultResource, detectResources, envDetector, resourceFromAttributes } from "@opentelemetry/resources";
import { MeterProvider, PeriodicExportingMetricReader } from "@opentelemetry/sdk-metrics";
import { BatchSpanProcessor, NodeTracerProvider, RandomIdGenerator } from "@opentelemetry/sdk-trace-node";
import { currentScope } from "../call/scope.js";
import { closeWithServers } from "../lifecycle/resources.js";
import { log } from "../logging/logger.js";
import type { Signals } from "./environment.js";
import { forwardToMeter } from "./meter.js";
import { traceWith } from "./span.js";
import { createTracer } from "./tracer.js";

/** For what is still unsent at the end. A collector that is down would take longer than anybody waits. */
const flushMilliseconds = 3_000;
const complaintMilliseconds = 60_000;

interface Provider {
  shutdown(): Promise<void>;
}

export function startOpenTelemetry(
  server: { readonly name: string; readonly version: string },
  signals: Signals,
): void {
  complainThroughLog();
  const resource = defaultResource()
    .merge(resourceFromAttributes({ "service.name": server.name, "service.version": server.version }))
    // OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES come last: they are the operator's.
    .merge(detectResources({ detectors: [envDetector] }));
  const metrics = signals.metrics ? startMetrics(resource) : undefined;
  const stopForwarding = metrics && forwardToMeter(metrics.getMeter("mcpgen"));
  const traces = signals.traces ? startTraces(resource, metrics) : undefined;
  closeWithServers(async () => {
    traceWith(undefined);
    stopForwarding?.();
    await flush([traces, metrics].filter((provider) => provider !== undefined));
  });
}

type Resource = ReturnType<typeof defaultResource>;

function startTraces(resource: Resource, metrics: MeterProvider | undefined): Provider {
  const random = new RandomIdGenerator();
  const provider = new NodeTracerProvider({
    resource,
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
    idGenerator: {
      // A call that begins a trace gives it its own id: what the log says can be looked up among the traces.
      generateTraceId: () => currentScope()?.trace?.traceId ?? random.generateTraceId(),
      generateSpanId: () => random.generateSpanId(),
    },
  });
  provider.register();
  traceWith(createTracer(provider.getTracer("mcpgen"), metrics?.getMeter("mcpgen")));
  return provider;
}

function startMetrics(resource: Resource): MeterProvider {
  const exportIntervalMillis = Number(process.env["OTEL_METRIC_EXPORT_INTERVAL"] || 60_000);
  const reader = new PeriodicExportingMetricReader({
    exporter: new OTLPMetricExporter(),
    exportIntervalMillis,
    exportTimeoutMillis: Math.min(exportIntervalMillis, 30_000),
  });
  const provider = new MeterProvider({ resource, readers: [reader] });
  return provider;
}

/** The exporters reject when nobody listens: that is no reason for the server to end badly. */
async function flush(providers: readonly Provider[]): Promise<void> {
  const limit = new Promise((resolve) => setTimeout(resolve, flushMilliseconds).unref());
  await Promise.race([Promise.allSettled(providers.map((provider) => provider.shutdown())), limit]);
}

/** Once a minute at most: a collector that is down fails every few seconds. */
function complainThroughLog(): void {
  let last = Number.NEGATIVE_INFINITY;
  const complain = (message: string, ...details: readonly unknown[]): void => {
    if (performance.now() - last < complaintMilliseconds) return;
    last = performance.now();
    log.warn("OpenTelemetry", { problem: message, ...(details.length > 0 && { details }) });
  };
  const quiet = (): void => undefined;
  const logger = { error: complain, warn: complain, info: quiet, debug: quiet, verbose: quiet };
  diag.setLogger(logger, { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
}
