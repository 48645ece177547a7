// Waits for an answer from Redis, but not long. A process that was busy for longer than that reads what has arrived
// in the meantime before it gives up: its own slowness says nothing of Redis.

/** In milliseconds. */
const patience = 100;

/** Rejects with an error of the code `ETIMEDOUT`; the outcome of `work` is then of no interest any more. */
export function waitBriefly<T>(work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const fail = (reason: Error): void => {
      clearTimeout(timer);
      reject(reason);
    };
    const timer = setTimeout(() => {
      // Timers come before arrived data in each turn of the event loop: the data has its turn first.
      setImmediate(() => setImmediate(() => reject(createTimeout())));
    }, patience);
    void work.then(
      (value) => {
        clearTimeout(timer);
        resolve(value);
      },
      (error: unknown) => fail(error as Error),
    );
  });
}

function createTimeout(): Error {
  return Object.assign(new Error(`Redis has not answered within ${patience} ms.`), { code: "ETIMEDOUT" });
}
