/** Requests to build → builds: some at once are one, two never run side by side, and the newest request is always built. A build hears of a request that comes while it runs. */
export interface Loop {
  request(): void;
  /** No build begins any more; resolves when the one that runs has ended. */
  close(): Promise<void>;
}

/** An editor that saves ten files does so within this time. */
const quietMilliseconds = 30;

export function createLoop(build: (changed: AbortSignal) => Promise<void>, onBug: (cause: unknown) => void): Loop {
  let running: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let changed = new AbortController();
  let isWanted = false;
  let isClosed = false;
  const begin = (): void => {
    timer = undefined;
    if (isClosed || running || !isWanted) return;
    isWanted = false;
    changed = new AbortController();
    running = build(changed.signal)
      .catch(onBug)
      .finally(() => {
        running = undefined;
        if (isWanted) begin();
      });
  };
  return {
    request: () => {
      isWanted = true;
      changed.abort();
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

/** A server that starts, until it serves. One that never becomes ready is to hold up no build. */
export interface Start {
  /** It is to end: a newer change has waited for it long enough. */
  readonly givenUp: AbortSignal;
  /** It serves, or has ended by itself. */
  readonly done: () => void;
}

/** A server that connects to what it needs gets so long, whatever is saved meanwhile. */
const patience = 3_000;

export function beginStart(changed: AbortSignal, say: (text: string) => void): Start {
  const controller = new AbortController();
  const giveUp = (): void => {
    controller.abort();
  };
  const timer = setTimeout(() => {
    if (changed.aborted) giveUp();
    else {
      changed.addEventListener("abort", giveUp);
      say("the server is still starting; a change ends it and starts another");
    }
  }, patience);
  return {
    givenUp: controller.signal,
    done: () => {
      clearTimeout(timer);
      changed.removeEventListener("abort", giveUp);
    },
  };
}
