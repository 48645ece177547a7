/** Requests of clients → a server's answers, with what has to differ: names of sessions, ids of questions, what is declared. */
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { keyOf } from "./protocol/conversation.js";
import { eventOf, readEvents, readText } from "./protocol/events.js";
import { words } from "./front.js";
import { end, endRefused, refuse, type Exchange, type HttpLink } from "./http-exchange.js";
import { finish } from "./http-link.js";
import { listening } from "./link.js";
import { createHttpSession, headersFor, introduce, openStream, push, type HttpSession } from "./http-session.js";
import {
  isFailure,
  memberOf,
  readParcel,
  type Answer,
  type Json,
  type Message,
  type Notification,
} from "./protocol/message.js";
import { cancelled, createQuestions } from "./protocol/questions.js";
import { presentAcknowledged, presentAnswer } from "./protocol/surface.js";

export type Visit = readonly [IncomingMessage, ServerResponse];

/** Its answer to who would listen, where it has let them in: it has no sessions. */
const hasNoStreams = 405;

/** Whom a message of a server's is for. */
interface Receiver {
  readonly link: HttpLink;
  readonly session: HttpSession | undefined;
  readonly exchange?: Exchange;
}

export class HttpRelay {
  readonly sessions = new Map<string, HttpSession>();
  private readonly questions = createQuestions<HttpLink>();

  /** Who gave the question that this answers; with the answer in that server's words. */
  find(answer: Answer): { readonly asker: HttpLink; readonly text: string } | undefined {
    return this.questions.answer(answer);
  }

  /** Posts to the server, and answers the client with what comes. */
  async post(link: HttpLink, exchange: Exchange): Promise<void> {
    const { request, response, session, parcel } = exchange;
    const controller = new AbortController();
    const stop = (): void => {
      controller.abort();
    };
    exchange.stop = stop;
    link.exchanges.add(exchange);
    response.once("close", stop);
    try {
      if (session && !session.names.has(link.child)) await introduce(session, link.child);
      const headers = headersFor(link.child, session, request.headers);
      const call = { method: "POST", path: request.url ?? "/mcp", headers, body: parcel.text };
      await this.answer(await link.child.call({ ...call, signal: controller.signal }), link, exchange);
    } catch {
      if (!exchange.next) refuse(exchange, await this.reasonOf(link));
    } finally {
      response.off("close", stop);
      finish(link, exchange);
    }
    const { next } = exchange;
    exchange.next = undefined;
    if (next && !response.destroyed) await this.post(next, exchange);
  }

  /** What belongs to none of its requests goes to a client on a stream that stays; whether it may have one the server says. */
  async listen(link: HttpLink, session: HttpSession, [request, stream]: Visit): Promise<void> {
    const answer = await this.askForStream(link, session, [request.headers, stream]);
    const { statusCode = 502, headers } = answer;
    if (statusCode !== 200 && statusCode !== hasNoStreams) {
      stream.writeHead(statusCode, headersOf(headers, undefined));
      answer.pipe(stream);
      return;
    }
    openStream(session, stream, headers);
    void this.carry(answer, { link, session }, stream);
  }

  /** The same stream, at another server. */
  async follow(link: HttpLink, session: HttpSession, stream: ServerResponse): Promise<void> {
    const asked = [{ ...session.headers, accept: "text/event-stream" }, stream] as const;
    const answer = await this.askForStream(link, session, asked).catch(() => undefined);
    if (answer) await this.carry(answer, { link, session }, stream);
  }

  private async askForStream(
    link: HttpLink,
    session: HttpSession,
    [given, stream]: readonly [IncomingHttpHeaders, ServerResponse],
  ): Promise<IncomingMessage> {
    const controller = new AbortController();
    stream.once("close", () => {
      controller.abort();
    });
    if (!session.names.has(link.child)) await introduce(session, link.child);
    const headers = headersFor(link.child, session, given);
    return link.child.call({ method: "GET", path: "/mcp", headers, signal: controller.signal });
  }

  private async carry(answer: IncomingMessage, receiver: Receiver, stream: ServerResponse): Promise<void> {
    // A server without sessions has nothing to say there.
    if (answer.statusCode !== 200) answer.resume();
    else
      await readEvents(answer, (data) => {
        for (const text of this.translate(receiver, data)) stream.write(eventOf(text));
      });
  }

  /** The server is gone, and with it what it has asked. */
  forget(link: HttpLink): void {
    const texts = this.questions.forget(link);
    for (const session of this.sessions.values())
      if (session.names.delete(link.child)) for (const text of texts) push(session, text);
  }

