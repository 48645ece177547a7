// Serves one client over stdin and stdout until stdin ends.
import type { ServerDefinition } from "../dispatch/server.js";
import { endProcess, endWithProcess } from "../lifecycle/shutdown.js";
import { protocolInput } from "../lifecycle/stdin.js";
import { writeStdout } from "../lifecycle/stdout.js";
import { createLineTransport } from "./line-transport.js";
import { createSdkServer } from "./server.js";

export async function serveStdio(definition: ServerDefinition): Promise<void> {
  const transport = createLineTransport({
    input: protocolInput,
    write: (line, written) => void writeStdout(line, () => written()),
  });
  const server = createSdkServer(definition);
  endWithProcess({
    stop: () => protocolInput.pause(),
    close: async () => {
      await new Promise<void>((resolve) => void writeStdout("", () => resolve()));
      await server.close();
    },
  });
  protocolInput.once("end", () => void endProcess("end of input"));
  // A client that is gone cannot be told anything more.
  process.stdout.on("error", () => void endProcess("end of input"));
  await server.connect(transport);
}
