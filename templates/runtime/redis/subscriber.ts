// A second connection to Redis, which only listens. Whoever listens is told when messages may have been missed.
import type { Redis } from "ioredis";
import { log } from "../logging/logger.js";

export interface Listener {
  message(text: string): void;
  /** From here on nothing is missed; what was said before may have been. */
  start(): void;
}

export interface Subscriber {
  listen(channel: string, listener: Listener): void;
  close(): void;
}

/** The connection must be one that nothing else uses: one that listens can do nothing else. */
export function createSubscriber(client: Redis): Subscriber {
  const listeners = new Map<string, Listener[]>();
  const of = (channel: string): readonly Listener[] => listeners.get(channel) ?? [];

  const begin = (channel: string): void => {
    client.subscribe(channel).then(
      () => of(channel).forEach((listener) => listener.start()),
      // The connection is lost again: the next one begins anew.
      (error: unknown) => log.debug("Redis subscription failed", { error }),
    );
  };
  client.on("ready", () => [...listeners.keys()].forEach(begin));
  client.on("message", (channel: string, text: string) => of(channel).forEach((listener) => listener.message(text)));
  client.on("error", (error: unknown) => log.debug("Redis subscription failed", { error }));

  return {
    listen(channel, listener) {
      listeners.set(channel, [...of(channel), listener]);
      if (client.status === "ready") begin(channel);
    },
    close: () => client.disconnect(),
  };
}