  private async reasonOf(link: HttpLink): Promise<string> {
    return link.isLeaving ? words.replaced : words.crashed(await link.child.ended);
  }

  private async answer(answer: IncomingMessage, link: HttpLink, exchange: Exchange): Promise<void> {
    const { response } = exchange;
    const session = exchange.session ?? this.open(answer, link, exchange);
    const receiver = { link, session, exchange };
    const head = headersOf(answer.headers, session);
    if (answer.headers["content-type"] === "text/event-stream") {
      if (!response.headersSent) response.writeHead(answer.statusCode ?? 200, head);
      await readEvents(answer, (data) => {
        for (const text of this.translate(receiver, data)) response.write(eventOf(text));
      });
      if (exchange.next) return;
      if (exchange.open.size > 0 && !answer.complete) throw new Error("cut off");
      response.end();
      return;
    }
    const body = await readText(answer);
    if (!answer.complete) throw new Error("cut off");
    if ((answer.statusCode ?? 200) >= 400) endRefused(exchange, body);
    const text = body === "" ? "" : this.translate(receiver, body).join("");
    // A result that stands for an error has a result's status.
    const isResult = readParcel(text).messages.some((each) => each.kind === "answer" && !isFailure(each));
    response.writeHead(isResult ? 200 : (answer.statusCode ?? 200), head).end(text);
  }

  /** The answer to a handshake names the session, by the name that its first server gives it. */
  private open(answer: IncomingMessage, link: HttpLink, { request, open }: Exchange): HttpSession | undefined {
    const id = answer.headers["mcp-session-id"];
    const handshake = [...open.values()].find(({ method }) => method === "initialize");
    if (typeof id !== "string" || !handshake) return undefined;
    const { name } = memberOf(memberOf(handshake.json, "params"), "clientInfo");
    const client = typeof name === "string" ? name : "";
    const session = createHttpSession({ id, client, headers: request.headers }, link.child);
    this.sessions.set(id, session);
    return session;
  }

  /** Messages as the client is to see them. */
  private translate(receiver: Receiver, text: string): readonly string[] {
    const { messages, isBatch } = readParcel(text);
    const [first] = messages;
    if (first && !isBatch) return this.see(receiver, first);
    for (const message of messages) if (message.kind === "answer") this.settle(receiver, message);
    return [text];
  }

  private see(receiver: Receiver, message: Message): readonly string[] {
    switch (message.kind) {
      case "answer":
        return [JSON.stringify(this.settle(receiver, message))];
      case "request":
        return [this.questions.ask(receiver.link, message)];
      case "notification":
        return this.notify(receiver, message);
    }
  }

  private settle({ session, exchange }: Receiver, answer: Answer): Json {
    const key = answer.id === null ? "" : keyOf(answer.id);
    const request = exchange?.open.get(key);
    exchange?.open.delete(key);
    if (!request) return answer.json;
    session?.conversation.noteAnswered(request, answer);
    const presented = presentAnswer(request, answer.json);
    if (exchange) end(exchange, answer.id, presented);
    return presented;
  }

  private notify({ link, exchange }: Receiver, { method, json }: Notification): readonly string[] {
    if (method === cancelled) {
      const text = this.questions.callOff(link, { kind: "notification", method, json });
      return text === undefined ? [] : [text];
    }
    if (method !== "notifications/subscriptions/acknowledged") return [JSON.stringify(json)];
    if (exchange?.isMoved) return [];
    const asked = [...(exchange?.open.values() ?? [])].find((each) => each.method === listening);
    return [JSON.stringify(asked ? presentAcknowledged(asked, json) : json)];
  }

  /** Where a request is under way, so that it can be called off there. */
  findUnderWay(
    links: Iterable<HttpLink>,
    session: HttpSession | undefined,
    { json }: Notification,
  ): HttpLink | undefined {
    const key = JSON.stringify(memberOf(json, "params")["requestId"]);
    return [...links].find(({ exchanges }) =>
      [...exchanges].some((each) => each.session === session && each.open.has(key)),
    );
  }
}

/** Those that are about the connection are ours to give. */
function headersOf(given: IncomingHttpHeaders, session: HttpSession | undefined): IncomingHttpHeaders {
  const { "content-length": _, connection: _c, "transfer-encoding": _t, "keep-alive": _k, ...headers } = given;
  return { ...headers, ...(session && { "mcp-session-id": session.id }) };
}
