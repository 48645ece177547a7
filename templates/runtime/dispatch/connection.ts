// One client's messages → the answers to them: from parsed JSON to JSON text in one line of calls. Every transport
// goes through here, and nothing in here waits for anything but the tools themselves.
import type { CallEnvironment, ClientInfo, ProgressReport, WireRequest } from "../call/environment.js";
import type { JsonObject } from "../call/tool-call.js";
import type { Caller } from "../contracts/index.js";
import { log } from "../logging/logger.js";
import { checkMessage, type ReadMessage, type Request } from "./message.js";
import { errorCodes, protocolError, renderError, renderNotification, renderReply } from "./reply.js";
import type { Reply, RequestId } from "./reply.js";
import { initialize, type Service } from "./service.js";

/** Over stdio as long as the process, over HTTP as long as a session, or as one request where there are none. */
export interface Connection {
  readonly service: Service;
  readonly transport: "pipe" | "tcp";
  readonly sessionId?: string | undefined;
  /** Whoever has connected. */
  readonly caller?: Caller | undefined;
  /** What `initialize` has told. */
  client?: ClientInfo | undefined;
  /** What `initialize` has agreed on. */
  version?: string | undefined;
  /** Requests without an answer yet. Clients have been seen to use an id twice at the same time. */
  running?: Map<RequestId, Set<IncomingRequest>>;
}

/** How one message is answered: called once for a request, with undefined where there is nothing to send. */
export interface Responder {
  reply(text: string | undefined): void;
  /** Absent where nothing can be sent before the answer. */
  readonly notify?: ((text: string) => void) | undefined;
  /** The answer takes a while. */
  waiting?(): void;
}

export function receive(connection: Connection, read: ReadMessage, responder: Responder): void {
  switch (read.kind) {
    case "request":
      answerRequest(connection, read, responder);
      return;
    case "notification":
      notice(connection, read.method, read.params);
      responder.reply(undefined);
      return;
    case "refused":
      responder.reply(read.response);
      return;
    case "batch":
      answerBatch(connection, read.items, responder);
      return;
    case "response":
    case "nothing":
      responder.reply(undefined);
  }
}

/** The connection is lost, or has ended: nobody waits for an answer any more. */
export function abandon(connection: Connection, reason: string): void {
  connection.running?.forEach((requests) => {
    for (const request of requests) request.withdraw(reason);
  });
}

function answerRequest(connection: Connection, request: Request, responder: Responder): void {
  const { service } = connection;
  if (request.method === "initialize") {
    responder.reply(renderReply(request.id, initialize(connection, request.params)));
    return;
  }
  const early = service.early.get(request.method);
  if (early !== undefined) responder.reply(renderReply(request.id, early(request.params ?? none)));
  else if (service.methods !== undefined) dispatch(connection, request, responder);
  else waitForTools(connection, request, responder);
}

const none: JsonObject = {};

/** What needs them is answered when they are loaded, or with the reason why they are not. */
function waitForTools(connection: Connection, request: Request, responder: Responder): void {
  responder.waiting?.();
  connection.service.load().then(
    () => dispatch(connection, request, responder),
    (error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      responder.reply(renderError(request.id, errorCodes.internalError, `The server did not start: ${reason}`));
    },
  );
}

function dispatch(connection: Connection, { id, method, params = none }: Request, responder: Responder): void {
  const handler = connection.service.methods?.get(method);
  if (handler === undefined) {
    responder.reply(renderReply(id, protocolError(errorCodes.methodNotFound, "Method not found")));
    return;
  }
  const request = new IncomingRequest(connection, id, { params, responder });
  try {
    const reply = handler(params, request);
    if (reply instanceof Promise) request.waitFor(reply);
    else request.settle(reply);
  } catch (error) {
    request.fail(error);
  }
}

interface Exchange {
  readonly params: JsonObject;
  readonly responder: Responder;
}

