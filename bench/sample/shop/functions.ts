/** The four functions that all servers of `npm run bench` serve: the generated one reads this file, the others call it. */
import type { Item, Order, SearchResult } from "./types.js";

/**
 * Add two numbers.
 * @param a The first number.
 * @param b The second number.
 */
export function add(a: number, b: number): number {
  return a + b;
}

/**
 * Search the catalogue.
 * @readonly
 * @param query What to look for. {@minLength 1}
 * @param limit How many results. {@int} {@minimum 1} {@maximum 100}
 * @param tags Only results with these tags.
 * @param sort The order of the results.
 */
export function search(query: string, limit = 10, tags: string[] = [], sort: "asc" | "desc" = "desc"): SearchResult {
  const suffix = tags.length === 0 ? "" : ` [${tags.join(", ")}]`;
  const items = Array.from({ length: limit }, (_, index) => {
    const rank = sort === "asc" ? limit - 1 - index : index;
    return {
      id: `${query}-${String(rank)}`,
      title: `Result ${String(rank)} for ${query}${suffix}`,
      score: (1000 - rank * 7) / 1000,
    };
  });
  return { items, total: 100 + query.length + tags.length };
}

/** Summarise an order. */
export function order(order: Order): string {
  const cents = order.items.reduce((sum, { qty, price }) => sum + qty * Math.round(price * 100), 0);
  const { street, zip, city, country } = order.address;
  const total = (cents / 100).toFixed(2);
  return `Order ${order.orderId} (${order.status}) for ${order.customer.name}: ${total}, to ${street}, ${zip} ${city}, ${country}${order.coupon === undefined ? "" : `, coupon ${order.coupon}`}`;
}

/**
 * Look an item up, in a service that takes 5 ms.
 * @readonly
 * @param id The item's id. {@minLength 1} {@maxLength 64}
 */
export function lookup(id: string): Promise<Item> {
  return new Promise((resolve) => setTimeout(resolve, 5, { id, name: `Item ${id}`, stock: id.length * 3 }));
}
