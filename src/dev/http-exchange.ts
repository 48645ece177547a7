/** What a client has posted, and its answer on the way from whichever server gives it. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { keyOf } from "./protocol/conversation.js";
import { eventOf } from "./protocol/events.js";
import type { HttpSession } from "./http-session.js";
import type { HttpChild } from "./http-child.js";
import { listening } from "./link.js";
import { renderError, type Parcel, type Request } from "./protocol/message.js";

export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly parcel: Parcel;
  session: HttpSession | undefined;
  /** What is not answered yet, by their ids as keys. */
  readonly open: Map<string, Request>;
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
  return { request, response, ...found, open, stop: () => undefined, isMoved: false };
}

export function isListening({ open }: Exchange): boolean {
  return [...open.values()].some(({ method }) => method === listening);
}

/** What has no answer gets this one, in the form that its answer has begun with. */
export function refuse({ response, open, parcel }: Exchange, reason: string): void {
  if (response.writableEnded) return;
  const errors = [...open.values()].map(({ id }) => renderError(id, reason));
  open.clear();
  if (response.headersSent) response.end(errors.map(eventOf).join(""));
  else if (errors.length === 0) response.writeHead(503).end();
  else
    response
      .writeHead(200, { "content-type": "application/json" })
      .end(parcel.isBatch ? `[${errors.join(",")}]` : errors.join(""));
}
