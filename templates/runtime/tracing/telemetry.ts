// OpenTelemetry for a server that was generated with `"telemetry": true`: loaded only where the environment asks for it.
import { log } from "../logging/logger.js";
import type { StartTelemetry } from "../call/equipment.js";
import { readSignals } from "./environment.js";

export const telemetry: StartTelemetry = async (server) => {
  const signals = readSignals(process.env);
  if (!signals.traces && !signals.metrics) return;
  try {
    const { startOpenTelemetry } = await import("./opentelemetry.js");
    startOpenTelemetry(server, signals);
  } catch (error) {
    // A server that nobody watches is better than none.
    log.error("OpenTelemetry did not start", { error });
  }
};
