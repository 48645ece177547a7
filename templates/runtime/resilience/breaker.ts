// The state machine of a circuit, without calls and timers: who is let through, and what their outcomes change.
//
//   closed ── too many of the latest calls failed ──► open ── its time is over ──► halfOpen ── the probe succeeds ──► closed
//                                                      ▲                              │
//                                                      └──── for twice as long ── the probe fails
import { countRecent } from "./recent.js";

export interface BreakerSettings {
  /** Which part of the calls must fail, 0 to 1. */
  readonly rate: number;
  /** How far back calls count, in milliseconds. */
  readonly window: number;
  /** Fewer calls than this say nothing. */
  readonly min: number;
  /** How long it stays open at first, in milliseconds. */
  readonly reset: number;
}

export type BreakerState = "closed" | "open" | "halfOpen";

export interface Breaker {
  admit(): Admission;
}

export type Admission =
  /** Settled once; what comes later changes nothing. */
  | { readonly kind: "admitted"; readonly isProbe: boolean; settle(outcome: BreakerOutcome): void }
  /** Seconds until it makes sense to ask again. */
  | { readonly kind: "refused"; readonly retryAfter: number };

/** `ignored` says nothing of the dependency: bad input, a cancelled call. */
export type BreakerOutcome = "success" | "failure" | "ignored";

const longestOpen = 300_000;

export function createBreaker(settings: BreakerSettings, onChange: (state: BreakerState) => void): Breaker {
  const tally = createTally(settings);
  let state: BreakerState = "closed";
  let openFor = settings.reset;
  let openUntil = 0;
  let probing = false;
  /** Grows with each change and each probe. What was admitted in an earlier one has no say any more. */
  let generation = 0;

  const enter = (next: BreakerState): void => {
    state = next;
    generation += 1;
    probing = false;
    onChange(next);
  };

  const open = (milliseconds: number): void => {
    openFor = milliseconds;
    openUntil = performance.now() + milliseconds;
    enter("open");
  };

  const settleProbe = (outcome: "success" | "failure"): void => {
    if (outcome === "failure") return open(Math.min(openFor * 2, Math.max(longestOpen, settings.reset)));
    tally.clear();
    enter("closed");
  };

  const admitted = (isProbe: boolean): Admission => {
    const admittedIn = generation;
    let isSettled = false;
    return {
      kind: "admitted",
      isProbe,
      settle(outcome) {
        if (isSettled || admittedIn !== generation) return;
        isSettled = true;
        if (isProbe) probing = false;
        if (outcome === "ignored") return;
        if (isProbe) settleProbe(outcome);
        else if (tally.isTooHighWith(outcome)) open(settings.reset);
      },
    };
  };

  return {
    admit() {
      if (state === "closed") return admitted(false);
      const wait = openUntil - performance.now();
      if (state === "open" && wait > 0) return { kind: "refused", retryAfter: wait / 1_000 };
      if (state === "open") enter("halfOpen");
      if (probing) return { kind: "refused", retryAfter: 1 };
      probing = true;
      generation += 1;
      return admitted(true);
    },
  };
}

function createTally({ rate, window, min }: BreakerSettings) {
  const calls = countRecent(window);
  const failures = countRecent(window);
  return {
    /** Also a success can bring the calls to the least number at which the failures say something. */
    isTooHighWith(outcome: "success" | "failure"): boolean {
      calls.add();
      if (outcome === "failure") failures.add();
      const seen = calls.read();
      return seen >= min && failures.read() >= seen * rate;
    },
    clear(): void {
      calls.clear();
      failures.clear();
    },
  };
}
