// The metrics of this process, for functions, policies and the server itself. Nothing that they are given and nothing
// that a sink does can make them throw or wait.
import type { Metrics } from "../contracts/index.js";
import { update, type MetricKind } from "./registry.js";

export const metrics: Metrics = {
  increment: (name, by = 1, labels = {}) => observe("counter", { name, value: by, labels }),
  record: (name, value, labels = {}) => observe("histogram", { name, value, labels }),
  gauge: (name, value, labels = {}) => observe("gauge", { name, value, labels }),
};

interface Observation {
  readonly name: unknown;
  readonly value: unknown;
  readonly labels: unknown;
}

function observe(kind: MetricKind, { name, value, labels }: Observation): void {
  try {
    update(kind, { name: String(name), value: Number(value), labels });
  } catch {
    // Names and labels are the caller's code: a getter or a `toString` of theirs may throw.
  }
}
