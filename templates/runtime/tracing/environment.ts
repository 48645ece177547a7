// Whether OpenTelemetry is asked for, by the variables that it has for it itself.

type Environment = Readonly<Record<string, string | undefined>>;

export interface Signals {
  readonly traces: boolean;
  readonly metrics: boolean;
}

/** Throws what whoever runs the server has to mend; never says what the address is, as there may be a key in it. */
export function checkEndpoints(environment: Environment): void {
  for (const signal of ["", "TRACES_", "METRICS_"]) {
    const name = `OTEL_EXPORTER_OTLP_${signal}ENDPOINT`;
    const text = environment[name] ?? "";
    if (text !== "" && !(URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)))
      throw new Error(`${name} is not like http://collector:4318.`);
  }
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
