// The end of the process: no new work, running calls finish, what they depended on is closed, then exit 0. EOF on
// stdin, SIGTERM and SIGINT begin it; a second signal ends it at once.
import { exitProcess } from "./exit.js";
import { abortCalls, waitUntilIdle } from "./running.js";
import { log } from "../logging/logger.js";

/** For running calls thirty seconds in all, which is what container platforms give before they kill. */
const patience = { finish: 28_000, abort: 2_000 };

export interface Service {
  /** Takes no new work from now on. Called once, first. */
  stop(): void;
  /** Sends what is unsent and closes the connections. Called once, last. */
  close(): Promise<void>;
}

type Reason = "end of input" | "signal" | "uncaught exception" | "failed start";

/** The service that this process runs, and what has been asked of it. */
let running: Service | undefined;
/** Closes what the calls depended on; never rejects. */
let closeDependencies: (() => Promise<void>) | undefined;
let listening = false;
let ending = false;
let signals = 0;

/** Call once, before the service takes its first request. */
export function endWithProcess(service: Service): void {
  running = service;
  listen();
}

/** Call once, as soon as there can be something to close: a signal may come before the service runs. */
export function closeWithProcess(close: () => Promise<void>): void {
  closeDependencies = close;
  listen();
}

export function isEnding(): boolean {
  return ending;
}

function listen(): void {
  if (listening) return;
  listening = true;
  process.on("SIGTERM", onSignal);
  process.on("SIGINT", onSignal);
}

export async function endProcess(reason: Reason, exitCode = 0): Promise<void> {
  if (ending) return;
  ending = true;
  log.debug("shutting down", { reason });
  running?.stop();
  await drain(patience);
  // The last answers may still be on their way through promises: after this turn of the event loop they are written.
  await new Promise((resolve) => setImmediate(resolve));
  await running?.close();
  await closeDependencies?.();
  // Be it by an exception in a call: this end is the server's own.
  exitProcess(exitCode);
}

/** Waits for running calls; those that take too long are aborted, and get a moment to notice. */
async function drain({ finish, abort }: typeof patience): Promise<void> {
  if (await waitUntilIdle(finish)) return;
  abortCalls(shutdownReason());
  if (!(await waitUntilIdle(abort))) log.warn("shut down with calls still running");
}

function onSignal(signal: NodeJS.Signals): void {
  signals += 1;
  if (signals > 1) exitProcess(signal === "SIGINT" ? 130 : 143);
  // A client that has closed stdin and now signals wants the end soon.
  if (ending) abortCalls(shutdownReason());
  void endProcess("signal");
}

/** Aborted calls answer with this, when the functions pass it on. */
function shutdownReason(): Error {
  return Object.assign(new Error("The server is shutting down."), { name: "AbortError", status: 503, expose: true });
}
