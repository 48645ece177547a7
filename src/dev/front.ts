/** What holds the clients' side while servers come and go behind it: over stdio or over HTTP. */
import type { Started } from "./child.js";
import type { Part } from "./protocol/surface.js";

export interface NextServer extends Started {
  /** Two of them cannot run side by side: the one before has ended when this one starts. */
  readonly isAlone: boolean;
  readonly onEnded: () => void;
}

export interface Front {
  /** Requests go to this one from when it is ready. Resolves with the reason why it is not; then the one before serves on, unless it had to end. */
  replace(next: NextServer): Promise<string | undefined>;
  /** Tells clients which lists have changed. */
  announce(parts: readonly Part[]): void;
  /** There is nothing to start: where nothing serves, requests are answered with this reason. */
  lack(reason: string): void;
  /** Ends the servers. */
  close(): Promise<void>;
}

/** How long requests may go on at a server that another has replaced. */
export const graceMilliseconds = 30_000;

export const words = {
  crashed: (how: string): string => `the server has ended (${how}); a change starts it again`,
  replaced: "the server was replaced by a newer build before it answered",
} as const;
