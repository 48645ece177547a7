// When Redis is worth a try: not for a while after several failures in a row, then one call at a time until one
// succeeds. Time is passed in, so that it holds under any clock.

export interface Breaker {
  /** Undefined: do not call. */
  admit(now: number): Ticket | undefined;
}

/** For the outcome of one admitted call, which is told once. */
export interface Ticket {
  succeed(): void;
  fail(now: number): void;
}

export interface BreakerOptions {
  /** In a row. */
  readonly failures: number;
  readonly pauseMilliseconds: number;
  onOpen(): void;
  onClose(): void;
}

export function createBreaker(options: BreakerOptions): Breaker {
  const { failures, pauseMilliseconds } = options;
  let inRow = 0;
  /** Undefined while it is closed. */
  let openUntil: number | undefined;
  let probing = false;

  const counted: Ticket = {
    succeed() {
      inRow = 0;
    },
    fail(now) {
      inRow += 1;
      // What was admitted before it opened says nothing new.
      if (openUntil !== undefined || inRow < failures) return;
      openUntil = now + pauseMilliseconds;
      options.onOpen();
    },
  };
  const probe: Ticket = {
    succeed() {
      probing = false;
      openUntil = undefined;
      inRow = 0;
      options.onClose();
    },
    fail(now) {
      probing = false;
      openUntil = now + pauseMilliseconds;
    },
  };

  return {
    admit(now) {
      if (openUntil === undefined) return counted;
      if (probing || now < openUntil) return undefined;
      probing = true;
      return probe;
    },
  };
}
