/** What a client has said that a server keeps: another server has to be told it before it can take over. */
import { isFailure, memberOf, type Answer, type Id, type Json, type Notification, type Request } from "./message.js";

export interface Conversation {
  /** A request that was answered. */
  noteAnswered(request: Request, answer: Answer): Said | undefined;
  noteNotification(notification: Notification): void;
  /** Whether the handshake is over: before that nothing is told to a client. */
  isOpen(): boolean;
  /** False where the server refuses what another has accepted, or ends. */
  repeat(child: Told): Promise<boolean>;
}

export type Said = Request | Notification;

/** A server that is told it. */
export interface Told {
  send(text: string): void;
  /** Resolves with its answer; undefined when it ends instead. */
  ask(method: string, params?: Json): Promise<Answer | undefined>;
}

/** The requests that a server keeps something of, and what is kept once of each. */
const kept: Readonly<Record<string, (params: Json) => string>> = {
  initialize: () => "initialize",
  "logging/setLevel": () => "level",
  "resources/subscribe": ({ uri }) => `subscription ${String(uri)}`,
};

const initialized = "notifications/initialized";

export function createConversation(): Conversation {
  const said = new Map<string, Said>();
  return {
    noteAnswered: (request, answer) => {
      if (isFailure(answer)) return undefined;
      const params = memberOf(request.json, "params");
      if (request.method === "resources/unsubscribe") said.delete(`subscription ${String(params["uri"])}`);
      const key = kept[request.method]?.(params);
      if (key === undefined) return undefined;
      said.delete(key);
      said.set(key, request);
      return request;
    },
    noteNotification: (notification) => {
      if (notification.method === initialized) said.set(initialized, notification);
    },
    isOpen: () => said.has(initialized),
    repeat: async (child) => {
      // What the client says meanwhile is added to the map, and reached by this loop.
      for (const each of said.values()) if (!(await tell(child, each))) return false;
      return true;
    },
  };
}

/** Only a handshake that fails is a reason not to go on: a resource that is gone cannot be subscribed to. */
export async function tell(child: Told, { kind, method, json }: Said): Promise<boolean> {
  if (kind === "notification") {
    child.send(JSON.stringify(json));
    return true;
  }
  const answer = await child.ask(method, memberOf(json, "params"));
  return answer !== undefined && (method !== "initialize" || !isFailure(answer));
}

/** A request's id as the key of a map: 1 and "1" are two. */
export function keyOf(id: Id): string {
  return JSON.stringify(id);
}
