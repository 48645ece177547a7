/** What hosts are given to list, call, read and ask for: an order or two, kept in memory. */

export interface Line {
  sku: string;
  /** @minimum 1 */
  count: number;
}

export interface Order {
  id: string;
  placed: Date;
  lines: Line[];
  speed: "slow" | "fast";
  note?: string;
}

/** A part, and the parts that it is made of. */
export interface Part {
  name: string;
  parts: Part[];
}

const first: Order = {
  id: "A-1",
  placed: new Date("2026-03-04T05:06:07.000Z"),
  lines: [{ sku: "bolt", count: 12 }],
  speed: "slow",
};

/**
 * Finds an order.
 * @param id Such as "A-1".
 * @throws {RangeError}
 */
export function findOrder(id: string): Order {
  if (id !== first.id) throw new RangeError(`There is no order ${id}.`);
  return first;
}

/**
 * Places an order.
 * @param wanted When it should arrive.
 */
export function placeOrder(
  lines: Line[],
  wanted: Date,
  speed: "slow" | "fast" = "slow",
  note?: string,
): Promise<Order> {
  const placed = new Date(wanted.getTime() - 86_400_000);
  return Promise.resolve({ id: "A-2", placed, lines, speed, ...(note !== undefined && { note }) });
}

/** Says on which day of the week a date is. */
export function weekday(date: Date): string {
  return ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"][date.getUTCDay()] ?? "";
}

/** Counts what a part is made of, and the part. */
export function countParts(part: Part): number {
  return part.parts.reduce((sum, one) => sum + countParts(one), 1);
}

/** Lists the ids of all orders. */
export function orderIds(): string[] {
  return [first.id];
}

/**
 * Draws the label of an order.
 * @mimeType image/png
 */
export function label(id: string): Uint8Array {
  return new TextEncoder().encode(`label of ${id}`);
}

/**
 * How orders are placed.
 * @resource orders://guide
 * @mimeType text/markdown
 */
export function guide(): string {
  return "# Orders\n\nAt least one line.";
}

/**
 * One order.
 * @resource orders://order/{id}
 */
export function order(id: string): Order | undefined {
  return id === first.id ? first : undefined;
}

/**
 * Asks a model to sum up an order.
 * @prompt
 */
export function summarize(id: string, style: "short" | "long" = "short"): string {
  return `Sum up order ${id}, ${style}.`;
}
