/** What the sky looks like, in one word. */
export type Sky = "clear" | "cloudy" | "fog" | "drizzle" | "rain" | "snow" | "thunderstorm";

/** Upper ends of the ranges of WMO weather codes (table 4677, as weather APIs use it). */
const ranges: readonly (readonly [highest: number, sky: Sky])[] = [
  [1, "clear"],
  [3, "cloudy"],
  [48, "fog"],
  [57, "drizzle"],
  [67, "rain"],
  [77, "snow"],
  [82, "rain"],
  [86, "snow"],
];

/**
 * Puts a WMO weather code into a word.
 *
 * @internal
 */
export function describeWeather(code: number): Sky {
  return ranges.find(([highest]) => code <= highest)?.[1] ?? "thunderstorm";
}
