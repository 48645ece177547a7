// The contract `Metrics`: numbers about what happens. Only types.

/** Counters, histograms and gauges, for OpenTelemetry and for Prometheus at `/metrics`. Never throws, never waits. */
export interface Metrics {
  /** Adds to a counter; `by` is 1 unless given, and never negative. */
  increment(name: string, by?: number, labels?: Labels): void;
  /** Adds an observation to a histogram. */
  record(name: string, value: number, labels?: Labels): void;
  gauge(name: string, value: number, labels?: Labels): void;
}

/** Few values each: a name, an outcome; never a key or a user. */
export type Labels = Readonly<Record<string, string | number | boolean>>;
