import type { Logger } from "mcpgen";

const MILLISECONDS_A_DAY = 86_400_000;

/** The time between two days. */
export interface Interval {
  /** Negative when `until` lies before `from`. */
  days: number;
  /** Whole weeks, and the days that are left over. */
  weeks: { whole: number; restDays: number };
}

/**
 * Counts the days from one date to another.
 *
 * @param from The first day. {@format date}
 * @param until The last day, not counted itself. {@format date}
 * @example daysBetween("2026-01-01", "2026-12-25")
 */
export function daysBetween(from: string, until: string, log: Logger): Interval {
  const days = Math.round((parseDay(until) - parseDay(from)) / MILLISECONDS_A_DAY);
  log.debug("counted days", { from, until, days });
  return { days, weeks: { whole: Math.trunc(days / 7), restDays: days % 7 } };
}

function parseDay(text: string): number {
  const time = Date.parse(text);
  // `expose` lets the message reach the model, so that it can correct the call.
  if (Number.isNaN(time))
    throw Object.assign(new Error(`"${text}" is not a date such as 2026-12-25.`), { expose: true });
  return time;
}
