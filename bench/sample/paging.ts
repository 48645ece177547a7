/** Which part of a long list is asked for. */
export interface PageRequest {
  /** How many items to leave out. */
  offset?: number;
  /**
   * How many items to return.
   * @minimum 1
   * @maximum 100
   */
  limit?: number;
}

/** One part of a long list. */
export interface Page<T> {
  items: T[];
  total: number;
  /** Where the next part starts; absent on the last one. */
  nextOffset?: number;
}

/** @internal */
export function pageOf<T>(all: readonly T[], { offset = 0, limit = 20 }: PageRequest): Page<T> {
  const items = all.slice(offset, offset + limit);
  const next = offset + items.length;
  return { items, total: all.length, ...(next < all.length && { nextOffset: next }) };
}
