// All metrics of the process, by name and labels. Bounded: a metric whose labels take ever new values stops taking new
// series, and what it drops is counted.
import type { Metrics } from "../contracts/index.js";
import { boundsFor, findBucket } from "./buckets.js";
import { cleanLabels, cleanName, labelText, type CleanLabels } from "./labels.js";

export type MetricKind = "counter" | "histogram" | "gauge";

export interface Metric {
  readonly kind: MetricKind;
  readonly name: string;
  /** Of a histogram's buckets, ascending; empty for other kinds. */
  readonly bounds: readonly number[];
  /** By the text of their labels. */
  readonly series: Map<string, Series>;
}

export interface Series {
  readonly labels: CleanLabels;
  /** A histogram's sum. */
  value: number;
  /** Observations within each bound and, last, above them all; not cumulative. */
  readonly counts: number[];
}

export type DropReason = "kind" | "metrics" | "name" | "series" | "value";

const maxMetrics = 500;
const maxSeries = 500;

const registered = new Map<string, Metric>();
const descriptions = new Map<string, string>();
const drops = new Map<DropReason, number>();
const sinks = new Set<Metrics>();

export const allMetrics: ReadonlyMap<string, Metric> = registered;
/** How many observations were dropped, and why. */
export const dropped: ReadonlyMap<DropReason, number> = drops;

/** What is counted from now on is counted there too, under its clean name and labels. */
export function forwardMetrics(sink: Metrics): () => void {
  sinks.add(sink);
  return () => sinks.delete(sink);
}

/** The text that explains it at `/metrics`. */
export function describeMetric(name: string, description: string): void {
  descriptions.set(name, description);
}

export function descriptionOf(name: string): string | undefined {
  return descriptions.get(name);
}

interface Observation {
  readonly name: string;
  readonly value: number;
  readonly labels: unknown;
}

export function update(kind: MetricKind, { name, value, labels }: Observation): void {
  bindSeries(kind, name, labels)?.(value);
}

/** For what is counted often: finds its series once. Undefined where there is no room or the name is none. */
export function bindSeries(kind: MetricKind, name: string, labels: unknown): ((value: number) => void) | undefined {
  const metric = findMetric(kind, cleanName(name));
  const series = typeof metric === "string" ? metric : findSeries(metric, cleanLabels(labels));
  if (typeof metric === "object" && typeof series === "object") return (value) => observe(metric, series, value);
  if (typeof series === "string") drop(series);
  return undefined;
}

function observe(metric: Metric, series: Series, value: number): void {
  if (!Number.isFinite(value) || (metric.kind === "counter" && value < 0)) {
    drop("value");
    return;
  }
  if (metric.kind === "gauge") series.value = value;
  else series.value += value;
  if (metric.kind === "histogram") {
    const bucket = findBucket(metric.bounds, value);
    series.counts[bucket] = (series.counts[bucket] ?? 0) + 1;
  }
  for (const sink of sinks) forward(sink, metric, { series, value });
}

function forward(sink: Metrics, { kind, name }: Metric, { series, value }: { series: Series; value: number }): void {
  try {
    if (kind === "counter") sink.increment(name, value, series.labels);
    else if (kind === "histogram") sink.record(name, value, series.labels);
    else sink.gauge(name, value, series.labels);
  } catch {
    // A number that is lost there is no reason for anything to fail here.
  }
}

/** The first use of a name decides what it is. */
function findMetric(kind: MetricKind, name: string | undefined): Metric | DropReason {
  if (name === undefined) return "name";
  const known = registered.get(name);
  if (known !== undefined) return known.kind === kind ? known : "kind";
  if (registered.size >= maxMetrics) return "metrics";
  const metric: Metric = { kind, name, bounds: kind === "histogram" ? boundsFor(name) : [], series: new Map() };
  registered.set(name, metric);
  return metric;
}

function findSeries(metric: Metric, labels: CleanLabels): Series | DropReason {
  const text = labelText(labels);
  const known = metric.series.get(text);
  if (known !== undefined) return known;
  if (metric.series.size >= maxSeries) return "series";
  const counts = metric.kind === "histogram" ? [...metric.bounds, Number.POSITIVE_INFINITY].map(() => 0) : [];
  const series: Series = { labels, value: 0, counts };
  metric.series.set(text, series);
  return series;
}

function drop(reason: DropReason): void {
  drops.set(reason, (drops.get(reason) ?? 0) + 1);
}
