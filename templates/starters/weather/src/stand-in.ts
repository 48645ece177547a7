import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** A small HTTP server that answers as the weather APIs do, so that everything works without a network. */

const cities = [
  { name: "Lisbon", country: "Portugal", latitude: 38.72, longitude: -9.13, timezone: "Europe/Lisbon" },
  { name: "Nairobi", country: "Kenya", latitude: -1.28, longitude: 36.82, timezone: "Africa/Nairobi" },
  { name: "Osaka", country: "Japan", latitude: 34.69, longitude: 135.5, timezone: "Asia/Tokyo" },
  { name: "Oslo", country: "Norway", latitude: 59.91, longitude: 10.75, timezone: "Europe/Oslo" },
  { name: "Quito", country: "Ecuador", latitude: -0.23, longitude: -78.52, timezone: "America/Guayaquil" },
  { name: "Sydney", country: "Australia", latitude: -33.87, longitude: 151.21, timezone: "Australia/Sydney" },
];

const codes = [0, 2, 3, 45, 51, 61, 71, 95];

let started: Promise<string> | undefined;

/**
 * The stand-in's address; the first call starts it. It never keeps the process alive.
 *
 * @internal
 */
export function startStandIn(): Promise<string> {
  started ??= listen(
    createServer((request, response) => {
      const url = new URL(request.url ?? "/", "http://stand-in");
      const answer = url.pathname === "/v1/search" ? search(url.searchParams) : forecast(url.searchParams);
      response.setHeader("content-type", "application/json").end(JSON.stringify(answer));
    }),
  );
  return started;
}

function listen(server: Server): Promise<string> {
  server.on("connection", (socket) => socket.unref());
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
    server.unref();
  });
}

function search(query: URLSearchParams): object {
  const start = (query.get("name") ?? "").toLowerCase();
  const results = cities.filter((city) => city.name.toLowerCase().startsWith(start));
  return results.length > 0 ? { results: results.slice(0, Number(query.get("count") ?? 10)) } : {};
}

/** The nearer to the equator the warmer; the rest is different from day to day, and the same at every call of a day. */
function forecast(query: URLSearchParams): object {
  const latitude = Number(query.get("latitude"));
  const fahrenheit = query.get("temperature_unit") === "fahrenheit";
  const today = new Date().toLocaleDateString("en-CA", { timeZone: query.get("timezone") ?? "UTC" });
  const days = Array.from({ length: Number(query.get("forecast_days") ?? 7) }, (_, offset) => {
    const time = new Date(Date.parse(today) + offset * 86_400_000);
    const chance = Math.abs(Math.sin(time.getTime() / 86_400_000 + latitude));
    const high = 31 - Math.abs(latitude) / 3 + chance * 4;
    return { time: time.toISOString().slice(0, 10), chance, high: fahrenheit ? high * 1.8 + 32 : high };
  });
  return {
    daily: {
      time: days.map(({ time }) => time),
      weather_code: days.map(({ chance }) => codes[Math.floor(chance * codes.length)] ?? 0),
      temperature_2m_max: days.map(({ high }) => round(high)),
      temperature_2m_min: days.map(({ high }) => round(high - (fahrenheit ? 13 : 7))),
      precipitation_sum: days.map(({ chance }) => round(chance > 0.5 ? chance * 8 : 0)),
    },
  };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
