// What is counted of requests to other services. Hosts are no labels: they may come from arguments.
import { metrics } from "../metrics/metrics.js";
import { describeMetric } from "../metrics/registry.js";

const names = {
  duration: "http_client_request_duration_seconds",
  running: "http_client_requests_running",
} as const;

describeMetric(names.duration, "How long requests to other services took, attempts and reading included, in seconds.");
describeMetric(names.running, "Requests to other services that are running.");

const known: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS", "PUT", "DELETE", "POST", "PATCH"]);

let running = 0;

/** Call the result once, with the status or the kind of failure that the request ended with. */
export function measureRequest(method: string): (outcome: string) => void {
  const started = performance.now();
  running += 1;
  metrics.gauge(names.running, running);
  return (outcome) => {
    running -= 1;
    metrics.gauge(names.running, running);
    const labels = { method: known.has(method) ? method : "_OTHER", outcome };
    metrics.record(names.duration, (performance.now() - started) / 1_000, labels);
  };
}
