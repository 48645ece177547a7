// What a server carries beside its tools, as its door takes it; the files behind it are copied only where it is used.

/** Starts OpenTelemetry for this server, where the environment asks for it. Never rejects. */
export type StartTelemetry = (server: { readonly name: string; readonly version: string }) => Promise<void>;

/** What Prometheus reads at `/metrics`. */
export type MetricsPage = () => Promise<{ readonly contentType: string; readonly text: string }>;
