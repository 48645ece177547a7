/** Functions that are served as another tool than one for a call of theirs. */
import { choice, count, duration, type PolicyRow } from "./policy.js";

export const forms = {
  batch: {
    onProviders: false,
    roles: ["tool"],
    grammar: {
      positions: [],
      keys: {
        max: { ...count, means: "how many items a call may have (100)" },
        concurrency: { ...count, means: "how many of them run at once (8)" },
        as: { kind: "toolName", means: "the tool's name (that of `@name`, else the function's followed by `Batch`)" },
      },
      required: [],
      shortest: "@batch",
    },
    layers: [],
    demands: [],
    page: {
      title: "several items in one call",
      text: [
        "Serves a function for one item as a tool for several: its arguments become the items of a list, `{ items: [...] }`, and only this tool is listed. It answers `{ results, succeeded, failed }` with a result for each item at its place, `{ index, ok: true, value }` or `{ index, ok: false, error: { code, message, retryable } }`. A function that returns nothing has null for its value.",
        "An item that fails fails alone; the call is an error only where all of them failed, or where its arguments were refused. `code` is what kind of failure it was (invalidInput, notFound, conflict, denied, rateLimited, unavailable, timeout, overloaded, cancelled, bug), `message` what the tool for one item would have said.",
        "All other policies of the function are those of each item, and templates name the arguments of one; so are providers in the scope `request`. `@timeout total=` alone is for the call: items that are not done by then have the code `deadline`. A cancelled call begins no more items. Items that are the same are one call where `@readonly` is written above the function. Progress is reported in items.",
      ],
      example: `/**
 * Squares a number.
 *
 * @readonly
 * @batch max=10 as=squareAll
 */
export function square(side: number): number {
  if (side < 0) throw Object.assign(new Error("No side is negative."), { status: 400 });
  return side * side;
}`,
      calls: [
        {
          tool: "squareAll",
          arguments: { items: [{ side: 3 }, { side: -1 }] },
          answer: JSON.stringify({
            results: [
              { index: 0, ok: true, value: 9 },
              {
                index: 1,
                ok: false,
                error: { code: "invalidInput", message: "No side is negative.", retryable: false },
              },
            ],
            succeeded: 1,
            failed: 1,
          }),
        },
      ],
    },
  },
  stream: {
    onProviders: false,
    roles: ["tool"],
    grammar: {
      positions: ["mode"],
      keys: {
        mode: {
          ...choice("page", "collect", "resource"),
          means: "`page`, `collect` or `resource` (page; may stand without its key)",
        },
        size: { ...count, means: "how many items a page has without a `limit` (100)" },
        max: { ...count, means: "how many items an answer or a resource may have (1000, of a resource 100000)" },
        maxBytes: {
          kind: "bytes",
          means: "how many bytes of JSON these may have: 64kB, 1MiB (90kB, of a resource 10MB, 100MB at most)",
        },
        ttl: { ...duration, means: "how long a stream waits for its next page, or a resource can be read (5m)" },
        key: {
          kind: "name",
          means: "of pages: the member of an item by which a stream that is not there any more begins again (none)",
        },
        after: { kind: "name", means: "the optional argument that takes it, which clients do not see (none)" },
        format: {
          ...choice("ndjson", "json"),
          means: "of a resource: `ndjson`, an item on each line, or `json`, an array (ndjson)",
        },
      },
      required: [],
      shortest: "@stream page size=100",
    },
    layers: [],
    demands: [],
    page: {
      title: "deliver a stream",
      text: [
        "How a tool delivers what its function gives as an `AsyncIterable`, an `AsyncGenerator` or an `AsyncIterableIterator`. `page`, which needs no tag, adds the arguments `cursor` and `limit` and answers `{ items, nextCursor }`; `collect` answers `{ items, truncated }`, all in one; `resource` writes them to a file and answers `{ uri, count, truncated }` with a link by which they are read. Each item is checked and encoded by its type.",
        "The stream is pulled: only what has been asked for is produced, and one item more, which tells whether there is another page. Between two pages the function waits at its `yield`, with its signal, its log and its dependencies; its `finally` runs when it has ended, when no page is asked for within `ttl`, when a page is cancelled or too late, when more than MCP_MAX_STREAMS wait (the oldest goes), and when the server ends.",
        "A cursor is used once, with the arguments of the first call, by the caller and in the session that it was given to. Any other one is refused by an answer that says why, and to call again without a cursor.",
        "Where the function can begin after an item, `key=id after=afterId` says how: `id` is a member of each item, a string, a number or a date, and `afterId` an optional argument of its type, which is not one of the tool's. The cursor then holds the last item's key, signed for this call and this caller, for an hour: where the stream does not wait any more, because it was ended, the server was started again or another replica has it, the function is called with the arguments of the first call and that key. Its items have to come in the order of their keys, each of which is one item's. Such a cursor may be used again. Replicas, and a server that is started again, need the same MCP_STATE_KEY.",
        "An answer has at most `max` items and `maxBytes` of JSON: a page that is full before ends there. A failure says after how many items it came; the items of a page that came before it are delivered first. `@timeout` is for each page. `@cache` is only for `collect`, `@retry` for `collect` and `resource`. Progress is reported in items, unless the function reports it.",
        "The file of `resource` stands in the system's folder for what is temporary, for the user of the process alone, and is read by `resources/read`: by the caller and in the session whose call it was, within `ttl`, as often as they like. More than MCP_MAX_SPOOLS files, or MCP_MAX_SPOOL_BYTES of all of them, are not kept (the oldest goes), and none outlasts the process. It is that process's own: where clients have no sessions, another replica refuses the link and says so.",
      ],
      example: `/**
 * Draws the numbers up to one, in their order.
 *
 * @stream page size=50 max=500
 */
export async function* draw(to: number): AsyncGenerator<number> {
  for (let number = 1; number <= to; number += 1) yield number;
}`,
      calls: [{ tool: "draw", arguments: { to: 3 }, answer: JSON.stringify({ items: [1, 2, 3] }) }],
    },
  },
} as const satisfies Readonly<Record<string, PolicyRow>>;
