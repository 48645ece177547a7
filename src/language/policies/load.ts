/** How much of the server the calls of a tool may take, and how much they do. */
import { choice, count, duration, onMethods, type PolicyRow } from "./policy.js";

export const load = {
  concurrency: {
    onProviders: true,
    grammar: {
      positions: ["max"],
      keys: {
        max: { ...count, means: "how many run at once (required; may stand without its key)" },
        queue: { kind: "integer", least: 0, means: "how many may wait (256)" },
      },
      required: ["max"],
      shortest: "@concurrency 8",
    },
    layers: [{ kind: "concurrency", place: 20, module: "concurrency", title: "concurrency" }],
    demands: [],
    page: {
      title: "limit what runs at once",
      text: [
        "Runs at most `max` calls of the tool at once and lets at most `queue` wait, first come, first served. All others are refused at once, with the time to come back. A call that is cancelled leaves the queue; waiting counts against the deadline.",
        onMethods + " All of them share one queue.",
      ],
      example: `/**
 * Draws a picture.
 *
 * @concurrency 2 queue=8
 */
export async function draw(what: string): Promise<string> {
  return \`a picture of \${what}\`;
}`,
      calls: [{ tool: "draw", arguments: { what: "a cat" }, answer: "a picture of a cat" }],
    },
  },
  rateLimit: {
    onProviders: false,
    grammar: {
      positions: ["limit"],
      keys: {
        limit: {
          kind: "limit",
          means: "a number of calls and a duration: 10/s, 100/min, 1000/h, 5/10s (required; may stand without its key)",
        },
        by: { ...choice("caller", "all"), means: "`caller`: for each caller apart; `all`: for all together (caller)" },
      },
      required: ["limit"],
      shortest: "@rateLimit 100/min",
    },
    layers: [{ kind: "rateLimit", place: 10, module: "rate-limit", title: "rate limit" }],
    demands: [],
    page: {
      title: "limit how often",
      text: [
        "Allows a number of calls in a duration and refuses all others at once, with the time to come back. Counted in this process, or in Redis for all processes that share it where REDIS_URL is set.",
      ],
      example: `/**
 * Sends a greeting.
 *
 * @rateLimit 1/h by=all
 */
export function greet(name: string): string {
  return \`Hello, \${name}!\`;
}`,
      calls: [{ tool: "greet", arguments: { name: "Ann" }, answer: "Hello, Ann!" }],
    },
  },
  serialize: {
    onProviders: false,
    grammar: {
      positions: [],
      keys: {
        key: { kind: "template", means: "a template of arguments, `{accountId}` or `account:{accountId}` (required)" },
        timeout: { ...duration, means: "how long a call waits for its turn before it is refused (2s)" },
        scope: {
          ...choice("process", "cluster"),
          means: "`process`, or `cluster`: all processes that share the Redis of REDIS_URL (process)",
        },
      },
      required: ["key"],
      shortest: "@serialize key={id}",
    },
    layers: [{ kind: "serialize", place: 30, module: "serialize", title: "serialize" }],
    demands: [],
    page: {
      title: "one after the other",
      text: [
        "Calls that fill the key with the same values run one after the other, in the order in which they came; calls with different values do not wait for each other. Tools with the same key exclude each other. What reads, computes and writes back needs it: what another call writes in between would be lost.",
      ],
      example: `/**
 * Books a seat.
 *
 * @serialize key=flight:{flight}
 */
export async function bookSeat(flight: string): Promise<string> {
  return \`a seat on \${flight}\`;
}`,
      calls: [{ tool: "bookSeat", arguments: { flight: "SK1" }, answer: "a seat on SK1" }],
    },
  },
  profile: {
    onProviders: false,
    grammar: {
      positions: ["what"],
      keys: {
        what: { ...choice("memory", "time"), means: "`memory` or `time` alone (both; may stand without its key)" },
      },
      required: [],
      shortest: "@profile",
    },
    layers: [{ kind: "profile", place: 15, module: "profile", title: "profile" }],
    demands: [],
    page: {
      title: "measure memory and time",
      text: [
        "Measures each call of the tool, one that fails too: what the heap has grown or shrunk by when it ends, and how long it took, its waiting for a turn included. `/metrics` has `mcp_tool_heap_delta_bytes` and `mcp_tool_profiled_seconds`, with the label `exclusive`, and the pauses of the garbage collector, `nodejs_gc_duration_seconds`, beside the process's own numbers.",
        'A call is `exclusive="true"` where nothing else ran meanwhile: no other call, no other item of a `@batch`, no work that a call has left behind. Of such calls `mcp_tool_heap_peak_bytes` has the most that the heap had grown by, looked at every 50 ms. All others are told what they and the others did together.',
        'A client that sends `"mcpgen/profile": true` in the `_meta` of its call gets the numbers of it in the `_meta` of the result, under the same key: `{ exclusive, milliseconds, heapDeltaBytes, heapPeakBytes }`. Errors, the answer of a `@batch` and results that memory has kept have none.',
        "The numbers are indicative: the heap is that of the process, and the garbage collector runs when it likes, so that a delta may be negative. Buffers are outside of the heap, and so is what a `@worker` makes in its thread.",
      ],
      example: `/**
 * Counts the words of a sentence.
 *
 * @profile memory
 */
export function countWords(sentence: string): number {
  return sentence.split(/\\s+/).filter((word) => word !== "").length;
}`,
      calls: [{ tool: "countWords", arguments: { sentence: "to be or not to be" }, answer: "6" }],
    },
  },
} as const satisfies Readonly<Record<string, PolicyRow>>;
