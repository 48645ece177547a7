// The entry of a generated server: stdio, or HTTP with `--http [port]`. A client's first questions are answered at
// once; the tools and what they need are loaded right afterwards, and calls wait for them.
import type { ServerDefinition } from "../dispatch/server.js";
import { createService } from "../dispatch/service.js";
import type { Identity } from "../dispatch/surface.js";
import type { OpenSessions } from "../http/serve.js";
import { surviveFailures } from "../lifecycle/failures.js";
import { endProcess, isEnding } from "../lifecycle/shutdown.js";
import { log } from "../logging/logger.js";
import { writeLastWords } from "../logging/stderr.js";
import { serveStdio } from "../stdio/serve.js";
import { readCommand } from "./command.js";
import { startServer } from "./start.js";

export interface Entry extends Identity {
  /** Imports the tools, and with them all that a client's first questions do not need. */
  readonly load: () => Promise<ServerDefinition>;
  /** Present where functions look back at the client. */
  readonly sessions?: () => Promise<{ readonly createSessions: OpenSessions }>;
}

export async function main(entry: Entry): Promise<void> {
  const command = readCommand(process.argv.slice(2), process.env);
  switch (command.kind) {
    case "stdio":
      runStdio(entry);
      return;
    case "http":
      await runHttp(entry, command);
      return;
    case "exit":
      process.stderr.write(`${command.text}\n`);
      process.exitCode = command.code;
  }
}

/** A client that has asked nothing by then waits for something else; a start that fails is not to be put off. */
const patienceMilliseconds = 250;

/** How long a process that cannot start stays for the next request of a client that has been answered already. */
const farewellMilliseconds = 2_000;

function runStdio(entry: Entry): void {
  surviveFailures();
  const service = createService(entry, () => startServer(entry.load));
  let begun = false;
  const begin = (): void => {
    if (begun) return;
    begun = true;
    service.load().catch(async (error: unknown) => {
      await writeReason(error);
      if (client.isKnown()) await client.nextRequest(farewellMilliseconds);
      await endProcess("failed start", 1);
    });
  };
  const client = serveStdio(service, begin);
  setTimeout(begin, patienceMilliseconds);
}

interface Address {
  readonly host: string;
  readonly port: number;
}

/** The HTTP half is loaded only here: stdio starts without it. */
async function runHttp(entry: Entry, { host, port }: Address): Promise<void> {
  surviveFailures();
  let definition: ServerDefinition | undefined;
  const service = createService(entry, async () => {
    definition = await startServer(entry.load);
    return definition;
  });
  const [{ serveHttp }, sessions] = await Promise.all([import("../http/serve.js"), entry.sessions?.()]);
  try {
    const { url } = await serveHttp(
      { service, sessions: sessions?.createSessions(service), metrics: () => definition?.metrics?.page },
      { host, port, environment: process.env },
    );
    await service.load();
    if (!isEnding()) log.info(`serving ${url}`);
  } catch (error) {
    await writeReason(error, explainListenError(error, { host, port }));
    await endProcess("failed start", 1);
  }
}

function explainListenError(error: unknown, { host, port }: Address): string {
  const code =
    (error as NodeJS.ErrnoException).syscall === "listen" ? (error as NodeJS.ErrnoException).code : undefined;
  switch (code) {
    case "EADDRINUSE":
      return `Port ${String(port)} on ${host} is in use. Choose another one with --http PORT.`;
    case "EACCES":
      return `Port ${String(port)} may not be used by this user. Choose one above 1023 with --http PORT.`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return `${host} is no address of this machine. HOST is the address to listen on; the default is 127.0.0.1.`;
    case undefined:
      return reasonOf(error);
    default:
      return `The server cannot listen on ${host}:${String(port)}: ${reasonOf(error)}`;
  }
}

/** With the stack of a module that failed: it says where. Nothing is said where the process is ending anyway. */
async function writeReason(error: unknown, reason = reasonOf(error)): Promise<void> {
  if (isEnding()) return;
  const stack = error instanceof Error && error.cause instanceof Error ? `\n${error.cause.stack ?? ""}` : "";
  await writeLastWords(`${reason}${stack}\n`);
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
