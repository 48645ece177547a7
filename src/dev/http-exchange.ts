/** What a client has posted, and its answer on the way from whichever server gives it. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { keyOf } from "./protocol/conversation.js";
import { eventOf } from "./protocol/events.js";
import type { HttpSession } from "./http-session.js";
import type { HttpChild } from "./http-child.js";
import { listening } from "./link.js";
import type { PolicyCounts } from "./page/policies.js";
import {
  isFailure,
  readParcel,
  renderError,
  type Id,
  type Json,
  type Parcel,
  type Request,
} from "./protocol/message.js";

export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly parcel: Parcel;
  session: HttpSession | undefined;
  /** What is not answered yet, by their ids as keys. */
  readonly open: Map<string, Request>;
  /** Called with the answers of those that are watched, by the same keys; without one where the client leaves. */
  readonly ends: Map<string, (answer: Json | undefined) => void>;
  /** Ends what is under way at a server. */
  stop: () => void;
  /** Where it goes on, once it is stopped. */
  next?: HttpLink | undefined;
  /** Another server has acknowledged it before. */
  isMoved: boolean;
}

/** One server behind the proxy, and what clients wait for from it. */
export interface HttpLink {
  readonly child: HttpChild;
  readonly exchanges: Set<Exchange>;
  readonly counts: PolicyCounts;
  /** It ends because we want it to. */
  isLeaving: boolean;
  /** Called when nothing is under way any more. */
  onIdle?: () => void;
}

export function createExchange(
  request: IncomingMessage,
  response: ServerResponse,
  found: { readonly parcel: Parcel; readonly session: HttpSession | undefined },
): Exchange {
  const requests = found.parcel.messages.filter((message) => message.kind === "request");
  const open = new Map(requests.map((each) => [keyOf(each.id), each]));
  return { request, response, ...found, open, ends: new Map(), stop: () => undefined, isMoved: false };
}

/** Who watches the request is told how it has ended. */
export function end({ ends }: Exchange, id: Id | null, answer: Json | undefined): void {
  const key = id === null ? "" : keyOf(id);
  ends.get(key)?.(answer);
  ends.delete(key);
}

/** The server has refused all of it, by its guards say: what it says of that is the answer to each. */
export function endRefused(exchange: Exchange, body: string): void {
  const [first] = readParcel(body).messages;
  const isError = first?.kind === "answer" && isFailure(first);
  const answer = isError ? first.json : { error: { message: body } };
  for (const { id } of exchange.open.values()) end(exchange, id, answer);
}

/** The client is gone, and with it whatever it waited for. */
export function leave({ ends }: Exchange): void {
  for (const each of ends.values()) each(undefined);
  ends.clear();
}

export function isListening({ open }: Exchange): boolean {
  return [...open.values()].some(({ method }) => method === listening);
}

/** What has no answer gets this one, in the form that its answer has begun with. */
export function refuse(exchange: Exchange, reason: string): void {
  const { response, open, parcel } = exchange;
  if (response.writableEnded) return;
  const errors = [...open.values()].map(({ id }) => renderError(id, reason));
  for (const { messages } of errors.map(readParcel))
    for (const message of messages) if (message.kind === "answer") end(exchange, message.id, message.json);
  open.clear();
  if (response.headersSent) response.end(errors.map(eventOf).join(""));
  else if (errors.length === 0) response.writeHead(503).end();
  else
    response
      .writeHead(200, { "content-type": "application/json" })
      .end(parcel.isBatch ? `[${errors.join(",")}]` : errors.join(""));
}
