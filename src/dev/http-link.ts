/** What becomes of what clients wait for, when its server ends. */
import { isListening, refuse, type Exchange, type HttpLink } from "./http-exchange.js";
import { graceMilliseconds, words } from "./front.js";

export function finish({ exchanges, onIdle }: HttpLink, exchange: Exchange): void {
  exchanges.delete(exchange);
  if (exchanges.size === 0) onIdle?.();
}

/** What only listens goes on at another server; whatever else is under way is answered where it was asked. */
export function moveListening(from: HttpLink, to: HttpLink): void {
  for (const exchange of from.exchanges) {
    if (!isListening(exchange)) continue;
    exchange.next = to;
    exchange.isMoved = true;
    exchange.stop();
  }
}

/** Resolves when it has ended, after what is under way or after a while. */
export async function retire(link: HttpLink): Promise<void> {
  link.isLeaving = true;
  let timer: NodeJS.Timeout | undefined;
  const isOver = new Promise<void>((resolve) => {
    link.onIdle = resolve;
    timer = setTimeout(resolve, graceMilliseconds);
    if (link.exchanges.size === 0) resolve();
  });
  await Promise.race([isOver, link.child.ended]);
  clearTimeout(timer);
  for (const exchange of link.exchanges) refuse(exchange, words.replaced);
  await link.child.end();
}
