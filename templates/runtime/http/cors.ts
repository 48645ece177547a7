// What pages of an admitted origin may send and read (https://fetch.spec.whatwg.org/#http-cors-protocol).
import type { IncomingMessage, ServerResponse } from "node:http";

/** Lets the page read the answer; it has passed the guard. */
export function allowOrigin(response: ServerResponse, origin: string): void {
  response.setHeader("access-control-allow-origin", origin);
  response.setHeader("access-control-expose-headers", exposed);
  response.setHeader("vary", "origin");
}

const exposed = "mcp-session-id, mcp-protocol-version, retry-after, www-authenticate";

/** Of both eras of the protocol; what a page asks for beyond them (a key, a trace) it may send as well. */
const usual =
  "accept, authorization, content-type, last-event-id, mcp-method, mcp-name, mcp-protocol-version, mcp-session-id";

export function answerPreflight(request: IncomingMessage, response: ServerResponse): void {
  const asked = request.headers["access-control-request-headers"];
  response.setHeader("access-control-allow-methods", "GET, POST, DELETE");
  response.setHeader("access-control-allow-headers", asked === undefined ? usual : `${usual}, ${asked}`);
  response.setHeader("access-control-max-age", "7200");
  response.setHeader("vary", "origin, access-control-request-headers");
  response.writeHead(204).end();
}
