// One of what a pool lends: how it is opened, whether it still works, how it is closed.
import { closerOf, createCloser, within, type Closer } from "../container/closing.js";
import { log } from "../logging/logger.js";

/** `generator`: what stands behind its `yield` is the cleanup. */
export type Maker<T> = { readonly make: () => T | PromiseLike<T> } | { readonly generator: () => AsyncIterable<T> };

export interface Instance<T> {
  /** The pool's. */
  readonly name: string;
  readonly value: T;
  readonly close: Closer | undefined;
  /** In milliseconds of `performance.now()`. */
  idleSince: number;
  expiry?: NodeJS.Timeout;
}

/** Which a cleanup may take, and an instance to say whether it still works. */
const patienceMilliseconds = 5_000;

/** What was in use so recently is not asked. */
const restMilliseconds = 1_000;

export async function openInstance<T>(name: string, maker: Maker<T>): Promise<Instance<T>> {
  if ("generator" in maker) return { name, ...(await createCloser(maker.generator())), idleSince: 0 };
  const value = await maker.make();
  return { name, value, close: closerOf(value), idleSince: 0 };
}

/**
 * An instance with a method `validate` is asked before it is lent after a rest: it does not work any more when that
 * gives false, fails or takes too long.
 */
export async function isSound<T>({ value, idleSince }: Instance<T>): Promise<boolean> {
  const { validate } = Object(value) as { readonly validate?: unknown };
  if (typeof validate !== "function" || validate.length > 0) return true;
  if (performance.now() - idleSince < restMilliseconds) return true;
  try {
    const answer: unknown = await within(patienceMilliseconds, Promise.resolve(validate.call(value)));
    return answer !== false && answer !== "late";
  } catch {
    return false;
  }
}

/** Never rejects: nobody waits for one that is let go. */
export async function closeInstance<T>({ name, close }: Instance<T>): Promise<void> {
  if (close === undefined) return;
  try {
    const outcome = await within(patienceMilliseconds, Promise.resolve().then(close));
    if (outcome === "late") log.warn(`closing a \`${name}\` took too long`);
  } catch (error) {
    log.warn(`a \`${name}\` could not be closed`, { error });
  }
}
