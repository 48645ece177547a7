// One POST to the endpoint → its answer: one JSON body, or an event stream from the moment on that something has to be
// sent before the result. What the client accepts decides between the two; without sessions each exchange is a
// connection of its own, so any replica of the server answers any request.
import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { abandon, receive, type Connection, type Responder } from "../dispatch/connection.js";
import { inVersion, type ReadMessage } from "../dispatch/message.js";
import { errorCodes } from "../dispatch/reply.js";
import { protocolVersions, type Service } from "../dispatch/service.js";
import { readAccepted } from "./accept.js";
import { refusedCode, sendError, sendText, type HttpError } from "./respond.js";
import type { OpenSession, Sessions } from "./sessions.js";

export interface Endpoint {
  readonly service: Service;
  /** Absent where no tool asks anything of the client: see `sessions.ts`. */
  readonly sessions?: Sessions | undefined;
}

export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly endpoint: Endpoint;
}

export function answerPost(exchange: Exchange, given: ReadMessage): void {
  const { request, response } = exchange;
  const accepted = readAccepted(request.headers.accept);
  if (accepted === undefined) {
    sendError(response, notAcceptable);
    return;
  }
  if (given.kind === "nothing") {
    sendError(response, { status: 400, code: errorCodes.parseError, message: "Parse error: the body is empty" });
    return;
  }
  const found = given.kind === "refused" ? undefined : findConnection(exchange, given);
  if (found?.kind === "refused") {
    sendError(response, found.error);
    return;
  }
  const read = inVersion(given, found?.connection.version);
  if (found === undefined || read.kind === "refused") {
    if (read.kind === "refused") sendText(response, { status: 400, text: read.response });
    return;
  }
  const { connection, session } = found;
  const id = session?.id ?? (isHandshake(read) ? randomUUID() : undefined);
  const headers: Readonly<Record<string, string>> = id === undefined ? {} : { "mcp-session-id": id };
  receive(connection, read, createResponder(exchange, { accepted, session, connection, headers }));
}

type FoundConnection =
  | { readonly kind: "found"; readonly connection: Connection; readonly session?: OpenSession | undefined }
  | { readonly kind: "refused"; readonly error: HttpError };

/**
 * Its answer names a session in any case: clients have been seen that go no further without. Where there are no
 * sessions the name means nothing, and no request has to carry it.
 */
function isHandshake(read: ReadMessage): boolean {
  return read.kind === "request" && read.method === "initialize";
}

function findConnection({ request, endpoint }: Exchange, read: ReadMessage): FoundConnection {
  const version = request.headers["mcp-protocol-version"];
  if (!isHandshake(read) && typeof version === "string" && !protocolVersions.includes(version))
    return { kind: "refused", error: unknownVersion(version) };
  const { service, sessions } = endpoint;
  if (sessions === undefined)
    return { kind: "found", connection: { service, transport: "tcp", version: String(version ?? untold) } };
  if (isHandshake(read)) {
    const session = sessions.create();
    return session === undefined
      ? { kind: "refused", error: tooMany }
      : { kind: "found", connection: session.connection, session };
  }
  const id = request.headers["mcp-session-id"];
  if (typeof id !== "string") return { kind: "refused", error: sessionMissing };
  const session = sessions.find(id);
  return session === undefined
    ? { kind: "refused", error: sessionLost }
    : { kind: "found", connection: session.connection, session };
}

/** What a client has agreed on that does not tell with each request (revision 2025-06-18, "Protocol Version Header"). */
const untold = "2025-03-26";

interface Answering {
  readonly accepted: { readonly json: boolean; readonly stream: boolean };
  readonly connection: Connection;
  readonly session: OpenSession | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

function createResponder({ response }: Exchange, { accepted, connection, session, headers }: Answering): Responder {
  let streaming = false;
  const stream = (text: string): void => {
    if (!streaming) response.writeHead(200, { ...streamHeaders, ...headers });
    streaming = true;
    response.write(`event: message\ndata: ${text}\n\n`);
  };
  session?.hold(response);
  return {
    reply(text) {
      if (response.writableEnded) return;
      if (streaming || (text !== undefined && !accepted.json)) {
        if (text !== undefined) stream(text);
        response.end();
      } else if (text === undefined) response.writeHead(202, headers).end();
      else sendText(response, { status: 200, text, headers });
    },
    ...(accepted.stream && { notify: stream }),
    waiting() {
      // A client with a session can cancel what it asked; the protocol forbids to take a lost connection for that.
      if (session === undefined) response.once("close", () => abandon(connection, "The connection was closed."));
    },
  };
}

/** What a client listens to between its requests; nothing is sent there yet but signs of life. */
export function openStream({ request, response, endpoint }: Exchange): void {
  const id = request.headers["mcp-session-id"];
  const session = typeof id === "string" ? endpoint.sessions?.find(id) : undefined;
  if (session === undefined) {
    sendError(response, id === undefined ? sessionMissing : sessionLost);
    return;
  }
  session.hold(response);
  response.writeHead(200, { ...streamHeaders, "mcp-session-id": session.id });
  response.write(": open\n\n");
  const timer = setInterval(() => response.write(": alive\n\n"), aliveMilliseconds);
  response.once("close", () => clearInterval(timer));
}

/** Below the minute after which load balancers take a silent connection for a dead one. */
const aliveMilliseconds = 25_000;

const streamHeaders = {
  "content-type": "text/event-stream",
  "cache-control": "no-cache, no-transform",
  // Proxies such as nginx would keep it back.
  "x-accel-buffering": "no",
};

const notAcceptable: HttpError = {
  status: 406,
  code: refusedCode,
  message: "Not acceptable: answers are application/json or text/event-stream",
};

/** The protocol's code for it; the status 404 is what tells clients to begin anew. */
const sessionLost: HttpError = { status: 404, code: -32_001, message: "Session not found" };

const sessionMissing: HttpError = { status: 400, code: refusedCode, message: "Mcp-Session-Id is missing" };

const tooMany: HttpError = {
  status: 503,
  code: refusedCode,
  message: "Too many sessions",
  headers: { "retry-after": "30" },
};

function unknownVersion(version: string): HttpError {
  const spoken = protocolVersions.join(", ");
  return {
    status: 400,
    code: errorCodes.invalidRequest,
    message: `Unsupported protocol version ${version.slice(0, 40)}. Spoken here: ${spoken}`,
  };
}
