// How many retries a tool may make: enough for a fault here and there, too few to keep down what is down already.
import { countRecent } from "./recent.js";

export interface RetryBudget {
  addCall(): void;
  /** Takes one retry from the budget, or says that there is none left. */
  take(): boolean;
}

const windowSeconds = 10;
const share = 0.2;
const freePerSecond = 10;

/** Of the last ten seconds: a fifth of the calls, and ten a second on top, so that rare calls can be retried too. */
export function createRetryBudget(): RetryBudget {
  const calls = countRecent(windowSeconds * 1_000);
  const retries = countRecent(windowSeconds * 1_000);
  return {
    addCall: () => calls.add(),
    take() {
      if (retries.read() + 1 > calls.read() * share + freePerSecond * windowSeconds) return false;
      retries.add();
      return true;
    },
  };
}
