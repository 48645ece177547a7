/** One client over stdin and stdout, and the servers that come and go behind it. */
import { findFailure, startChild, type Child } from "./child.js";
import { createConversation, keyOf, tell } from "./protocol/conversation.js";
import { graceMilliseconds, words, type Front, type NextServer } from "./front.js";
import { createLink, forget, listening, moveListening, retire, settle, type Link } from "./link.js";
import { memberOf, readParcel, renderError, renderNotification } from "./protocol/message.js";
import type { Answer, Json, Notification, Parcel, Request } from "./protocol/message.js";
import { cancelled, createQuestions } from "./protocol/questions.js";
import { changeOf, changesFor, presentAcknowledged, presentAnswer, type Part } from "./protocol/surface.js";

export interface StdioParts {
  readonly write: (line: string) => void;
  /** A server has ended that was to go on. */
  readonly onCrash: (how: string) => void;
}

export interface StdioFront extends Front {
  /** A line of the client's. */
  receive(line: string): void;
}

/** What answers requests: nothing yet, so that they wait; a server; or nothing before the next change. */
type Standing =
  | { readonly kind: "starting"; readonly waiting: Parcel[] }
  | { readonly kind: "serving"; readonly link: Link }
  | { readonly kind: "absent"; readonly reason: string };

export function createStdioFront(parts: StdioParts): StdioFront {
  return new StdioProxy(parts);
}

class StdioProxy implements StdioFront {
  private standing: Standing = { kind: "starting", waiting: [] };
  /** All that have not ended, also those that only end what they have begun. */
  private readonly links = new Set<Link>();
  private readonly conversation = createConversation();
  private readonly questions = createQuestions<Link>();

  private readonly parts: StdioParts;

  constructor(parts: StdioParts) {
    this.parts = parts;
  }

  receive(line: string): void {
    this.route(readParcel(line));
  }

  async replace({ isAlone, onEnded, ...started }: NextServer): Promise<string | undefined> {
    if (isAlone) await this.clear();
    const link = this.open(startChild(started));
    void link.child.ended.then(onEnded);
    link.isLeaving = true;
    const failure = await this.prepare(link.child);
    if (failure !== undefined) {
      await link.child.end();
      return failure;
    }
    link.isLeaving = false;
    const before = this.standing;
    this.stand({ kind: "serving", link });
    if (before.kind === "serving") {
      moveListening(before.link, link);
      void this.retire(before.link);
    }
    return undefined;
  }

  announce(parts: readonly Part[]): void {
    if (this.standing.kind !== "serving") return;
    if (this.conversation.isOpen()) for (const part of parts) this.parts.write(renderNotification(changeOf(part)));
    for (const request of this.standing.link.pending.values())
      if (request.method === listening) for (const text of changesFor(request, parts)) this.parts.write(text);
  }

  lack(reason: string): void {
    if (this.standing.kind !== "serving") this.stand({ kind: "absent", reason });
  }

  async close(): Promise<void> {
    await Promise.all(
      [...this.links].map(async (link) => {
        link.isLeaving = true;
        await link.child.end();
      }),
    );
  }

  private open(child: Child): Link {
    const link = createLink(child);
    this.links.add(link);
    child.listen((parcel) => {
      this.pass(link, parcel);
    });
    void child.ended.then((how) => {
      this.leave(link, how);
    });
    return link;
  }

  /** Undefined: it is ready, and knows what the client has said. */
  private async prepare(child: Child): Promise<string | undefined> {
    const failure = await findFailure(child);
    if (failure !== undefined) return failure;
    return (await this.conversation.repeat(child)) ? undefined : "it refuses the client that its predecessor served";
  }

  /** Whoever waits gets through, or is told why not. */
  private stand(standing: Standing): void {
    const before = this.standing;
    this.standing = standing;
    if (before.kind === "starting") for (const parcel of before.waiting) this.route(parcel);
  }

  /** Requests wait until the next one stands. */
  private async clear(): Promise<void> {
    const before = this.standing;
    if (before.kind === "starting") return;
    this.standing = { kind: "starting", waiting: [] };
    if (before.kind === "serving") await this.retire(before.link);
  }

