// Serves one client over stdin and stdout.
import type { ServerDefinition } from "../dispatch/server.js";
import { writeStdout } from "../lifecycle/stdout.js";
import { createLineTransport } from "./line-transport.js";
import { createSdkServer } from "./server.js";

export async function serveStdio(definition: ServerDefinition): Promise<void> {
  const transport = createLineTransport({ input: process.stdin, write: (line, written) => void writeStdout(line, () => written()) });
  await createSdkServer(definition).connect(transport);
}
