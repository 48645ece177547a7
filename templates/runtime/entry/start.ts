// From the tools' modules to tools that can be called: they are loaded, what they depend on is made, and it is closed
// when the process ends.
import type { ServerDefinition } from "../dispatch/server.js";
import { log } from "../logging/logger.js";
import { checkEndpoints, readSignals } from "../tracing/environment.js";
import { countServer } from "../lifecycle/resources.js";
import { closeWithProcess, isEnding } from "../lifecycle/shutdown.js";

/** Rejects with the reason, in words for whoever runs the server. */
export async function startServer(load: () => Promise<ServerDefinition>): Promise<ServerDefinition> {
  const definition = await loadModules(load);
  checkEndpoints(process.env);
  // Before all else, so that it sees all else.
  await startTelemetry(definition);
  const discount = countServer();
  // From the moment on that something is being made, a signal has to close it.
  closeWithProcess(async () => {
    await started?.close().catch((error: unknown) => log.error("not everything could be closed", { error }));
    await discount();
  });
  const started = isEnding() ? undefined : definition.start?.();
  await started?.ready;
  return started?.server ?? definition;
}

/** What fails here is a module of the user's, or a package that is not installed: its stack says where. */
async function loadModules(load: () => Promise<ServerDefinition>): Promise<ServerDefinition> {
  try {
    await import("../lifecycle/children.js");
    return await load();
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    throw new Error(`A module of this server failed while it was loaded.\n${text}`, { cause: error });
  }
}

async function startTelemetry({ telemetry, name, version }: ServerDefinition): Promise<void> {
  if (telemetry !== undefined) {
    await telemetry({ name, version });
    return;
  }
  const { traces, metrics } = readSignals(process.env);
  if (traces || metrics)
    log.warn('nothing is sent to OTEL_EXPORTER_OTLP_ENDPOINT: set "telemetry": true in mcpgen.json');
}
