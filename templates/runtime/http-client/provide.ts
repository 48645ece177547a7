// The client that the server's tools share: one set of pooled connections, closed with the server.
import type { HttpClient } from "../contracts/http.js";
import { pause } from "../resilience/pause.js";
import { readAllowed } from "./addresses.js";
import { createHttpClient } from "./client.js";
import { openPools } from "./pools.js";

/** Reads `MCP_HTTP_ALLOW_PRIVATE`; connects to nothing before the first request. */
export async function* openHttpClient(): AsyncGenerator<HttpClient, void> {
  const pools = openPools(readAllowed(process.env["MCP_HTTP_ALLOW_PRIVATE"]));
  try {
    yield createHttpClient({ send: pools.send, pause });
  } finally {
    await pools.close();
  }
}
