// What a request is sent to and with what: the URL as it was given and the client's defaults → one URL, its headers,
// and whether it may lead into a private network.
import type { HttpDefaults, HttpOptions } from "../contracts/http.js";
import { urlError } from "./errors.js";

export interface Target {
  readonly url: URL;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly allowPrivate: boolean;
}

/**
 * Beside a base URL, the defaults are for its origin alone: an absolute URL, which may come from arguments, gets
 * neither the key in its headers nor the permission.
 */
export function resolveTarget(given: string | URL, defaults: HttpDefaults, options: HttpOptions): Target {
  const url = resolveUrl(String(given), defaults.baseUrl);
  checkUrl(url);
  url.hash = "";
  const { headers, query, allowPrivate = false } = isAtHome(url, defaults.baseUrl) ? defaults : {};
  for (const [name, value] of Object.entries({ ...query, ...options.query }))
    if (value !== undefined) url.searchParams.append(name, String(value));
  return {
    url,
    headers: { ...lowerCase(headers), ...lowerCase(options.headers) },
    allowPrivate: options.allowPrivate ?? allowPrivate,
  };
}

/** A base URL of its own starts without the permission that belongs to the one before. */
export function extendDefaults(defaults: HttpDefaults, more: HttpDefaults): HttpDefaults {
  const { allowPrivate, headers, query, ...rest } = defaults;
  const isSameHome = more.baseUrl === undefined || isAtHome(new URL(more.baseUrl), defaults.baseUrl);
  return {
    ...rest,
    ...(isSameHome && allowPrivate !== undefined && { allowPrivate }),
    ...more,
    headers: { ...(isSameHome && lowerCase(headers)), ...lowerCase(more.headers) },
    query: { ...(isSameHome && query), ...more.query },
  };
}

function isAtHome(url: URL, baseUrl: string | undefined): boolean {
  return baseUrl === undefined || new URL(baseUrl).origin === url.origin;
}

function checkUrl({ protocol, username, password }: URL): void {
  if (protocol !== "http:" && protocol !== "https:")
    throw urlError(`Requests go to http: and https: URLs only, not to ${protocol}`);
  if (username !== "" || password !== "") throw urlError("Requests go to no URL with a user name or a password in it.");
}

function resolveUrl(text: string, baseUrl: string | undefined): URL {
  if (URL.canParse(text)) return new URL(text);
  if (baseUrl === undefined) throw urlError("The URL is not complete.");
  // The base is a folder, with or without a slash at its end.
  const base = new URL(baseUrl);
  base.search = "";
  if (!base.pathname.endsWith("/")) base.pathname += "/";
  const relative = `./${text.replace(/^\//, "")}`;
  const url = URL.canParse(relative, base.href) ? new URL(relative, base) : undefined;
  if (url?.origin !== base.origin || !url.pathname.startsWith(base.pathname))
    throw urlError("The URL leads out of what it starts from.");
  return url;
}

function lowerCase(headers: HttpOptions["headers"]): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
}
