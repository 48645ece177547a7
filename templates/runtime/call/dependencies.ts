// What tools depend on, as the server sees it: opened before the first call, closed after the last. How it is made
// is in container/, which only servers have whose tools need a provider.
import type { Contracts } from "./tool-call.js";

export interface Container<Dependencies extends object = object> {
  /** Begins to make what these tools need. An override takes the place of what would be made, and is never closed. */
  open(tools: readonly NeedyTool[], overrides?: Partial<Dependencies>): OpenContainer;
}

export interface NeedyTool {
  readonly name: string;
  readonly needs?: readonly string[];
}

export interface OpenContainer {
  /**
   * Resolves when everything is there that lives as long as the server. Rejects when something could not be made,
   * after what had been made is closed again; the message is for whoever runs the server.
   */
  readonly ready: Promise<void>;
  /** For a tool with these needs. */
  supply(needs: readonly string[]): Supply;
  /** Rejects, once all is done, with an `AggregateError` of what could not be closed. */
  close(): Promise<void>;
}

/** Gives the work of one call what it needs beside the contracts; what was made for this call is closed after it. */
export type Supply = <T>(contracts: Contracts, work: (given: Contracts) => Promise<T>) => Promise<T>;
