// Progress reports of one call: growing, at most ten within any second, the latest wins, none after the answer.
import type { Progress } from "../contracts/index.js";
import type { ProgressReport } from "../call/environment.js";

const reportsPerWindow = 10;
const windowMilliseconds = 1_000;

export interface ProgressReporter {
  readonly report: Progress;
  /** Drops what has not been sent: after the answer nothing may follow. */
  stop(): void;
}

export const silentProgress: ProgressReporter = { report: () => undefined, stop: () => undefined };

export function createProgress(send: (report: ProgressReport) => void): ProgressReporter {
  let highest = Number.NEGATIVE_INFINITY;
  let pending: ProgressReport | undefined;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  /** When the last reports went out, oldest first. */
  const sent: number[] = [];

  const flush = (): void => {
    timer = undefined;
    if (pending === undefined) return;
    const wait = untilNextReport(sent, performance.now());
    if (wait > 0) {
      timer = setTimeout(flush, wait);
      return;
    }
    const report = pending;
    pending = undefined;
    send(report);
  };

  return {
    report(progress, total, message) {
      // The protocol demands growth; a report that says nothing new is not worth an error in the user's loop.
      if (stopped || !Number.isFinite(progress) || progress <= highest) return;
      highest = progress;
      pending = {
        progress,
        ...(typeof total === "number" && Number.isFinite(total) && { total }),
        ...(typeof message === "string" && { message }),
      };
      if (timer === undefined) flush();
    },
    stop() {
      stopped = true;
      pending = undefined;
      clearTimeout(timer);
    },
  };
}

/** Milliseconds until another report may go out; books it when that is now. */
function untilNextReport(sent: number[], now: number): number {
  const oldest = sent.length < reportsPerWindow ? undefined : sent.shift();
  if (oldest === undefined || now - oldest >= windowMilliseconds) {
    sent.push(now);
    return 0;
  }
  sent.unshift(oldest);
  return windowMilliseconds - (now - oldest);
}
