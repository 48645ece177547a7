/** Requests to build → builds: some at once are one, two never run side by side, and the newest request is always built. */
export interface Loop {
  request(): void;
  /** No build begins any more; resolves when the one that runs has ended. */
  close(): Promise<void>;
}

/** An editor that saves ten files does so within this time. */
const quietMilliseconds = 30;

export function createLoop(build: () => Promise<void>, onBug: (cause: unknown) => void): Loop {
  let running: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isWanted = false;
  let isClosed = false;
  const begin = (): void => {
    timer = undefined;
    if (isClosed || running || !isWanted) return;
    isWanted = false;
    running = build()
      .catch(onBug)
      .finally(() => {
        running = undefined;
        if (isWanted) begin();
      });
  };
  return {
    request: () => {
      isWanted = true;
      clearTimeout(timer);
      timer = setTimeout(begin, quietMilliseconds);
    },
    close: async () => {
      isClosed = true;
      clearTimeout(timer);
      await running;
    },
  };
}
