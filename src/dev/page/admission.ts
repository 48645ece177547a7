/** Who may see the page: a browser on this machine that names this machine. As templates/runtime/http/guards.ts for the server. */
import type { IncomingMessage } from "node:http";

/** Why not; undefined where it may. A page that has rebound its own name to us still sends that name. */
export function findRefusal(request: IncomingMessage): string | undefined {
  const { host = "", origin, "sec-fetch-site": site } = request.headers;
  if (!isLoopbackAddress(request.socket.remoteAddress ?? ""))
    return "The page is for the machine that mcpgen dev runs on.";
  if (!isLoopbackName(host)) return "Host not allowed: the page is at localhost.";
  if (origin !== undefined && !isOwnOrigin(origin, host)) return "Origin not allowed: the page is for itself alone.";
  if (site === "cross-site") return "The page is for itself alone.";
  return undefined;
}

function isLoopbackAddress(address: string): boolean {
  return address === "::1" || /^(?:::ffff:)?127\./.test(address);
}

function isLoopbackName(host: string): boolean {
  return ["localhost", "127.0.0.1", "[::1]"].includes(host.toLowerCase().replace(/:\d+$/, ""));
}

function isOwnOrigin(origin: string, host: string): boolean {
  return origin.toLowerCase() === `http://${host.toLowerCase()}`;
}
