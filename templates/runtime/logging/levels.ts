// Which lines are written: `LOG_LEVEL`, or `info`.

export type Level = "debug" | "info" | "warn" | "error";

/** pino's numbers; `silent` is above all of them. */
const thresholds: Readonly<Record<string, number>> = {
  trace: 10,
  debug: 20,
  info: 30,
  warn: 40,
  error: 50,
  fatal: 60,
  silent: Number.POSITIVE_INFINITY,
};

const configured = (process.env["LOG_LEVEL"] ?? "").trim().toLowerCase();

export const logLevel = Object.hasOwn(thresholds, configured) ? configured : "info";

const threshold = thresholds[logLevel] ?? 0;

export function isEnabled(level: Level): boolean {
  return (thresholds[level] ?? 0) >= threshold;
}
