// Errors that no call will ever hear of. A rejection that nobody awaits is logged and the server goes on: it
// comes from work whose outcome nothing waits for. After an uncaught exception nothing is certain any more: it is
// logged, running calls finish, and the process exits with 1, for its client or supervisor to start it anew.
import { log } from "../logging/logger.js";
import { isRefusedExit, keepFromExiting } from "./exit.js";
import { endProcess } from "./shutdown.js";

export function surviveFailures(): void {
  process.on("unhandledRejection", (error) => log.error("unhandled rejection", { error }));
  keepFromExiting();
  process.on("uncaughtException", (error) => {
    if (isRefusedExit(error)) return;
    log.error("uncaught exception", { error });
    void endProcess("uncaught exception", 1);
  });
}
