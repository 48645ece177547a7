// Streamable HTTP with sessions. Answers are event streams: with plain JSON answers the SDK's transport keeps
// every request of a session in memory.
import type { IncomingMessage, ServerResponse } from "node:http";
import { isInitializeRequest } from "@modelcontextprotocol/sdk/types.js";
import { checkMessage } from "../dispatch/message.js";
import type { ServerDefinition } from "../dispatch/server.js";
import { refusedCode, sendError, sendJson, type HttpError } from "../http/respond.js";
import { startHttp, type HttpService, type HttpSettings, type McpHandler } from "../http/server.js";
import { endWithProcess } from "../lifecycle/shutdown.js";
import { log } from "../logging/logger.js";
import { toIncoming } from "./incoming.js";
import { createSessions, type Session, type Sessions } from "./sessions.js";

export async function serveHttp(definition: ServerDefinition, settings: HttpSettings): Promise<HttpService> {
  const sessions = createSessions(definition);
  const service = await startHttp(createMcpHandler(sessions), settings);
  endWithProcess({
    stop: () => service.stop(),
    close: async () => {
      await sessions.close();
      await service.close();
    },
  });
  log.info(`serving ${service.url}`);
  return service;
}

export function createMcpHandler(sessions: Sessions): McpHandler {
  return (request, response, body) => handle({ request, response, body, sessions });
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly body: unknown;
  readonly sessions: Sessions;
}

async function handle({ request, response, body, sessions }: Exchange): Promise<void> {
  const incoming = request.method === "POST" ? toIncoming(checkMessage(body)) : undefined;
  if (incoming?.kind === "refused") {
    sendJson(response, 400, incoming.response);
    return;
  }
  const message = incoming?.kind === "message" ? incoming.message : undefined;
  const found = await findSession(request, message, sessions);
  if (found.kind === "refused") {
    sendError(response, found.error);
    return;
  }
  const { session } = found;
  session.open += 1;
  response.once("close", () => {
    session.open -= 1;
    session.lastUsed = Date.now();
  });
  await session.transport.handleRequest(request, response, message);
}

type FoundSession =
  { readonly kind: "found"; readonly session: Session } | { readonly kind: "refused"; readonly error: HttpError };

async function findSession(request: IncomingMessage, message: unknown, sessions: Sessions): Promise<FoundSession> {
  const id = request.headers["mcp-session-id"];
  const known = typeof id === "string" ? sessions.find(id) : undefined;
  if (known !== undefined) return { kind: "found", session: known };
  if (id !== undefined) return refuse({ status: 404, code: sessionLost, message: "Session not found" });
  if (!isInitializeRequest(message))
    return refuse({ status: 400, code: refusedCode, message: "Mcp-Session-Id is missing" });
  const session = await sessions.create();
  return session === undefined ? refuse(tooMany) : { kind: "found", session };
}

/** The SDK's code for it; the status 404 is what tells clients to begin anew. */
const sessionLost = -32_001;

const tooMany: HttpError = {
  status: 503,
  code: refusedCode,
  message: "Too many sessions",
  headers: { "retry-after": "30" },
};

function refuse(error: HttpError): FoundSession {
  return { kind: "refused", error };
}
