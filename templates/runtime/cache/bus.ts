// What the processes of a server tell each other through Redis: which tags are out of date, which computations that
// others wait for have ended, and how.
import { randomUUID } from "node:crypto";
import type { Connect, RedisConnection } from "../redis/connection.js";
import type { KeptFailure } from "./failure.js";

export interface Bus {
  readonly channel: string;
  /** A message to send; those of this process itself are not delivered to it. */
  print(message: Message): string;
  /** Begins to listen, unless it does already. */
  open(): void;
  /** Hears of that end until it is told to forget it. */
  ended(key: string): Ending;
}

export type Message =
  | { readonly kind: "outdated"; readonly tags: readonly string[] }
  | { readonly kind: "ended"; readonly key: string; readonly failure?: KeptFailure | undefined };

export interface Ending {
  /** That of the one who has failed. */
  failure: KeptFailure | undefined;
  /** Called with each message. */
  wake(): void;
  forget(): void;
}

export interface BusParts {
  readonly connect: Connect;
  readonly channel: string;
  onOutdated(tags: readonly string[]): void;
  /** Messages may have been missed. */
  onGap(): void;
}

export function createBus(parts: BusParts): Bus {
  const { channel } = parts;
  const self = randomUUID();
  const waiting = new Map<string, Set<Ending>>();
  let opened: RedisConnection | undefined;

  const receive = (text: string): void => {
    const message = readMessage(text);
    if (message === undefined || message.from === self) return;
    if (message.kind === "outdated") return parts.onOutdated(message.tags);
    for (const ending of waiting.get(message.key) ?? []) {
      ending.failure ??= message.failure;
      ending.wake();
    }
  };

  return {
    channel,
    print: (message) => JSON.stringify({ from: self, ...message }),
    open() {
      const redis = parts.connect();
      if (redis === undefined || redis === opened) return;
      opened = redis;
      redis.subscribe(channel, { message: receive, start: () => parts.onGap() });
    },
    ended(key) {
      const endings = waiting.get(key) ?? new Set();
      const ending: Ending = {
        failure: undefined,
        wake: () => undefined,
        forget() {
          endings.delete(ending);
          if (endings.size === 0 && waiting.get(key) === endings) waiting.delete(key);
        },
      };
      waiting.set(key, endings.add(ending));
      return ending;
    },
  };
}

/** Another version may speak otherwise; what it says is then not understood. */
function readMessage(text: string): (Message & { readonly from: string }) | undefined {
  try {
    const message = JSON.parse(text) as Message & { readonly from: string };
    const isKnown = message.kind === "outdated" ? Array.isArray(message.tags) : typeof message.key === "string";
    return isKnown ? message : undefined;
  } catch {
    return undefined;
  }
}
