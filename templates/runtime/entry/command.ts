// What the server was started to do: command line over environment over defaults.

export type Command =
  | { readonly kind: "stdio" }
  | { readonly kind: "http"; readonly host: string; readonly port: number }
  | { readonly kind: "exit"; readonly code: number; readonly text: string };

const defaultPort = "3000";

const usage = `Usage: node server.js [--http [port]]

Serves MCP over stdin and stdout, or over HTTP at http://127.0.0.1:${defaultPort}/mcp with --http.

  PORT                   the port for --http without a number
  HOST                   the address to listen on; 127.0.0.1 unless set
  MCP_ALLOWED_HOSTS      further host names under which the server is reached, separated by commas
  MCP_ALLOWED_ORIGINS    further origins whose web pages may use the server, separated by commas
  MCP_DISABLED_POLICIES  policies not to apply, separated by commas: cache, or getWeather.cache for one tool
  MCP_MAX_MEDIA_BYTES    how much a result may have of images, audio and blobs, in bytes of base64; 5000000 unless set
  LOG_LEVEL              debug, info, warn, error or silent; the log goes to stderr`;

export function readCommand(
  parameters: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Command {
  const [option, value, ...rest] = parameters.flatMap((parameter) => parameter.split(/(?<=^--\w+)=/));
  if (option === undefined) return { kind: "stdio" };
  if (option === "--help" || option === "-h") return { kind: "exit", code: 0, text: usage };
  if (option !== "--http") return wrong(`Unknown option: ${option}`);
  if (rest.length > 0) return wrong(`Unknown option: ${rest.join(" ")}`);
  const port = readPort(value ?? (environment["PORT"] || defaultPort));
  if (port === undefined) return wrong(`No port: ${value ?? environment["PORT"] ?? ""}`);
  return { kind: "http", host: environment["HOST"] || "127.0.0.1", port };
}

function readPort(text: string): number | undefined {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  return port <= 65_535 ? port : undefined;
}

function wrong(problem: string): Command {
  return { kind: "exit", code: 2, text: `${problem}\n\n${usage}` };
}
