// Who may talk to the server: requests for a foreign host, or from a page of a foreign origin, are refused, so
// that no web page can reach a server on its visitor's machine (DNS rebinding).
import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";
import { refusedCode, type HttpError } from "./respond.js";

export interface Access {
  /** Host names, with or without a port; `*` allows all. */
  readonly hosts: readonly string[];
  /** Origins such as `https://app.example.com`; `*` allows all. */
  readonly origins: readonly string[];
}

const loopback: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);

export function readAccess(environment: Readonly<Record<string, string | undefined>>, boundHost: string): Access {
  const name = boundHost.toLowerCase();
  const bound = ["0.0.0.0", "::", ""].includes(name) ? [] : [name.includes(":") ? `[${name}]` : name];
  return {
    hosts: [...bound, ...readList(environment["MCP_ALLOWED_HOSTS"])],
    origins: readList(environment["MCP_ALLOWED_ORIGINS"]),
  };
}

/** The origin to name in the answer's CORS headers, undefined when no browser asks, or an error. */
export type Admission =
  | { readonly kind: "admitted"; readonly origin: string | undefined }
  | { readonly kind: "refused"; readonly error: HttpError };

export function admit(request: IncomingMessage, access: Access): Admission {
  const { host, origin } = request.headers;
  if (!isAllowedHost(host, access)) return refuse("Host not allowed. MCP_ALLOWED_HOSTS lists those that are.");
  if (origin !== undefined && !isAllowedOrigin(origin, access)) {
    return refuse("Origin not allowed. MCP_ALLOWED_ORIGINS lists those that are.");
  }
  return { kind: "admitted", origin };
}

/**
 * For what machines ask by address, whatever name the server goes by: a page that has rebound its own name to us
 * still sends that name.
 */
export function admitAddress(request: IncomingMessage, access: Access): Admission {
  const host = request.headers.host?.replace(/:\d+$/, "").replace(/^\[(.*)\]$/, "$1") ?? "";
  return admit(request, isIP(host) === 0 ? access : { ...access, hosts: ["*"] });
}

function isAllowedHost(host: string | undefined, { hosts }: Access): boolean {
  if (hosts.includes("*")) return true;
  const name = host?.toLowerCase() ?? "";
  const withoutPort = name.replace(/:\d+$/, "");
  return loopback.has(withoutPort) || hosts.includes(name) || hosts.includes(withoutPort);
}

function isAllowedOrigin(origin: string, { origins }: Access): boolean {
  if (origins.includes("*") || origins.includes(origin.toLowerCase())) return true;
  // Pages that the same machine serves: `null` and anything that is no URL are not among them.
  return URL.canParse(origin) && loopback.has(new URL(origin).hostname) && /^https?:/i.test(origin);
}

function refuse(message: string): Admission {
  return { kind: "refused", error: { status: 403, code: refusedCode, message } };
}

function readList(value: string | undefined): readonly string[] {
  const items = (value ?? "").split(",").map((item) => item.trim().toLowerCase().replace(/\/$/, ""));
  return items.filter((item) => item !== "");
}
