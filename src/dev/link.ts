/** One server behind the proxy, and what the client waits for from it. */
import type { Child } from "./child.js";
import { keyOf } from "./protocol/conversation.js";
import type { Answer, Id, Request } from "./protocol/message.js";

export interface Link {
  readonly child: Child;
  /** By their ids as keys. */
  readonly pending: Map<string, Request>;
  /** Requests that were another server's before: their first acknowledgement has been passed on by that one. */
  readonly moved: Set<string>;
  /** It ends because we want it to. */
  isLeaving: boolean;
  /** Called when nothing is pending any more. */
  onIdle?: () => void;
}

export function createLink(child: Child): Link {
  return { child, pending: new Map(), moved: new Set(), isLeaving: false };
}

export function settle(link: Link, { id }: Answer): Request | undefined {
  if (id === null) return undefined;
  const request = link.pending.get(keyOf(id));
  forget(link, keyOf(id));
  return request;
}

/** Nobody waits for it any more. */
export function forget(link: Link, key: string): void {
  link.pending.delete(key);
  if (link.pending.size === 0) link.onIdle?.();
}

/** A request that stays open for as long as its client listens (revision 2026-07-28, "Subscriptions"). */
export const listening = "subscriptions/listen";

/** Those go on at another server; whatever else is pending is answered where it was asked. */
export function moveListening(from: Link, to: Link): void {
  for (const [key, request] of from.pending) {
    if (request.method !== listening) continue;
    from.pending.delete(key);
    to.pending.set(key, request);
    to.moved.add(key);
    to.child.send(JSON.stringify(request.json));
  }
}

/** Resolves when it has ended, after what is pending or after so long; with the ids of what it has not answered. */
export async function retire(link: Link, milliseconds: number): Promise<readonly Id[]> {
  link.isLeaving = true;
  let timer: NodeJS.Timeout | undefined;
  const isOver = new Promise<void>((resolve) => {
    link.onIdle = resolve;
    timer = setTimeout(resolve, milliseconds);
    if (link.pending.size === 0) resolve();
  });
  await Promise.race([isOver, link.child.ended]);
  clearTimeout(timer);
  const left = [...link.pending.values()].map(({ id }) => id);
  link.pending.clear();
  await link.child.end();
  return left;
}
