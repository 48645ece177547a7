// What the server counts → OpenTelemetry's instruments, under the names that `/metrics` has too.
import type { Meter, MetricOptions, Observable } from "@opentelemetry/api";
import type { Labels } from "../contracts/index.js";
import { boundsFor } from "../metrics/buckets.js";
import { processMetrics } from "../metrics/process.js";
import { descriptionOf, forwardMetrics } from "../metrics/registry.js";

/** Returns how to stop it. */
export function forwardToMeter(meter: Meter): () => void {
  const counters = memoize((name) => meter.createCounter(name, describe(name)));
  const gauges = memoize((name) => meter.createGauge(name, describe(name)));
  const histograms = memoize((name) =>
    meter.createHistogram(name, { ...describe(name), advice: { explicitBucketBoundaries: [...boundsFor(name)] } }),
  );
  const stop = forwardMetrics({
    increment: (name, by = 1, labels: Labels = {}) => counters(name).add(by, labels),
    record: (name, value, labels: Labels = {}) => histograms(name).record(value, labels),
    gauge: (name, value, labels: Labels = {}) => gauges(name).record(value, labels),
  });
  void observeProcess(meter);
  return stop;
}

/** Read whenever the numbers are sent, as they are when `/metrics` is asked for. */
async function observeProcess(meter: Meter): Promise<void> {
  const observables = new Map<string, Observable>();
  for (const { name, kind, description } of await processMetrics()) {
    const options = { description, ...unitOf(name) };
    const isCounter = kind === "counter";
    observables.set(
      name,
      isCounter ? meter.createObservableCounter(name, options) : meter.createObservableGauge(name, options),
    );
  }
  meter.addBatchObservableCallback(
    async (results) => {
      for (const { name, samples } of await processMetrics()) {
        const observable = observables.get(name);
        for (const { value } of samples) if (observable !== undefined) results.observe(observable, value);
      }
    },
    [...observables.values()],
  );
}

function memoize<T>(create: (name: string) => T): (name: string) => T {
  const created = new Map<string, T>();
  return (name) => {
    const known = created.get(name) ?? create(name);
    created.set(name, known);
    return known;
  };
}

function describe(name: string): MetricOptions {
  const description = descriptionOf(name);
  return { ...(description !== undefined && { description }), ...unitOf(name) };
}

function unitOf(name: string): MetricOptions {
  if (/_seconds(?:_total)?$/.test(name)) return { unit: "s" };
  return /_bytes(?:_total)?$/.test(name) ? { unit: "By" } : {};
}
