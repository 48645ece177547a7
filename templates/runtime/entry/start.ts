// From the tools' modules to tools that can be called: they are loaded, what they depend on is made, and it is closed
// when the process ends.
import type { ServerDefinition } from "../dispatch/server.js";
import { log } from "../logging/logger.js";
import { redactText } from "../logging/redact.js";
import { findWrongEndpoint, readSignals } from "../tracing/environment.js";
import { countServer } from "../lifecycle/resources.js";
import { closeWithProcess, isEnding } from "../lifecycle/shutdown.js";

/** Rejects with the reason, in words for whoever runs the server. */
export async function startServer(load: () => Promise<ServerDefinition>): Promise<ServerDefinition> {
  const definition = await loadModules(load);
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

/** What fails here is a module of the user's, or a package that is not installed: its stack, for the log, says where. */
async function loadModules(load: () => Promise<ServerDefinition>): Promise<ServerDefinition> {
  try {
    await import("../lifecycle/children.js");
    return await load();
  } catch (error) {
    const text = redactText(error instanceof Error ? error.message : String(error));
    throw new Error(`a module failed while it was loaded: ${text}`, { cause: error });
  }
}

async function startTelemetry({ telemetry, name, version }: ServerDefinition): Promise<void> {
  const { traces, metrics } = readSignals(process.env);
  const wrong = findWrongEndpoint(process.env);
  // A server that nobody watches is better than none.
  if (wrong !== undefined) {
    log.error(`OpenTelemetry did not start: ${wrong} is not like http://collector:4318`);
    return;
  }
  if (telemetry !== undefined) {
    await telemetry({ name, version });
    return;
  }
  if (traces || metrics)
    log.warn('nothing is sent to OTEL_EXPORTER_OTLP_ENDPOINT: set "telemetry": true in mcpgen.json');
}
