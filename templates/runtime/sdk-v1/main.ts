// The entry of a generated server: stdio.
import type { ServerDefinition } from "../dispatch/server.js";
import { serveStdio } from "./stdio.js";

export async function main(server: ServerDefinition): Promise<void> {
  await serveStdio(server);
}
