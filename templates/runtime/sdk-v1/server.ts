// The SDK's server in front of our table of methods: the SDK does the handshake and the bookkeeping of requests,
// the table answers.
import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import type { RequestHandlerExtra } from "@modelcontextprotocol/sdk/shared/protocol.js";
import {
  McpError,
  type ProgressToken,
  type RequestId,
  type ServerNotification,
  type ServerRequest,
} from "@modelcontextprotocol/sdk/types.js";
import { AjvJsonSchemaValidator } from "@modelcontextprotocol/sdk/validation/ajv";
import type { jsonSchemaValidator } from "@modelcontextprotocol/sdk/validation/types.js";
import type { CallEnvironment } from "../context/environment.js";
import type { Caller } from "../contracts/index.js";
import { answer, type ServerDefinition } from "../dispatch/server.js";
import { toCaller } from "./caller.js";

type Extra = RequestHandlerExtra<ServerRequest, ServerNotification>;

export interface Connection {
  /** Whoever has connected; without it, whom the transport has verified for each request. */
  readonly caller?: Caller | undefined;
  /** A request that the client has withdrawn stays without an answer: whatever waits for one can be let go. */
  onCancelled?(requestId: RequestId): void;
}

/** One for each connection: the SDK keeps what the client said of itself in it. */
export function createSdkServer(definition: ServerDefinition, connection: Connection = {}): Server {
  const server = new Server(
    { name: definition.name, version: definition.version },
    { capabilities: { tools: {} }, jsonSchemaValidator: lateValidator },
  );
  server.removeRequestHandler("ping");
  // The fallback sees requests as they came; a handler of the SDK's own would parse them and their results anew.
  server.fallbackRequestHandler = async (request, extra) => {
    const reply = await answer(definition, request, environmentOf(server, extra, connection));
    switch (reply.kind) {
      case "result":
        return reply.result;
      case "error":
        throw protocolError(reply.code, reply.message);
      case "cancelled":
        connection.onCancelled?.(extra.requestId);
        // The SDK drops the answer to a request that was cancelled.
        return {};
    }
  };
  return server;
}

function environmentOf(server: Server, extra: Extra, { caller }: Connection): CallEnvironment {
  const token = extra._meta?.progressToken;
  return {
    signal: extra.signal,
    caller: caller ?? (extra.authInfo && toCaller(extra.authInfo)),
    client: server.getClientVersion(),
    meta: extra._meta,
    wire: {
      requestId: String(extra.requestId),
      sessionId: extra.sessionId,
      transport: extra.requestInfo === undefined ? "pipe" : "tcp",
    },
    sendProgress: token === undefined ? undefined : createProgressSender(token, extra),
  };
}

function createProgressSender(progressToken: ProgressToken, extra: Extra): CallEnvironment["sendProgress"] {
  return (report) => {
    const notification = { method: "notifications/progress" as const, params: { progressToken, ...report } };
    // A connection that is gone is noticed elsewhere; a lost report is no reason to fail the call.
    extra.sendNotification(notification).catch((): void => undefined);
  };
}

/** `McpError` puts its code in front of the message; the response has a place of its own for it. */
function protocolError(code: number, message: string): McpError {
  const error = new McpError(code, message);
  error.message = message;
  return error;
}

/** The SDK would build a validator for each connection; it is only needed for what clients are asked. */
const lateValidator: jsonSchemaValidator = {
  getValidator: (schema) => new AjvJsonSchemaValidator().getValidator(schema),
};
