// Serves clients over HTTP until the process ends.
import type { Service } from "../dispatch/service.js";
import { endWithProcess } from "../lifecycle/shutdown.js";
import { startHttp, type HttpParts, type HttpService, type HttpSettings } from "./server.js";
import type { Sessions } from "./sessions.js";

export type OpenSessions = (service: Service) => Sessions;

/** Rejects when the port cannot be had. What its tools need is still on its way: `/health/ready` says when it is there. */
export async function serveHttp(parts: HttpParts, settings: HttpSettings): Promise<HttpService> {
  const service = await startHttp(parts, settings);
  endWithProcess({
    stop: () => service.stop(),
    close: async () => {
      parts.sessions?.close();
      await service.close();
    },
  });
  return service;
}