/** A request on its way, and what its call may ask about it. A class: each member is made when it is read, if ever. */
class IncomingRequest implements CallEnvironment {
  private controller: AbortController | undefined;
  private withdrawn: { readonly reason: unknown } | undefined;
  private answered = false;

  private readonly connection: Connection;
  private readonly id: RequestId;
  private readonly exchange: Exchange;

  constructor(connection: Connection, id: RequestId, exchange: Exchange) {
    this.connection = connection;
    this.id = id;
    this.exchange = exchange;
  }

  get signal(): AbortSignal {
    this.controller ??= new AbortController();
    if (this.withdrawn !== undefined) this.controller.abort(this.withdrawn.reason);
    return this.controller.signal;
  }

  get caller(): Caller | undefined {
    return this.connection.caller;
  }

  get client(): ClientInfo | undefined {
    return this.connection.client;
  }

  get meta(): JsonObject | undefined {
    return (this.exchange.params["_meta"] ?? undefined) as JsonObject | undefined;
  }

  get wire(): WireRequest {
    const { sessionId, transport } = this.connection;
    return { requestId: String(this.id), sessionId, transport };
  }

  get sendProgress(): ((report: ProgressReport) => void) | undefined {
    const { notify } = this.exchange.responder;
    const progressToken = this.meta?.["progressToken"] ?? undefined;
    if (progressToken === undefined || notify === undefined) return undefined;
    return (report) => {
      if (!this.answered) notify(renderNotification("notifications/progress", { progressToken, ...report }));
    };
  }

  waitFor(reply: Promise<Reply>): void {
    const running = (this.connection.running ??= new Map<RequestId, Set<IncomingRequest>>());
    const equals = running.get(this.id);
    if (equals === undefined) running.set(this.id, new Set([this]));
    else equals.add(this);
    this.exchange.responder.waiting?.();
    reply.then(
      (settled) => this.settle(settled),
      (error: unknown) => this.fail(error),
    );
  }

  settle(reply: Reply): void {
    if (this.answered) return;
    let text: string | undefined;
    try {
      text = renderReply(this.id, reply);
    } catch (error) {
      // A result that JSON cannot carry: content goes out as the function made it.
      this.fail(error);
      return;
    }
    this.send(text);
  }

  /** Our own mistake: whatever a tool throws has become its result long before. */
  fail(error: unknown): void {
    log.error("request failed", { error });
    this.send(renderError(this.id, errorCodes.internalError, "Internal error"));
  }

  /** The client wants no answer any more. */
  withdraw(reason: unknown): void {
    this.withdrawn = { reason };
    this.controller?.abort(reason);
    this.send(undefined);
  }

  private send(text: string | undefined): void {
    if (this.answered) return;
    this.answered = true;
    const equals = this.connection.running?.get(this.id);
    equals?.delete(this);
    if (equals?.size === 0) this.connection.running?.delete(this.id);
    this.exchange.responder.reply(text);
  }
}

function notice(connection: Connection, method: string, params: JsonObject = none): void {
  if (method !== "notifications/cancelled") return;
  const { requestId, reason } = params;
  const requests = connection.running?.get(requestId as RequestId);
  if (requests === undefined) return;
  for (const request of [...requests]) request.withdraw(reason ?? "The client has cancelled the request.");
}

function answerBatch(connection: Connection, items: readonly unknown[], responder: Responder): void {
  const answers: string[] = [];
  let waiting = items.length;
  for (const item of items) {
    receive(connection, memberOf(item), {
      ...responder,
      reply: (text) => {
        if (text !== undefined) answers.push(text);
        waiting -= 1;
        if (waiting === 0) responder.reply(answers.length === 0 ? undefined : `[${answers.join(",")}]`);
      },
    });
  }
}

function memberOf(item: unknown): ReadMessage {
  const read = checkMessage(item);
  if (read.kind !== "request" || read.method !== "initialize") return read;
  const message = "Invalid request: `initialize` is not part of a batch";
  return { kind: "refused", response: renderError(read.id, errorCodes.invalidRequest, message) };
}
