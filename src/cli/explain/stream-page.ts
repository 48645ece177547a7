/** The page of `@stream`; see policy-pages.ts. */
import type { PolicyPage } from "./policy-page.js";

export const streamPage: PolicyPage = {
  title: "deliver a stream",
  text: [
    "How a tool delivers what its function gives as an `AsyncIterable`, an `AsyncGenerator` or an `AsyncIterableIterator`. `page`, which needs no tag, adds the arguments `cursor` and `limit` and answers `{ items, nextCursor }`; `collect` answers `{ items, truncated }`, all in one. Each item is checked and encoded by its type.",
    "The stream is pulled: only what has been asked for is produced, and one item more, which tells whether there is another page. Between two pages the function waits at its `yield`, with its signal, its log and its dependencies; its `finally` runs when it has ended, when no page is asked for within `ttl`, when a page is cancelled or too late, when more than MCP_MAX_STREAMS wait (the oldest goes), and when the server ends.",
    "A cursor is used once, with the arguments of the first call, by the caller and in the session that it was given to. Any other one is refused by an answer that says why, and to call again without a cursor.",
    "An answer has at most `max` items and `maxBytes` of JSON: a page that is full before ends there. A failure says after how many items it came; the items of a page that came before it are delivered first. `@timeout` is for each page. `@retry` and `@cache` are only for `collect`. Progress is reported in items, unless the function reports it.",
  ],
  keys: {
    mode: "`page` or `collect` (page; may stand without its key)",
    size: "how many items a page has without a `limit` (100)",
    max: "how many items an answer may have (1000)",
    maxBytes: "how many bytes of JSON the items of an answer may have: 64kB, 1MiB (90kB)",
    ttl: "how long a stream waits for its next page (5m)",
  },
  example: `/**
 * Draws the numbers up to one, in their order.
 *
 * @stream page size=50 max=500
 */
export async function* draw(to: number): AsyncGenerator<number> {
  for (let number = 1; number <= to; number += 1) yield number;
}`,
  calls: [{ tool: "draw", arguments: { to: 3 }, answer: JSON.stringify({ items: [1, 2, 3] }) }],
};
