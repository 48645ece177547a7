// What has been counted, by the values of the labels.
import { allMetrics } from "../../../templates/runtime/metrics/registry.js";

type Counts = Readonly<Record<string, number>>;

/** `before`: what was counted until then is taken off. */
export function countsOf(name: string, before: Counts = {}): Counts {
  const counts = [...(allMetrics.get(name)?.series.values() ?? [])].map(({ labels, value }) => {
    const key = Object.values(labels).join(" ");
    return [key, value - (before[key] ?? 0)] as const;
  });
  return Object.fromEntries(counts.filter(([, count]) => count !== 0));
}
