// The entry of a generated server: stdio, or HTTP with `--http [port]`.
import type { ServerDefinition } from "../dispatch/server.js";
import { readCommand } from "../lifecycle/command.js";
import { surviveFailures } from "../lifecycle/failures.js";
import { failStart, startServer } from "../lifecycle/start.js";
import { serveStdio } from "./stdio.js";

export async function main(server: ServerDefinition): Promise<void> {
  const command = readCommand(process.argv.slice(2), process.env);
  switch (command.kind) {
    case "stdio":
      return start(server, serveStdio);
    case "http":
      return start(server, (started) => serveHttpOrExit(started, command));
    case "exit":
      process.stderr.write(`${command.text}\n`);
      process.exitCode = command.code;
  }
}

/** Nothing is served before all that the tools depend on is there. */
async function start(server: ServerDefinition, serve: (started: ServerDefinition) => Promise<void>): Promise<void> {
  surviveFailures();
  const started = await startServer(server);
  if (started !== undefined) await serve(started);
}

interface Address {
  readonly host: string;
  readonly port: number;
}

/** The HTTP half of the SDK is loaded only here: stdio starts without it. */
async function serveHttpOrExit(server: ServerDefinition, { host, port }: Address): Promise<void> {
  const { serveHttp } = await import("./http.js");
  try {
    await serveHttp(server, { host, port, environment: process.env });
  } catch (error) {
    await failStart(explainListenError(error, { host, port }));
  }
}

function explainListenError(error: unknown, { host, port }: Address): string {
  const code = (error as NodeJS.ErrnoException).code;
  switch (code) {
    case "EADDRINUSE":
      return `Port ${String(port)} on ${host} is in use. Choose another one with --http PORT.`;
    case "EACCES":
      return `Port ${String(port)} may not be used by this user. Choose one above 1023 with --http PORT.`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return `${host} is no address of this machine. HOST is the address to listen on; the default is 127.0.0.1.`;
    default:
      return `The server cannot listen on ${host}:${String(port)}: ${error instanceof Error ? error.message : String(error)}`;
  }
}
