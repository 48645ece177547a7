// Where connections come from: a server, or the embedded database.
import type { ClientBase } from "pg";

export interface Source {
  /** So many connections there are at most. */
  readonly max: number;
  /** How a stream reads: over a connection that it keeps, or, where there is but one for all, from a result set aside. */
  readonly streams: "connection" | "aside";
  connect(): Promise<ClientBase>;
  /** For others, unless it is broken. Never throws. */
  giveBack(client: ClientBase, state: "sound" | "broken"): void;
  /** Asks for the running statement to be stopped. Resolves when it should have been by now; never rejects. */
  cancel(client: ClientBase): Promise<void>;
  /** Closes the connections, which have all been given back. */
  close(): Promise<void>;
}
