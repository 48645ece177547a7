import type { Logger } from "mcpgen";
import { requirePlace } from "./places.js";
import { describeWeather, type Sky } from "./sky.js";
import { getJson, upstreamName } from "./weather-api.js";

/** `metric`: degrees Celsius and millimeters. `imperial`: degrees Fahrenheit and inches. */
export type Units = "metric" | "imperial";

export interface ForecastRequest {
  /**
   * The city's name, for example "Oslo".
   * @minLength 2
   */
  city: string;
  /**
   * How many days, today included.
   * @int
   * @minimum 1
   * @maximum 7
   */
  days?: number;
  units?: Units;
}

export interface Forecast {
  place: { name: string; country: string };
  units: Units;
  days: ForecastDay[];
  /** Where the figures come from. The bundled stand-in's are made up. */
  source: string;
}

export interface ForecastDay {
  /** The day in the city's own time zone, for example "2026-12-25". */
  date: string;
  sky: Sky;
  temperature: { low: number; high: number };
  /** Rain and melted snow over the whole day. */
  precipitation: number;
}

interface ForecastResponse {
  daily: {
    time: string[];
    weather_code: number[];
    temperature_2m_max: number[];
    temperature_2m_min: number[];
    precipitation_sum: number[];
  };
}

const DAILY = "weather_code,temperature_2m_max,temperature_2m_min,precipitation_sum";

/**
 * Forecasts the weather of a city for the next days.
 *
 * @readonly
 * @example getForecast({ city: "Oslo", days: 2 })
 */
export async function getForecast(
  { city, days = 3, units = "metric" }: ForecastRequest,
  log: Logger,
  signal: AbortSignal,
): Promise<Forecast> {
  const place = await requirePlace(city, signal);
  log.info("asking for a forecast", { place: place.name, days });
  const { latitude, longitude, timezone } = place;
  const { daily } = await getJson<ForecastResponse>(
    "forecast",
    "/v1/forecast",
    { latitude, longitude, timezone, daily: DAILY, forecast_days: days, ...unitParameters(units) },
    signal,
  );
  return {
    place: { name: place.name, country: place.country },
    units,
    days: daily.time.map((date, index) => ({
      date,
      sky: describeWeather(daily.weather_code[index] ?? 0),
      temperature: { low: daily.temperature_2m_min[index] ?? 0, high: daily.temperature_2m_max[index] ?? 0 },
      precipitation: daily.precipitation_sum[index] ?? 0,
    })),
    source: upstreamName(),
  };
}

function unitParameters(units: Units): Record<string, string> {
  return units === "metric" ? {} : { temperature_unit: "fahrenheit", precipitation_unit: "inch" };
}
