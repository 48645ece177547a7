// Whether OpenTelemetry is asked for, by the variables that it has for it itself.

type Environment = Readonly<Record<string, string | undefined>>;

export interface Signals {
  readonly traces: boolean;
  readonly metrics: boolean;
}

/** The variable whose address is none; never the address itself, as there may be a key in it. */
export function findWrongEndpoint(environment: Environment): string | undefined {
  const names = ["", "TRACES_", "METRICS_"].map((signal) => `OTEL_EXPORTER_OTLP_${signal}ENDPOINT`);
  return names.find((name) => {
    const text = environment[name] ?? "";
    return text !== "" && !(URL.canParse(text) && /^https?:$/.test(new URL(text).protocol));
  });
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