  private async retire(link: Link): Promise<void> {
    const left = await retire(link, graceMilliseconds);
    for (const id of left) this.parts.write(renderError(id, words.replaced));
  }

  private leave(link: Link, how: string): void {
    this.links.delete(link);
    for (const text of this.questions.forget(link)) this.parts.write(text);
    const reason = link.isLeaving ? words.replaced : words.crashed(how);
    for (const { id } of link.pending.values()) this.parts.write(renderError(id, reason));
    link.pending.clear();
    if (link.isLeaving) return;
    if (this.standing.kind === "serving" && this.standing.link === link)
      this.stand({ kind: "absent", reason: words.crashed(how) });
    this.parts.onCrash(how);
  }

  // From the client to a server.

  private route(parcel: Parcel): void {
    const [first] = parcel.messages;
    if (first?.kind === "answer" && !parcel.isBatch) this.answer(first);
    else if (this.standing.kind === "starting") this.standing.waiting.push(parcel);
    else if (first?.kind === "notification" && first.method === cancelled) this.cancel(first, parcel);
    else if (this.standing.kind === "serving") this.forward(this.standing.link, parcel);
    else this.refuse(parcel, this.standing.reason);
  }

  private forward(link: Link, { messages, text }: Parcel): void {
    for (const message of messages)
      if (message.kind === "request") link.pending.set(keyOf(message.id), message);
      else if (message.kind === "notification") this.conversation.noteNotification(message);
    link.child.send(text);
  }

  private refuse({ messages }: Parcel, reason: string): void {
    for (const message of messages)
      if (message.kind === "request") this.parts.write(renderError(message.id, reason));
      else if (message.kind === "notification") this.conversation.noteNotification(message);
  }

  private answer(answer: Answer): void {
    const found = this.questions.answer(answer);
    found?.asker.child.send(found.text);
  }

  private cancel({ json }: Notification, { text }: Parcel): void {
    const key = JSON.stringify(memberOf(json, "params")["requestId"]);
    const link = [...this.links].find((each) => each.pending.has(key));
    if (!link) return;
    link.child.send(text);
    // No answer comes for it; one that is under way is passed on, as it would be without us.
    forget(link, key);
  }

  // From a server to the client.

  private pass(link: Link, { messages, text, isBatch }: Parcel): void {
    const [first] = messages;
    if (isBatch || !first) {
      for (const message of messages) if (message.kind === "answer") settle(link, message);
      this.parts.write(text);
      return;
    }
    const line = this.translate(link, first);
    if (line !== undefined) this.parts.write(line === first.json ? text : JSON.stringify(line));
  }

  /** The message as the client is to see it; undefined where it is not. */
  private translate(link: Link, message: Request | Notification | Answer): Json | undefined {
    switch (message.kind) {
      case "answer":
        return this.settle(link, message);
      case "request":
        this.parts.write(this.questions.ask(link, message));
        return undefined;
      case "notification":
        return this.notify(link, message);
    }
  }

  private settle(link: Link, answer: Answer): Json {
    const request = settle(link, answer);
    if (!request) return answer.json;
    const said = this.conversation.noteAnswered(request, answer);
    // Its successor, which has been told all that was said before, is told this too.
    if (said && this.standing.kind === "serving" && this.standing.link !== link)
      void tell(this.standing.link.child, said);
    return presentAnswer(request, answer.json);
  }

  private notify(link: Link, notification: Notification): Json | undefined {
    if (notification.method === cancelled) {
      const text = this.questions.callOff(link, notification);
      if (text !== undefined) this.parts.write(text);
      return undefined;
    }
    if (notification.method !== "notifications/subscriptions/acknowledged") return notification.json;
    const { "io.modelcontextprotocol/subscriptionId": id } = memberOf(memberOf(notification.json, "params"), "_meta");
    const key = JSON.stringify(id);
    if (link.moved.delete(key)) return undefined;
    const request = link.pending.get(key);
    return request ? presentAcknowledged(request, notification.json) : notification.json;
  }
}
