/** Clients over HTTP at one address, and the servers that come and go behind it. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { eventOf, readAtMost, readText } from "./protocol/events.js";
import { readEnvironment } from "./environment.js";
import { words, type Front, type NextServer } from "./front.js";
import { startHttpChild, type HttpChild } from "./http-child.js";
import { createExchange, isListening, leave, refuse, type Exchange, type HttpLink } from "./http-exchange.js";
import { moveListening, retire } from "./http-link.js";
import { HttpRelay, type Visit } from "./http-relay.js";
import { headersFor, push, type HttpSession } from "./http-session.js";
import type { Feed } from "./page/feed.js";
import { createPolicyCounts } from "./page/policies.js";
import type { Site } from "./page/site.js";
import { keyOf } from "./protocol/conversation.js";
import { isJson, memberOf, readParcel, renderNotification, type Parcel, type Request } from "./protocol/message.js";
import { cancelled } from "./protocol/questions.js";
import { changeOf, changesFor, type Part } from "./protocol/surface.js";

export interface HttpParts {
  readonly feed: Feed;
  /** The page for people. */
  readonly site: Site;
  readonly host: string;
  readonly port: number;
  /** A server has ended that was to go on. */
  readonly onCrash: (how: string) => void;
}

/** Rejects when the port cannot be had. Of 0 the system makes one that is free. */
export async function createHttpFront(parts: HttpParts): Promise<Front & { readonly port: number }> {
  const proxy = new HttpProxy(parts);
  await proxy.listen();
  return proxy;
}

type Standing =
  | { readonly kind: "starting"; readonly waiting: (() => void)[] }
  | { readonly kind: "serving"; readonly link: HttpLink }
  | { readonly kind: "absent"; readonly reason: string };

class HttpProxy implements Front {
  private standing: Standing = { kind: "starting", waiting: [] };
  private readonly links = new Set<HttpLink>();
  private readonly relay = new HttpRelay();
  private readonly server: Server;
  private readonly parts: HttpParts;

  constructor(parts: HttpParts) {
    this.parts = parts;
    this.server = createServer((request, response) => {
      this.serve(request, response).catch(() => {
        response.destroy();
      });
    });
  }

  get port(): number {
    return (this.server.address() as AddressInfo | null)?.port ?? this.parts.port;
  }

  async listen(): Promise<void> {
    const { host, port } = this.parts;
    await new Promise<void>((resolve, reject) => {
      this.server.once("error", reject);
      this.server.listen(port, host, resolve);
    });
  }

  async replace({ isAlone, onEnded, ...started }: NextServer): Promise<string | undefined> {
    if (isAlone) await this.clear();
    const { host, feed } = this.parts;
    feed.hide(readEnvironment(started.folder), []);
    const child = await startHttpChild(started, { host, onLine: feed.line.bind(feed) });
    const counts = createPolicyCounts((authorization) => readMetrics(child, authorization));
    const link: HttpLink = { child, exchanges: new Set(), counts, isLeaving: true };
    this.links.add(link);
    void child.ended.then((how) => {
      onEnded();
      this.leave(link, how);
    });
    const failure = await child.findFailure();
    if (failure !== undefined) return failure;
    counts.start();
    link.isLeaving = false;
    const before = this.standing;
    this.stand({ kind: "serving", link });
    for (const session of this.relay.sessions.values())
      for (const stream of session.streams) void this.relay.follow(link, session, stream);
    if (before.kind === "serving") {
      moveListening(before.link, link);
      void retire(before.link);
    }
    return undefined;
  }

  announce(parts: readonly Part[]): void {
    for (const session of this.relay.sessions.values())
      if (session.conversation.isOpen()) for (const part of parts) push(session, renderNotification(changeOf(part)));
    for (const { exchanges } of this.links)
      for (const exchange of exchanges)
        if (isListening(exchange))
          for (const request of exchange.open.values())
            for (const text of changesFor(request, parts)) exchange.response.write(eventOf(text));
  }

  lack(reason: string): void {
    if (this.standing.kind !== "serving") this.stand({ kind: "absent", reason });
  }

  async close(): Promise<void> {
    this.server.close();
    await Promise.all(
      [...this.links].map(async (link) => {
        link.isLeaving = true;
        await link.child.end();
      }),
    );
    this.server.closeAllConnections();
  }

  private stand(standing: Standing): void {
    const before = this.standing;
    this.standing = standing;
    if (before.kind === "starting") for (const go of before.waiting) go();
  }

  private async clear(): Promise<void> {
    const before = this.standing;
    if (before.kind === "starting") return;
    this.standing = { kind: "starting", waiting: [] };
    if (before.kind === "serving") await retire(before.link);
  }

