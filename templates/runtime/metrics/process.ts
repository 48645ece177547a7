// The process itself in numbers, read at the moment of the question. The names are those that dashboards for Node
// know.
import type { CleanLabels } from "./labels.js";

/** Counters and gauges that are only known when asked for. */
export interface Reading {
  readonly name: string;
  readonly kind: "counter" | "gauge";
  readonly description: string;
  readonly samples: readonly { readonly labels: CleanLabels; readonly value: number }[];
}

export async function processMetrics(): Promise<readonly Reading[]> {
  const lag = await measureLag();
  const { rss, heapTotal, heapUsed, external, arrayBuffers } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  return [
    gauge("process_resident_memory_bytes", rss, "Memory of the process that is in RAM."),
    gauge("nodejs_heap_size_total_bytes", heapTotal, "Heap that the engine has reserved."),
    gauge("nodejs_heap_size_used_bytes", heapUsed, "Heap in use."),
    gauge("nodejs_external_memory_bytes", external, "Memory of objects outside of the heap."),
    gauge("nodejs_array_buffers_bytes", arrayBuffers, "Memory of buffers, part of the external memory."),
    gauge("nodejs_eventloop_lag_seconds", lag, "How long a callback that was due had to wait just now."),
    gauge("process_start_time_seconds", performance.timeOrigin / 1_000, "When the process started, in Unix time."),
    { ...gauge("process_cpu_seconds_total", (user + system) / 1e6, "CPU time spent."), kind: "counter" },
  ];
}

async function measureLag(): Promise<number> {
  const asked = performance.now();
  await new Promise((resolve) => setImmediate(resolve));
  return (performance.now() - asked) / 1_000;
}

function gauge(name: string, value: number, description: string): Reading {
  return { name, kind: "gauge", description, samples: [{ labels: {}, value }] };
}
