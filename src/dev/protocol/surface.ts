/** Two builds' surface.json → what clients are told of the difference, and what they are told beforehand so that they listen. */
import { isJson, memberOf, methodNotFound, renderNotification, type Json, type Request } from "./message.js";

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
export function presentAnswer(request: Request, json: Json): Json {
  const { method } = request;
  const empty = emptyLists.get(method);
  if (empty !== undefined && memberOf(json, "error")["code"] === methodNotFound)
    return { jsonrpc: "2.0", id: json["id"], result: { ...resultHead(request), [empty]: [] } };
  const declares = method === "initialize" || method === "server/discover";
  return withoutKeeping(declares ? declareChanges(json) : json);
}

/** What clients list, and by which name: a server that has none of a kind does not know its method, and the next build may. */
const emptyLists: ReadonlyMap<string, string> = new Map([
  ["tools/list", "tools"],
  ["prompts/list", "prompts"],
  ["resources/list", "resources"],
  ["resources/templates/list", "resourceTemplates"],
]);

/** What a list has to say beside its items, as far as its client speaks the revision without a handshake (2026-07-28). */
function resultHead({ json }: Request): Json {
  const { "io.modelcontextprotocol/protocolVersion": version } = memberOf(memberOf(json, "params"), "_meta");
  return version === undefined ? {} : { resultType: "complete", ttlMs: 0, cacheScope: "public" };
}

/** That a server listens for what it has, as a client of ours is to see it: for all that was asked for (revision 2026-07-28, "Subscriptions"). */
export function presentAcknowledged({ json: asked }: Request, json: Json): Json {
  const wanted = memberOf(memberOf(asked, "params"), "notifications");
  const lists = parts.map(([part]) => `${part}ListChanged`).filter((member) => wanted[member] === true);
  const params = memberOf(json, "params");
  const told = { ...memberOf(params, "notifications"), ...Object.fromEntries(lists.map((member) => [member, true])) };
  return { ...json, params: { ...params, notifications: told } };
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

/** An answer to `initialize` or `server/discover`: what is served changes, also to kinds that there are none of yet, and clients are to listen for it. */
function declareChanges(json: Json): Json {
  const result = memberOf(json, "result");
  const capabilities = memberOf(result, "capabilities");
  if (!isJson(json["result"])) return json;
  const declared = parts.map(([part]): [string, Json] => [
    part,
    { ...memberOf(capabilities, part), listChanged: true },
  ]);
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
