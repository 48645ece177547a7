// Which requests are sent again, and when: those that are safe to repeat, after a random part of a growing span
// (full jitter), not before the service wants them.
import { classifyError } from "../errors/classify.js";

const safeMethods: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS", "PUT", "DELETE"]);
const repeatedStatuses: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);

const baseMilliseconds = 100;
const maxMilliseconds = 5_000;

export function attemptsFor(method: string, wanted: number | undefined): number {
  return Math.max(1, Math.trunc(wanted ?? (safeMethods.has(method) ? 3 : 1)));
}

export function isRepeatedStatus(status: number): boolean {
  return repeatedStatuses.has(status);
}

/** The connection failed; what was answered, a limit or the end of the call is no reason to ask again. */
export function isRepeatedError(error: unknown): boolean {
  const isAnswer = typeof error === "object" && error !== null && "status" in error;
  return !isAnswer && classifyError(error).kind === "unavailable";
}

export interface Delay {
  /** Attempts so far. */
  readonly attempt: number;
  /** Seconds. */
  readonly retryAfter: number | undefined;
}

export function delayBefore({ attempt, retryAfter = 0 }: Delay, random: () => number): number {
  const span = Math.min(maxMilliseconds, baseMilliseconds * 2 ** (attempt - 1));
  return retryAfter * 1_000 + random() * span;
}

/** `Retry-After`, in seconds or as a date; undefined where it is neither. */
export function readRetryAfter(header: string | undefined, now: number): number | undefined {
  const text = header?.trim() ?? "";
  if (/^\d{1,10}$/.test(text)) return Number(text);
  // Dates alone: `Date.parse` takes much for a date.
  if (!/^[A-Z][a-z]+, ?\d/.test(text)) return undefined;
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : Math.max(0, Math.ceil((time - now) / 1_000));
}
