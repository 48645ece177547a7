// The HTTP side of the server, on node:http alone: routes, guards, health, metrics. What a message means is decided
// behind `exchange.ts`.
import { createServer, type Server, type ServerResponse } from "node:http";
import type { MetricsPage } from "../call/equipment.js";
import { readMessage } from "../dispatch/message.js";
import { log } from "../logging/logger.js";
import { readBody } from "./body.js";
import { allowOrigin, answerPreflight } from "./cors.js";
import { answerPost, openStream, type Endpoint, type Exchange } from "./exchange.js";
import { admit, admitAddress, readAccess, type Access } from "./guards.js";
import { refusedCode, sendError, sendText, type HttpError } from "./respond.js";

export interface HttpSettings {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export interface HttpParts extends Endpoint {
  /** Undefined until it is known, or where nothing is measured. */
  readonly metrics: () => MetricsPage | undefined;
}

export interface HttpService {
  readonly url: string;
  /** From now on not ready, and closed to new requests; health is still answered. */
  stop(): void;
  close(): Promise<void>;
}

/** Longer than load balancers keep theirs (60 s), so that it is always the balancer that closes an idle connection. */
const keepAliveMilliseconds = 75_000;

/** Rejects when the port cannot be had. */
export async function startHttp(parts: HttpParts, settings: HttpSettings): Promise<HttpService> {
  const access = readAccess(settings.environment, settings.host);
  const state = { draining: false };
  const options = {
    keepAliveTimeout: keepAliveMilliseconds,
    headersTimeout: keepAliveMilliseconds + 5_000,
    noDelay: true,
  };
  const server = createServer(options, (request, response) => {
    try {
      route({ request, response, endpoint: parts, parts, access, state });
    } catch (error) {
      fail(response, error);
    }
  });
  await listen(server, settings);
  return {
    url: urlOf(server, settings.host),
    stop: () => {
      state.draining = true;
    },
    close: async () => closeServer(server),
  };
}

interface Visit extends Exchange {
  readonly parts: HttpParts;
  readonly access: Access;
  readonly state: { readonly draining: boolean };
}

function route(visit: Visit): void {
  const { request, response, parts, state } = visit;
  switch (pathOf(request.url)) {
    case "/mcp":
      serveMcp(visit);
      break;
    // Probes come by address, whatever name the server goes by; there is nothing here to protect.
    case "/health/live":
      sendText(response, { status: 200, text: '{"status":"live"}' });
      break;
    case "/health/ready":
      sendReadiness(response, state.draining ? "draining" : parts.service.methods ? "ready" : "starting");
      break;
    case "/metrics":
      serveMetrics(visit).catch((error: unknown) => fail(response, error));
      break;
    default:
      sendError(response, { status: 404, code: refusedCode, message: "Not found. MCP is served at /mcp." });
  }
}

/** Proxies and people put a slash behind it. */
function pathOf(url = "/"): string {
  if (url === "/mcp") return url;
  const path = url.split("?", 1)[0] ?? "/";
  return path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path;
}

function sendReadiness(response: ServerResponse, status: "ready" | "starting" | "draining"): void {
  sendText(response, { status: status === "ready" ? 200 : 503, text: JSON.stringify({ status }) });
}

async function serveMetrics({ request, response, access, parts }: Visit): Promise<void> {
  const admission = admitAddress(request, access);
  const page = parts.metrics();
  if (admission.kind === "refused") sendError(response, admission.error);
  else if (page === undefined) sendError(response, noMetrics);
  else {
    const { contentType, text } = await page();
    sendText(response, { status: 200, text, headers: { "content-type": contentType } });
  }
}

function serveMcp(visit: Visit): void {
  const { request, response, access, state } = visit;
  const admission = admit(request, access);
  if (admission.kind === "refused") {
    sendError(response, admission.error);
    return;
  }
  if (admission.origin !== undefined) allowOrigin(response, admission.origin);
  if (request.method === "OPTIONS") answerPreflight(request, response);
  else if (state.draining) sendError(response, drainingError);
  else if (request.method === "POST") servePost(visit);
  else if (visit.endpoint.sessions === undefined) sendError(response, methodError("POST, OPTIONS"));
  else if (request.method === "DELETE") endSession(visit);
  else if (request.method === "GET") openStream(visit);
  else sendError(response, methodError("GET, POST, DELETE, OPTIONS"));
}

function servePost(visit: Visit): void {
  const { request, response } = visit;
  readBody(
    request,
    (text) => {
      try {
        answerPost(visit, readMessage(text));
      } catch (error) {
        fail(response, error);
      }
    },
    (error) => sendError(response, error),
  );
}

function endSession({ request, response, endpoint }: Visit): void {
  const id = request.headers["mcp-session-id"];
  const isEnded = typeof id === "string" && endpoint.sessions?.remove(id) === true;
  if (isEnded) response.writeHead(200).end();
  else sendError(response, { status: 404, code: -32_001, message: "Session not found" });
}

function fail(response: ServerResponse, error: unknown): void {
  log.error("request failed", { error });
  sendError(response, { status: 500, code: -32_603, message: "Internal error" });
}

const drainingError: HttpError = {
  status: 503,
  code: refusedCode,
  message: "The server is shutting down",
  headers: { "retry-after": "5", connection: "close" },
};

/** Without sessions nothing is sent to clients but answers: there is no stream to GET. */
function methodError(allow: string): HttpError {
  return { status: 405, code: refusedCode, message: "Method not allowed", headers: { allow } };
}

const noMetrics: HttpError = {
  status: 404,
  code: refusedCode,
  message: 'Nothing is measured here: set "metrics": true in mcpgen.json.',
};

/** Answers on their way get a moment; a client that keeps its connection does not keep the server. */
async function closeServer(server: Server): Promise<void> {
  const idle = setInterval(() => server.closeIdleConnections(), 20);
  const all = setTimeout(() => server.closeAllConnections(), closeMilliseconds);
  await new Promise((resolve) => server.close(resolve));
  clearInterval(idle);
  clearTimeout(all);
}

const closeMilliseconds = 1_000;

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
