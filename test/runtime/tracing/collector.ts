// Stands in for an OpenTelemetry collector: takes OTLP over HTTP as JSON and keeps what it was sent.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface CollectedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly traceState?: string;
  readonly name: string;
  /** 1 internal, 2 server, 3 client. */
  readonly kind: number;
  readonly status: { readonly code?: number; readonly message?: string };
  readonly attributes: readonly Attribute[];
}

interface Attribute {
  readonly key: string;
  readonly value: { readonly stringValue?: string; readonly intValue?: number | string; readonly doubleValue?: number };
}

export interface CollectedMetric {
  readonly name: string;
  readonly unit?: string;
  readonly [kind: string]: unknown;
}

interface Export {
  readonly resource: { readonly attributes: readonly Attribute[] };
  readonly scopeSpans?: readonly { readonly spans: readonly CollectedSpan[] }[];
  readonly scopeMetrics?: readonly { readonly metrics: readonly CollectedMetric[] }[];
}

export interface Collector {
  readonly url: string;
  readonly spans: () => readonly CollectedSpan[];
  /** The last of each name. */
  readonly metrics: () => ReadonlyMap<string, CollectedMetric>;
  readonly resources: () => readonly Readonly<Record<string, unknown>>[];
  close(): void;
}

/** One that is `deaf` takes what it is sent and never answers. */
export async function startCollector({ deaf = false } = {}): Promise<Collector> {
  const exports: Export[] = [];
  const server = createServer((request, response) => {
    let text = "";
    request.setEncoding("utf8").on("data", (chunk: string) => (text = text.concat(chunk)));
    request.on("end", () => {
      const body = JSON.parse(text) as { resourceSpans?: Export[]; resourceMetrics?: Export[] };
      exports.push(...(body.resourceSpans ?? []), ...(body.resourceMetrics ?? []));
      if (!deaf) response.writeHead(200, { "content-type": "application/json" }).end("{}");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    spans: () => exports.flatMap(({ scopeSpans = [] }) => scopeSpans.flatMap(({ spans }) => spans)),
    metrics: () =>
      new Map(
        exports
          .flatMap(({ scopeMetrics = [] }) => scopeMetrics.flatMap(({ metrics }) => metrics))
          .map((metric) => [metric.name, metric]),
      ),
    resources: () => exports.map(({ resource }) => valuesOf(resource.attributes)),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

export function valuesOf(attributes: readonly Attribute[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    attributes.map(({ key, value }) => [key, value.stringValue ?? value.doubleValue ?? Number(value.intValue)]),
  );
}
