// From a server's definition to one that can be served: what its tools depend on is made first, and closed when the
// process ends.
import type { ServerDefinition } from "../dispatch/server.js";
import { log } from "../logging/logger.js";
import { writeLastWords } from "../logging/stderr.js";
import { checkEndpoints, readSignals } from "../tracing/environment.js";
import { countServer } from "./resources.js";
import { closeWithProcess, endProcess, isEnding } from "./shutdown.js";

/** Undefined when there is nothing to serve: the start has failed, or the process is ending already. */
export async function startServer(definition: ServerDefinition): Promise<ServerDefinition | undefined> {
  let discount: () => Promise<void>;
  try {
    checkEndpoints(process.env);
    // Before all else, so that it sees all else.
    await startTelemetry(definition);
    discount = countServer();
  } catch (error) {
    return failStart(error instanceof Error ? error.message : String(error));
  }
  // First of all: from the moment on that something is being made, a signal has to close it.
  closeWithProcess(async () => {
    await started?.close().catch((error: unknown) => log.error("not everything could be closed", { error }));
    await discount();
  });
  const started = definition.start?.();
  if (started === undefined) return definition;
  try {
    await started.ready;
    return isEnding() ? undefined : started.server;
  } catch (error) {
    if (isEnding()) return undefined;
    log.debug("start failed", { error });
    return failStart(error instanceof Error ? error.message : String(error));
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

/** Says why on stderr, closes what is open and ends the process. */
export async function failStart(reason: string): Promise<undefined> {
  await writeLastWords(`${reason}\n`);
  await endProcess("failed start", 1);
  return undefined;
}
