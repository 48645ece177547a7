/** The page of `@batch`; see policy-pages.ts. */
import type { PolicyPage } from "./policy-page.js";

export const batchPage: PolicyPage = {
  title: "several items in one call",
  text: [
    "Serves a function for one item as a tool for several: its arguments become the items of a list, `{ items: [...] }`, and only this tool is listed. It answers `{ results, succeeded, failed }` with a result for each item at its place, `{ index, ok: true, value }` or `{ index, ok: false, error: { code, message, retryable } }`. A function that returns nothing has null for its value.",
    "An item that fails fails alone; the call is an error only where all of them failed, or where its arguments were refused. `code` is what kind of failure it was (invalidInput, notFound, conflict, denied, rateLimited, unavailable, timeout, overloaded, cancelled, bug), `message` what the tool for one item would have said.",
    "All other policies of the function are those of each item, and templates name the arguments of one; so are providers in the scope `request`. `@timeout total=` alone is for the call: items that are not done by then have the code `deadline`. A cancelled call begins no more items. Items that are the same are one call where `@readonly` is written above the function. Progress is reported in items.",
  ],
  keys: {
    max: "how many items a call may have (100)",
    concurrency: "how many of them run at once (8)",
    as: "the tool's name (that of `@name`, else the function's followed by `Batch`)",
  },
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
};
