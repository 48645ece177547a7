import { startStandIn } from "./stand-in.js";

/**
 * The weather comes over HTTP from two APIs. For real figures, set both variables:
 *
 *     WEATHER_URL=https://api.open-meteo.com
 *     GEOCODING_URL=https://geocoding-api.open-meteo.com
 *
 * Without them the bundled stand-in answers, on 127.0.0.1, with made-up figures.
 */
const variables = { forecast: "WEATHER_URL", geocoding: "GEOCODING_URL" } as const;

const TIMEOUT_MS = 5000;

/**
 * Asks one of the two APIs, and gives up after five seconds or when the caller does.
 *
 * @internal
 */
export async function getJson<T>(
  api: keyof typeof variables,
  path: string,
  query: Readonly<Record<string, string | number>>,
  signal?: AbortSignal,
): Promise<T> {
  const url = new URL(path, process.env[variables[api]] || (await startStandIn()));
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  const response = await fetch(url, { signal: signal ? AbortSignal.any([signal, timeout]) : timeout });
  if (!response.ok) {
    throw Object.assign(new Error(`${url.host} answered ${response.status}`), { status: response.status });
  }
  return (await response.json()) as T;
}

/**
 * Where forecasts come from, for people.
 *
 * @internal
 */
export function upstreamName(): string {
  const url = process.env[variables.forecast];
  return url ? new URL(url).host : "bundled stand-in (made-up figures)";
}