  private leave(link: HttpLink, how: string): void {
    this.links.delete(link);
    this.relay.forget(link);
    if (link.isLeaving) return;
    if (this.standing.kind === "serving" && this.standing.link === link)
      this.stand({ kind: "absent", reason: words.crashed(how) });
    this.parts.onCrash(how);
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.parts.site.serve(request, response)) return;
    const session = this.relay.sessions.get(String(request.headers["mcp-session-id"]));
    // What is cut is still too large for the server, which refuses it in its own words.
    const body = await readAtMost(request, mostBodyBytes + 1);
    const isMcp = /^\/mcp\/?(?:\?|$)/.test(request.url ?? "");
    if (isMcp && request.method === "GET" && session) await this.listenOn(session, [request, response]);
    else if (isMcp && request.method === "POST") await this.take(readParcel(body), session, [request, response]);
    else await this.pass(body, session, [request, response]);
  }

  private async listenOn(session: HttpSession, [request, response]: Visit): Promise<void> {
    const link = await this.current();
    if (typeof link === "string") lacking(response, link);
    else await this.relay.listen(link, session, [request, response]);
    const { standing } = this;
    // Its server has been replaced meanwhile.
    if (standing.kind === "serving" && standing.link !== link && session.streams.has(response))
      void this.relay.follow(standing.link, session, response);
  }

  private async take(parcel: Parcel, session: HttpSession | undefined, [request, response]: Visit): Promise<void> {
    const [first] = parcel.messages;
    const found = first?.kind === "answer" ? this.relay.find(first) : undefined;
    const asked = found ? { parcel: readParcel(found.text), session } : { parcel, session };
    const exchange = createExchange(request, response, asked);
    if (found) return this.relay.post(found.asker, exchange);
    for (const message of parcel.messages)
      if (message.kind === "notification") session?.conversation.noteNotification(message);
    const underWay =
      first?.kind === "notification" && first.method === cancelled
        ? this.relay.findUnderWay(this.links, session, first)
        : undefined;
    const link = underWay ?? (await this.current());
    this.watch(exchange, typeof link === "string" ? undefined : link);
    if (typeof link === "string") refuse(exchange, link);
    else await this.relay.post(link, exchange);
  }

  /** What is called is told to who watches, and so is how it ends. */
  private watch(exchange: Exchange, link: HttpLink | undefined): void {
    const { request, response, session, open, ends } = exchange;
    for (const each of open.values()) {
      const call = this.parts.feed.begin(each, clientOf(each, request, session));
      if (!call) continue;
      const tool = each.method === "tools/call" ? memberOf(each.json, "params")["name"] : undefined;
      const { authorization } = request.headers;
      const count = typeof tool === "string" ? link?.counts.begin(tool, call, authorization) : undefined;
      ends.set(keyOf(each.id), (answer) => {
        call.end(answer);
        void count?.();
      });
    }
    response.once("close", () => {
      leave(exchange);
    });
  }

  /** All that is no message: health, metrics, what browsers ask first, the end of a session. */
  private async pass(body: string, session: HttpSession | undefined, [request, response]: Visit): Promise<void> {
    const link = await this.current();
    if (typeof link === "string") {
      lacking(response, link);
      return;
    }
    const { method = "GET", url: path = "/" } = request;
    const headers = headersFor(link.child, session, request.headers);
    const answer = await link.child.call({ method, path, headers, ...(body !== "" && { body }) });
    const { statusCode = 502 } = answer;
    if (method === "DELETE" && session && !isForbidden(statusCode)) this.relay.sessions.delete(session.id);
    response.writeHead(statusCode, answer.headers);
    answer.pipe(response);
  }

  /** Who serves, or why nobody does. */
  private async current(): Promise<HttpLink | string> {
    const { standing } = this;
    if (standing.kind === "starting") await new Promise<void>((resolve) => standing.waiting.push(resolve));
    const now = this.standing;
    switch (now.kind) {
      case "serving":
        return now.link;
      case "absent":
        return now.reason;
      case "starting":
        return this.current();
    }
  }
}

/** As its client calls itself, once for all or in each request (revision 2026-07-28). */
function clientOf({ json }: Request, { headers }: IncomingMessage, session: HttpSession | undefined): string {
  // Browsers say so of the page's own requests, and of those alone.
  if (headers["sec-fetch-site"] === "same-origin") return "this page";
  const info = memberOf(memberOf(json, "params"), "_meta")["io.modelcontextprotocol/clientInfo"];
  const name = isJson(info) ? info["name"] : session?.client;
  return typeof name === "string" && name !== "" ? name : (headers["user-agent"] ?? "");
}

async function readMetrics(child: HttpChild, authorization: string | undefined): Promise<string | undefined> {
  const headers = authorization === undefined ? {} : { authorization };
  const answer = await child.call({ method: "GET", path: "/metrics", headers }).catch(() => undefined);
  const text = answer && (await readText(answer));
  return answer?.statusCode === 200 ? text : undefined;
}

/** As templates/runtime/http/body.ts. */
const mostBodyBytes = 4_000_000;

/** By the server's guards: host, origin, authorization. */
function isForbidden(status: number): boolean {
  return status === 401 || status === 403;
}

function lacking(response: ServerResponse, reason: string): void {
  response.writeHead(503, { "content-type": "text/plain" }).end(reason);
}
