/** What the servers are asked, and what is right: each operation in 16 variants, each answer compared with the function's. */
import { isDeepStrictEqual } from "node:util";
import { add, order, search } from "../sample/shop/functions.js";
import type { Order } from "../sample/shop/types.js";
import { toolSuffixes } from "./tool-names.js";

export interface Question {
  readonly method: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** Whether a result is the right one. */
  readonly isRight: (result: Result) => boolean;
}

/** What the servers answer, as far as it is looked at. */
export interface Result {
  readonly protocolVersion?: string;
  readonly tools?: readonly { readonly name: string; readonly inputSchema: { readonly type: string } }[];
  readonly content?: readonly { readonly text?: string }[];
  readonly structuredContent?: unknown;
  readonly isError?: boolean;
}

export const operations = ["list", "add", "search", "order", "lookup"] as const;
export type Operation = (typeof operations)[number];

const variants = Array.from({ length: 16 }, (_, index) => index);

export const initialize: Question = {
  method: "initialize",
  params: { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "bench", version: "1.0.0" } },
  isRight: ({ protocolVersion }) => protocolVersion === "2025-06-18",
};

export function questionsOf(operation: Operation, tools: number): readonly Question[] {
  const [suffix = ""] = toolSuffixes(tools);
  switch (operation) {
    case "list":
      return [{ method: "tools/list", params: {}, isRight: (result) => isList(result, tools) }];
    case "add":
      return variants.map((n) =>
        call(`add${suffix}`, { a: n * 3 + 0.5, b: 1000 - n }, textIs(add(n * 3 + 0.5, 1000 - n))),
      );
    case "search":
      return variants.map((n) => searchQuestion(`search${suffix}`, n));
    case "order":
      return variants.map((n) => call(`order${suffix}`, { ...orderOf(n) }, textIs(order(orderOf(n)))));
    case "lookup":
      return variants.map((n) => {
        const id = `item-${String(n)}`;
        return call(`lookup${suffix}`, { id }, structuredIs({ id, name: `Item ${id}`, stock: id.length * 3 }));
      });
  }
}

function call(name: string, given: Readonly<Record<string, unknown>>, isRight: Question["isRight"]): Question {
  return { method: "tools/call", params: { name, arguments: given }, isRight };
}

function searchQuestion(name: string, n: number): Question {
  const query = `widget ${String(n)}`;
  const tags = n % 3 === 0 ? ["red", `tag${String(n)}`] : undefined;
  const sort = n % 4 === 0 ? "asc" : undefined;
  return call(
    name,
    { query, limit: 10, ...(tags && { tags }), ...(sort && { sort }) },
    structuredIs(search(query, 10, tags, sort)),
  );
}

function orderOf(n: number): Order {
  const items = Array.from({ length: 10 }, (_, line) => ({
    sku: `SKU-${String(n)}-${String(line)}`,
    qty: 1 + ((n * 7 + line) % 20),
    price: ((n * 131 + line * 977) % 10_000) / 100,
    ...(line % 3 === 0 && { note: `note ${String(line)}` }),
  }));
  return {
    orderId: `o-${String(100 + n)}`,
    customer: { name: `Customer ${String(n)}`, email: `c${String(n)}@example.com` },
    address: { street: `${String(n)} Main Street`, city: "Springfield", zip: String(10_000 + n * 37), country: "US" },
    items,
    status: n % 2 === 0 ? "placed" : "paid",
    ...(n % 4 === 1 && { coupon: `SAVE${String(n)}` }),
  };
}

function isList({ tools = [] }: Result, count: number): boolean {
  const wanted = new Set(toolSuffixes(count).flatMap((suffix) => operations.slice(1).map((name) => name + suffix)));
  return (
    tools.length === count && tools.every((tool) => wanted.delete(tool.name) && tool.inputSchema.type === "object")
  );
}

function textIs(expected: number | string): Question["isRight"] {
  return (result) => result.isError !== true && result.content?.[0]?.text === String(expected);
}

function structuredIs(expected: unknown): Question["isRight"] {
  return ({ structuredContent, content }) =>
    isDeepStrictEqual(structuredContent, expected) &&
    isDeepStrictEqual(JSON.parse(content?.[0]?.text ?? "null"), expected);
}
