// Whether OpenTelemetry is asked for, by the variables that it has for it itself.

type Environment = Readonly<Record<string, string | undefined>>;

export interface Signals {
  readonly traces: boolean;
  readonly metrics: boolean;
}

/** An address to send to is what it takes; `none` as exporter, and OTEL_SDK_DISABLED, take it back. */
export function readSignals(environment: Environment): Signals {
  const isOff = environment["OTEL_SDK_DISABLED"]?.trim().toLowerCase() === "true";
  const isAsked = (signal: string): boolean => {
    const isNone = environment[`OTEL_${signal}_EXPORTER`]?.trim() === "none";
    const endpoint = environment[`OTEL_EXPORTER_OTLP_${signal}_ENDPOINT`] || environment["OTEL_EXPORTER_OTLP_ENDPOINT"];
    return !isOff && !isNone && (endpoint ?? "") !== "";
  };
  return { traces: isAsked("TRACES"), metrics: isAsked("METRICS") };
}
