import { getJson } from "./weather-api.js";

/** A city, and where it lies. */
export interface Place {
  name: string;
  country: string;
  /** Degrees north of the equator. */
  latitude: number;
  /** Degrees east of Greenwich. */
  longitude: number;
  /** IANA time zone, for example "Europe/Oslo". */
  timezone: string;
}

export interface PlaceList {
  /** Best match first; empty when nothing has that name. */
  places: Place[];
}

interface SearchResponse {
  results?: Place[];
}

/**
 * Looks up cities by the beginning of their name.
 * Use it when a name could mean several cities, before asking for a forecast.
 *
 * @readonly
 * @param name The name, or its first letters. {@minLength 2}
 * @param limit The most cities to return. {@int} {@minimum 1} {@maximum 20}
 * @example findPlaces("Os")
 */
export async function findPlaces(name: string, limit = 5, signal?: AbortSignal): Promise<PlaceList> {
  const response = await getJson<SearchResponse>("geocoding", "/v1/search", { name, count: limit }, signal);
  return { places: response.results ?? [] };
}

/**
 * The one place that is most likely meant.
 *
 * @internal
 */
export async function requirePlace(city: string, signal: AbortSignal): Promise<Place> {
  const { places } = await findPlaces(city, 1, signal);
  const place = places[0];
  // `expose` lets the message reach the model, so that it can correct the call.
  if (!place) throw Object.assign(new Error(`No city is called "${city}".`), { status: 404, expose: true });
  return place;
}
