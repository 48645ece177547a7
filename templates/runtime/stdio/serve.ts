// Serves one client over stdin and stdout until stdin ends.
import { abandon, receive, type Connection, type Responder } from "../dispatch/connection.js";
import { inVersion, readMessage } from "../dispatch/message.js";
import type { Service } from "../dispatch/service.js";
import { endProcess, endWithProcess } from "../lifecycle/shutdown.js";
import { protocolInput } from "../lifecycle/stdin.js";
import { protocolOutput } from "../lifecycle/stdout.js";
import { createLineReader, createLineWriter } from "./lines.js";

export interface StdioClient {
  /** It has told who it is, and been answered. */
  isKnown(): boolean;
  /** Resolves when it has sent something, or after so long. */
  nextRequest(milliseconds: number): Promise<void>;
}

/** What comes first is answered before anything else is loaded: `idle` is called when the client has its first answers. */
export function serveStdio(service: Service, idle: () => void): StdioClient {
  const writer = createLineWriter(protocolOutput, protocolInput);
  const connection: Connection = { service, transport: "pipe" };
  const responder: Responder = {
    reply: (text) => {
      if (text !== undefined) writer.write(text);
    },
    notify: (text) => writer.write(text),
  };
  const read = createLineReader();
  const onData = (chunk: Buffer): void => {
    read(chunk, (line) => {
      const message = inVersion(readMessage(line), connection.version);
      receive(connection, message, responder);
      if (message.kind === "request" && message.method === "tools/list") setImmediate(idle);
    });
    writer.flush();
  };
  protocolInput.on("data", onData);
  endWithProcess({
    stop: () => protocolInput.off("data", onData).pause(),
    close: async () => {
      abandon(connection, "The server has ended.");
      writer.flush();
      await new Promise<void>((resolve) => void protocolOutput.write("", () => resolve()));
    },
  });
  protocolInput.once("end", () => void endProcess("end of input"));
  // A client that is gone cannot be told anything more.
  process.stdout.on("error", () => void endProcess("end of input"));
  return {
    isKnown: () => connection.client !== undefined,
    nextRequest: (milliseconds) =>
      new Promise((resolve) => {
        setTimeout(resolve, milliseconds);
        protocolInput.once("data", () => setImmediate(resolve));
      }),
  };
}
