// The registry → the text that Prometheus reads (format 0.0.4). Loaded when `/metrics` is first asked for.
import { labelText } from "./labels.js";
import { processMetrics, type Reading } from "./process.js";
import { allMetrics, descriptionOf, dropped, type Metric, type Series } from "./registry.js";

export const contentType = "text/plain; version=0.0.4; charset=utf-8";

export async function exposeMetrics(): Promise<string> {
  const readings = [...(await processMetrics()), ...droppedMetrics()].map(showReading);
  // By code units, so that two scrapes can be compared.
  const names = [...allMetrics.keys()].sort();
  const counted = names.map((name) => allMetrics.get(name)).map((metric) => (metric ? showMetric(metric) : []));
  return `${[...counted, ...readings].flat().join("\n")}\n`;
}

function droppedMetrics(): readonly Reading[] {
  if (dropped.size === 0) return [];
  return [
    {
      name: "mcp_metrics_dropped_total",
      kind: "counter",
      description: "Observations that were not counted: a bad name or value, another kind, too many label values.",
      samples: [...dropped].map(([reason, value]) => ({ labels: { reason }, value })),
    },
  ];
}

function showReading({ name, kind, description, samples }: Reading): readonly string[] {
  return [
    ...showHead({ name, kind, description }),
    ...samples.map(({ labels, value }) => showSample(name, labelText(labels), value)),
  ];
}

function showMetric(metric: Metric): readonly string[] {
  const { kind, name } = metric;
  const show = kind === "histogram" ? showHistogram : showValue;
  return [
    ...showHead({ name, kind, description: descriptionOf(name) }),
    ...[...metric.series]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([labels, series]) => show(metric, labels, series)),
  ];
}

interface Head {
  readonly name: string;
  readonly kind: string;
  readonly description: string | undefined;
}

function showHead({ name, kind, description }: Head): readonly string[] {
  const help = description?.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
  return [...(help === undefined ? [] : [`# HELP ${name} ${help}`]), `# TYPE ${name} ${kind}`];
}

function showValue({ name }: Metric, labels: string, { value }: Series): readonly string[] {
  return [showSample(name, labels, value)];
}

function showHistogram({ name, bounds }: Metric, labels: string, { counts, value }: Series): readonly string[] {
  let total = 0;
  const buckets = counts.map((count, index) => {
    total += count;
    const le = `le="${showNumber(bounds[index] ?? Number.POSITIVE_INFINITY)}"`;
    return showSample(`${name}_bucket`, labels === "" ? le : `${labels},${le}`, total);
  });
  return [...buckets, showSample(`${name}_sum`, labels, value), showSample(`${name}_count`, labels, total)];
}

function showSample(name: string, labels: string, value: number): string {
  return `${name}${labels === "" ? "" : `{${labels}}`} ${showNumber(value)}`;
}

function showNumber(value: number): string {
  return value === Number.POSITIVE_INFINITY ? "+Inf" : String(value);
}
