/** A server's page of metrics before and after a call → what the call's policies did, as far as no other call of the tool ran meanwhile. */
import { countedBetween, countersOf } from "../../../templates/bench/outcomes.js";
import type { RunningCall } from "./feed.js";

export interface PolicyCounts {
  /** The server answers from now on. */
  start(): void;
  /** What is returned is called when the call has ended. */
  begin(tool: string, call: RunningCall, authorization: string | undefined): () => Promise<void>;
}

interface Watched {
  readonly call: RunningCall;
  isAlone: boolean;
}

/** The server's metrics, for who has this authorization; undefined where there are none for them. */
type Read = (authorization: string | undefined) => Promise<string | undefined>;

export function createPolicyCounts(read: Read): PolicyCounts {
  const running = new Map<string, Set<Watched>>();
  let before: Promise<string | undefined> = Promise.resolve(undefined);
  return {
    start: () => {
      before = read(undefined);
    },
    begin: (tool, call, authorization) => {
      const others = running.get(tool) ?? new Set();
      running.set(tool, others);
      const watched: Watched = { call, isAlone: others.size === 0 };
      for (const other of others) other.isAlone = false;
      others.add(watched);
      return async () => {
        const earlier = before;
        before = earlier.then(async () => read(authorization));
        const [page, now] = [await earlier, await before];
        // Only now: what begins before the page is read is counted in it.
        others.delete(watched);
        if (!watched.isAlone || page === undefined || now === undefined) return;
        const grown = countedBetween(countersOf(page, tool), countersOf(now, tool));
        const outcomes = Object.entries(grown).filter(([counter]) => !counter.startsWith("mcp_tool_calls_total"));
        call.count(Object.fromEntries(outcomes));
      };
    },
  };
}
