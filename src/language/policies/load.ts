/** How much of the server the calls of a tool may take. */
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
} as const satisfies Readonly<Record<string, PolicyRow>>;
