import type { Logger } from "mcpgen";
import { getForecast, type ForecastDay } from "./forecast.js";

/** What makes one city's day better than another's. */
export type Wish = "warm" | "cool" | "dry";

export interface Comparison {
  wish: Wish;
  /** Best first. */
  ranking: RankedCity[];
}

export interface RankedCity {
  /** 1 is the best. */
  rank: number;
  city: string;
  today: ForecastDay;
}

/** Smaller is better. */
const scores: Readonly<Record<Wish, (day: ForecastDay) => number>> = {
  warm: (day) => -day.temperature.high,
  cool: (day) => day.temperature.high,
  dry: (day) => day.precipitation,
};

/**
 * Ranks cities by today's weather.
 *
 * @readonly
 * @param cities The cities to compare. {@minItems 2} {@maxItems 5} {@uniqueItems}
 * @param wish What the weather should be like.
 * @example compareCities(["Oslo", "Lisbon"], "dry")
 */
export async function compareCities(
  cities: string[],
  wish: Wish = "warm",
  log: Logger,
  signal: AbortSignal,
): Promise<Comparison> {
  const forecasts = await Promise.all(cities.map((city) => getForecast({ city, days: 1 }, log, signal)));
  const entries = forecasts.flatMap(({ place, days }) => days.map((today) => ({ city: place.name, today })));
  entries.sort((a, b) => scores[wish](a.today) - scores[wish](b.today));
  return { wish, ranking: entries.map((entry, index) => ({ rank: index + 1, ...entry })) };
}
