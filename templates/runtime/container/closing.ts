// How a thing is closed: by what stands behind its provider's `yield`, or by its own `Symbol.asyncDispose` or
// `Symbol.dispose`.

export type Closer = () => unknown;

export interface Opened<T> {
  readonly value: T;
  readonly close: Closer;
}

/** Runs the generator up to its `yield`; closing runs the rest of it. */
export async function createCloser<T>(generator: AsyncIterable<T>): Promise<Opened<T>> {
  const iterator = generator[Symbol.asyncIterator]();
  const first = await iterator.next();
  if (first.done === true) throw new Error("it returned without a `yield`");
  return {
    value: first.value,
    close: async () => {
      const rest = await iterator.next();
      if (rest.done !== true) await iterator.return?.();
    },
  };
}

export function closerOf(value: unknown): Closer | undefined {
  if ((typeof value !== "object" && typeof value !== "function") || value === null) return undefined;
  const { [Symbol.asyncDispose]: closeLater, [Symbol.dispose]: close } = value as Partial<AsyncDisposable & Disposable>;
  if (typeof closeLater === "function") return () => closeLater.call(value);
  return typeof close === "function" ? () => close.call(value) : undefined;
}

/** `late` when the work takes longer; it goes on all the same. */
export async function within<T>(milliseconds: number, work: Promise<T>): Promise<T | "late"> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<"late">((resolve) => {
    timer = setTimeout(() => resolve("late"), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
