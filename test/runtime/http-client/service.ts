// A service on this machine for the client to ask: real sockets, counted.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { HttpClient } from "../../../templates/runtime/contracts/http.js";
import { readAllowed } from "../../../templates/runtime/http-client/addresses.js";
import { createHttpClient } from "../../../templates/runtime/http-client/client.js";
import { openPools } from "../../../templates/runtime/http-client/pools.js";
import { pause } from "../../../templates/runtime/resilience/pause.js";

export interface Service {
  readonly url: string;
  readonly requests: IncomingMessage[];
  /** Bodies of the requests, in their order. */
  readonly bodies: string[];
  /** All that were ever opened. */
  readonly sockets: Socket[];
  close(): Promise<void>;
}

export type Handler = (request: IncomingMessage, response: ServerResponse, index: number) => void;

export async function startService(handler: Handler): Promise<Service> {
  const requests: IncomingMessage[] = [];
  const bodies: string[] = [];
  const sockets: Socket[] = [];
  const server = createServer((request, response) => {
    const index = requests.push(request) - 1;
    bodies[index] = "";
    request.setEncoding("utf8").on("data", (text: string) => {
      bodies[index] = `${bodies[index] ?? ""}${text}`;
    });
    request.on("end", () => handler(request, response, index));
  });
  server.on("connection", (socket) => sockets.push(socket));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    requests,
    bodies,
    sockets,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export interface RealClient {
  readonly client: HttpClient;
  readonly close: () => Promise<void>;
}

/** `allowed` as in `MCP_HTTP_ALLOW_PRIVATE`; loopback unless given. */
export function openClient(allowed = "127.0.0.1"): RealClient {
  const pools = openPools(readAllowed(allowed));
  return { client: createHttpClient({ send: pools.send, pause }), close: () => pools.close() };
}
