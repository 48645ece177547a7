/** Two builds' surface.json → what clients are told of the difference, and what they are told beforehand so that they listen. */
import { isJson, memberOf, renderNotification, type Json, type Request } from "./message.js";

export type Part = "tools" | "resources" | "prompts";

const parts: readonly (readonly [Part, readonly string[]])[] = [
  ["tools", ["tools"]],
  ["resources", ["resources", "resourceTemplates"]],
  ["prompts", ["prompts"]],
];

/** Texts of surface.json; of what is no JSON nothing is known to have changed. */
export function changedParts(before: string, after: string): readonly Part[] {
  const [old, now] = [before, after].map(parse);
  if (!old || !now) return [];
  return parts
    .filter(([, keys]) => keys.some((key) => JSON.stringify(old[key]) !== JSON.stringify(now[key])))
    .map(([part]) => part);
}

function parse(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJson(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** A server's answer as a client of ours is to see it. */
export function presentAnswer(method: string, json: Json): Json {
  const declares = method === "initialize" || method === "server/discover";
  return withoutKeeping(declares ? declareChanges(json) : json);
}

/** What clients that listen by a request are told in its name (revision 2026-07-28, "Subscriptions"). */
export function changesFor({ id, json }: Request, parts: readonly Part[]): readonly string[] {
  const wanted = memberOf(memberOf(json, "params"), "notifications");
  const tag = { _meta: { "io.modelcontextprotocol/subscriptionId": id } };
  const told = parts.filter((part) => wanted[`${part}ListChanged`] === true);
  return told.map((part) => renderNotification(changeOf(part), tag));
}

export function changeOf(part: Part): string {
  return `notifications/${part}/list_changed`;
}

/** An answer to `initialize` or `server/discover`: what is served changes, and clients are to listen for it. */
function declareChanges(json: Json): Json {
  const result = memberOf(json, "result");
  const capabilities = memberOf(result, "capabilities");
  const declared = parts
    .filter(([part]) => isJson(capabilities[part]))
    .map(([part]): [string, Json] => [part, { ...memberOf(capabilities, part), listChanged: true }]);
  return {
    ...json,
    result: { ...result, capabilities: { ...capabilities, ...Object.fromEntries(declared) } },
  };
}

/** Nothing that a server says of itself may be kept: the next save may change it (revision 2026-07-28, "Caching"). */
function withoutKeeping(json: Json): Json {
  const result = memberOf(json, "result");
  return typeof result["ttlMs"] === "number" ? { ...json, result: { ...result, ttlMs: 0 } } : json;
}
