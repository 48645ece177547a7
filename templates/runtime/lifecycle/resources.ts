// What the servers of a process share and open on first use: a connection, a pool of threads. Closed with the last
// of them, after all that the tools depended on.
import { log } from "../logging/logger.js";

type Close = () => Promise<void>;

const open: Close[] = [];
let servers = 0;

/** Call when it is opened. After its closing it may be opened, and announced, again. */
export function closeWithServers(close: Close): void {
  open.push(close);
}

/** Call before a server takes its first call, and what it returns, once, after its last. */
export function countServer(): Close {
  servers += 1;
  return async () => {
    servers -= 1;
    if (servers > 0) return;
    // In reverse: what came later may need what was there.
    for (const close of open.splice(0).reverse())
      await close().catch((error: unknown) => log.error("not everything could be closed", { error }));
  };
}
