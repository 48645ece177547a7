/** The variables that the runtime reads, a row each: what .env.example says of them, where it is used. */
import { injectedVariables } from "../../language/injected/injected.js";
import type { ServerVariable } from "../../language/injected/injected-row.js";

const isOfMcpgen = ({ name }: ServerVariable): boolean => name.startsWith("MCP_");

export const serverVariables: readonly ServerVariable[] = [
  {
    name: "PORT",
    usedBy: "entry/command.ts",
    docs: "The port of HTTP, unless --http is given one.",
    default: "3000",
  },
  {
    name: "HOST",
    usedBy: "entry/command.ts",
    docs: "The address that HTTP listens on. Anything but 127.0.0.1 can be reached from other machines.",
    default: "127.0.0.1",
  },
  {
    name: "LOG_LEVEL",
    usedBy: "logging/levels.ts",
    docs: "debug, info, warn, error or silent. The log goes to stderr, one JSON object a line.",
    default: "info",
  },
  {
    name: "MCP_ALLOWED_HOSTS",
    usedBy: "http/guards.ts",
    docs: "Host names under which the server is reached, beside localhost, separated by commas.",
  },
  {
    name: "MCP_ALLOWED_ORIGINS",
    usedBy: "http/guards.ts",
    docs: "Web pages that may use the server, as origins (https://app.example.com), separated by commas.",
  },
  {
    name: "MCP_STATE_KEY",
    usedBy: "call/signed.ts",
    docs: "Signs what clients keep for the server: answers, between the rounds of a call that asks them something, and cursors of streams that begin again. Several replicas need the same one; without it each process has its own.",
    secret: true,
  },
  {
    name: "MCP_AUTH_ISSUER",
    usedBy: "auth/settings.ts",
    docs: "The issuer of the tokens that callers send over HTTP (https://login.example.com), exactly as in their `iss` claim. Without it, HTTP serves this machine alone.",
  },
  {
    name: "MCP_AUTH_AUDIENCE",
    usedBy: "auth/settings.ts",
    docs: "The audience of these tokens: the server's own address (https://mcp.example.com/mcp), or its name at the issuer. Several are separated by commas.",
  },
  {
    name: "MCP_AUTH_JWKS_URL",
    usedBy: "auth/settings.ts",
    docs: "The URL of the issuer's public keys, unless its metadata has it.",
  },
  {
    name: "MCP_AUTH_INTROSPECTION_URL",
    usedBy: "auth/settings.ts",
    docs: "The issuer's introspection endpoint, for tokens that are not JWTs. It needs the client id and secret as well.",
  },
  { name: "MCP_AUTH_CLIENT_ID", usedBy: "auth/settings.ts", docs: "This server's client id at that endpoint." },
  { name: "MCP_AUTH_CLIENT_SECRET", usedBy: "auth/settings.ts", docs: "The secret of that client.", secret: true },
  {
    name: "MCP_AUTH_TOKEN",
    usedBy: "auth/settings.ts",
    docs: "In development, in place of an issuer: one token, which has every scope. Refused with NODE_ENV=production.",
    secret: true,
  },
  {
    name: "MCP_DISABLED_POLICIES",
    usedBy: "policies/switches.ts",
    docs: "Policies to switch off, separated by commas: cache, or getWeather.cache for one tool.",
  },
  {
    name: "MCP_MAX_MEDIA_BYTES",
    usedBy: "results/present.ts",
    docs: "The limit of a result's images, audio and blobs together, in bytes of base64. Its text is limited to 100 kB.",
    default: "5000000",
  },
  {
    name: "MCP_MAX_STREAMS",
    usedBy: "streams/suspended.ts",
    docs: "How many streams may wait until their next page is asked for; above that, the one that has waited longest is ended.",
    default: "100",
  },
  {
    name: "MCP_MAX_SPOOLS",
    usedBy: "streams/spooled.ts",
    docs: "How many streams that were spooled to resources are kept to be read; above that, the oldest is removed.",
    default: "100",
  },
  {
    name: "MCP_MAX_SPOOL_BYTES",
    usedBy: "streams/spooled.ts",
    docs: "How many bytes of the disk these may have together, those that are being written included.",
    default: "500000000",
  },
  ...injectedVariables.filter(isOfMcpgen),
  {
    name: "WORKER_THREADS",
    usedBy: "workers/threads.ts",
    docs: "How many threads `@worker` functions run in at most. Never more than there are cores, which is the default.",
  },
  ...injectedVariables.filter((each) => !isOfMcpgen(each)),
  {
    name: "OTEL_EXPORTER_OTLP_ENDPOINT",
    usedBy: "tracing/opentelemetry.ts",
    docs: "The endpoint that traces and metrics are sent to (http://localhost:4318). Without it, none are sent. OpenTelemetry's other variables apply as well.",
  },
  {
    name: "OTEL_METRIC_EXPORT_INTERVAL",
    usedBy: "tracing/opentelemetry.ts",
    docs: "Milliseconds between two exports of the metrics.",
    default: "60000",
  },
  {
    name: "OTEL_SDK_DISABLED",
    usedBy: "tracing/opentelemetry.ts",
    docs: "Sends nothing, whatever else is set.",
    default: "false",
  },
];

/** Asked for by compose.yaml, whose PostgreSQL it opens. */
export const databasePassword: ServerVariable = {
  name: "POSTGRES_PASSWORD",
  usedBy: "database/settings.ts",
  docs: "For compose.yaml alone: the password of the PostgreSQL that it starts, which needs no DATABASE_URL.",
  secret: true,
};
