// The HTTP side of the server, on node:http alone: routes, guards, health, metrics. What `/mcp` means is the handler's.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { log } from "../logging/logger.js";
import { admit, admitAddress, readAccess, type Access } from "./guards.js";
import { readBody } from "./body.js";
import { refusedCode, sendError, sendJson, sendText, type HttpError } from "./respond.js";

/** `body` is the parsed JSON of a POST, else undefined. */
export type McpHandler = (request: IncomingMessage, response: ServerResponse, body: unknown) => Promise<void>;

export interface HttpSettings {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export interface HttpService {
  readonly url: string;
  /** From now on not ready, and closed to new requests; health is still answered. */
  stop(): void;
  close(): Promise<void>;
}

/** Rejects when the port cannot be had. */
export async function startHttp(handler: McpHandler, settings: HttpSettings): Promise<HttpService> {
  const access = readAccess(settings.environment, settings.host);
  let draining = false;
  const server = createServer((request, response) => {
    route({ request, response, handler, access, draining }).catch((error: unknown) => {
      log.error("request failed", { error });
      sendError(response, { status: 500, code: -32_603, message: "Internal error" });
    });
  });
  await listen(server, settings);
  return {
    url: urlOf(server, settings.host),
    stop: () => {
      draining = true;
    },
    close: async () => closeServer(server),
  };
}

/** Answers on their way get a moment; a client that keeps its connection does not keep the server. */
async function closeServer(server: Server): Promise<void> {
  const idle = setInterval(() => server.closeIdleConnections(), 20);
  const all = setTimeout(() => server.closeAllConnections(), closeMilliseconds);
  await new Promise((resolve) => server.close(resolve));
  clearInterval(idle);
  clearTimeout(all);
}

const closeMilliseconds = 1_000;

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly handler: McpHandler;
  readonly access: Access;
  readonly draining: boolean;
}

async function route(exchange: Exchange): Promise<void> {
  const { request, response, draining } = exchange;
  switch ((request.url ?? "/").split("?")[0]) {
    // Probes come by address, whatever name the server goes by; there is nothing here to protect.
    case "/health/live":
      sendJson(response, 200, { status: "live" });
      break;
    case "/health/ready":
      sendJson(response, draining ? 503 : 200, { status: draining ? "draining" : "ready" });
      break;
    case "/metrics":
      await serveMetrics(exchange);
      break;
    case "/mcp":
      await serveMcp(exchange);
      break;
    default:
      sendError(response, { status: 404, code: refusedCode, message: "Not found. MCP is served at /mcp." });
  }
}

async function serveMetrics({ request, response, access }: Exchange): Promise<void> {
  const admission = admitAddress(request, access);
  if (admission.kind === "refused") {
    sendError(response, admission.error);
    return;
  }
  const { contentType, exposeMetrics } = await import("../metrics/exposition.js");
  sendText(response, contentType, await exposeMetrics());
}

async function serveMcp({ request, response, handler, access, draining }: Exchange): Promise<void> {
  const admission = admit(request, access);
  if (admission.kind === "refused") {
    sendError(response, admission.error);
    return;
  }
  if (admission.origin !== undefined) allowOrigin(response, admission.origin);
  if (request.method === "OPTIONS") response.writeHead(204).end();
  else if (!methods.has(request.method)) sendError(response, methodError);
  else if (draining) sendError(response, drainingError);
  else if (request.method === "POST") await servePost(request, response, handler);
  else await handler(request, response, undefined);
}

async function servePost(request: IncomingMessage, response: ServerResponse, handler: McpHandler): Promise<void> {
  const body = await readBody(request);
  if (body.kind === "refused") sendError(response, body.error);
  else await handler(request, response, body.value);
}

const methods: ReadonlySet<string | undefined> = new Set(["GET", "POST", "DELETE"]);

const drainingError: HttpError = {
  status: 503,
  code: refusedCode,
  message: "The server is shutting down",
  headers: { "retry-after": "5", connection: "close" },
};

const methodError: HttpError = {
  status: 405,
  code: refusedCode,
  message: "Method not allowed",
  headers: { allow: "GET, POST, DELETE, OPTIONS" },
};

/** Lets the page read the answer; it has passed the guard. */
function allowOrigin(response: ServerResponse, origin: string): void {
  response.setHeader("access-control-allow-origin", origin);
  response.setHeader("vary", "origin");
  response.setHeader("access-control-allow-methods", "GET, POST, DELETE");
  response.setHeader(
    "access-control-allow-headers",
    "accept, authorization, content-type, last-event-id, mcp-protocol-version, mcp-session-id",
  );
  response.setHeader("access-control-expose-headers", "mcp-session-id");
}

async function listen(server: Server, { host, port }: HttpSettings): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

function urlOf(server: Server, host: string): string {
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return `http://${host.includes(":") ? `[${host}]` : host}:${String(port)}/mcp`;
}
