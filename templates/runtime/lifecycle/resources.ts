// What the servers of a process share: a connection, a pool of threads. Opened on first use, or with the first server
// where that takes time; closed with the last, after all that the tools depended on.
import { log } from "../logging/logger.js";

type Close = () => Promise<void>;

const open: Close[] = [];
const begin = new Set<() => void>();
let servers = 0;

/** Before a server takes calls, or now where one does already. */
export function openWithServers(open: () => void): void {
  if (servers > 0) open();
  else begin.add(open);
}

/** Call when it is opened. After its closing it may be opened, and announced, again. */
export function closeWithServers(close: Close): void {
  open.push(close);
}

/** Call before a server takes its first call, and what it returns, once, after its last. */
export function countServer(): Close {
  servers += 1;
  for (const start of begin) start();
  begin.clear();
  return async () => {
    servers -= 1;
    if (servers > 0) return;
    // In reverse: what came later may need what was there.
    for (const close of open.splice(0).reverse())
      await close().catch((error: unknown) => log.error("not everything could be closed", { error }));
  };
}
