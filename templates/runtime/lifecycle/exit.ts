// A tool that ends the process would end it for everyone: its call fails instead, and the log says which tool it was.
import { syncBuiltinESMExports } from "node:module";
import { currentScope } from "../call/scope.js";
import { logOfCall } from "../logging/logger.js";
import { runningTools } from "./running.js";

const refused = new WeakSet<object>();

/** Thrown by a timer or a callback of a tool: its call is over, and the process is as sound as before. */
export function isRefusedExit(error: unknown): boolean {
  return typeof error === "object" && error !== null && refused.has(error);
}

const exit: typeof process.exit = process.exit.bind(process);

/** For the server itself, which ends when it is time. */
export function exitProcess(code: number): never {
  return exit(code);
}

/** Outside of calls the process ends as it is told. */
export function keepFromExiting(): void {
  process.exit = (code) => {
    const tool = currentScope()?.tool ?? runningTools().join(", ");
    if (tool === "") return exit(code);
    const error = new Error("A tool has called process.exit: its call fails, and the server goes on.");
    refused.add(error);
    logOfCall({ requestId: currentScope()?.requestId ?? "", tool }).error("a tool called process.exit", {
      code,
      error,
    });
    throw error;
  };
  syncBuiltinESMExports();
}
