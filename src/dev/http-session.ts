/** One client over HTTP: the name of its session, which stays, what it has said, and the streams that it listens to. */
import type { IncomingHttpHeaders, ServerResponse } from "node:http";
import { createConversation, type Conversation } from "./protocol/conversation.js";
import { eventOf, readEvents, readText } from "./protocol/events.js";
import type { HttpChild } from "./http-child.js";
import { readParcel, type Answer, type Json, type Parcel } from "./protocol/message.js";

export interface HttpSession {
  readonly id: string;
  /** As its client calls itself. */
  readonly client: string;
  readonly conversation: Conversation;
  /** Of its handshake, with what says who it is. */
  readonly headers: IncomingHttpHeaders;
  /** What each server calls the session. */
  readonly names: Map<HttpChild, string>;
  /** The last one is what it is told things on. */
  readonly streams: Set<ServerResponse>;
  /** What it is to be told when it listens again. */
  readonly untold: Set<string>;
}

export function createHttpSession(
  named: Pick<HttpSession, "id" | "client" | "headers">,
  child: HttpChild,
): HttpSession {
  const conversation = createConversation();
  return { ...named, conversation, names: new Map([[child, named.id]]), streams: new Set(), untold: new Set() };
}

export function push({ streams, untold }: HttpSession, text: string): void {
  const stream = [...streams].at(-1);
  if (stream) stream.write(eventOf(text));
  else untold.add(text);
}

/** It stays when servers come and go, and shows a sign of life now and then. */
export function openStream(
  { id, streams, untold }: HttpSession,
  response: ServerResponse,
  given: IncomingHttpHeaders,
): void {
  // What the page of an admitted origin may read is the server's to say.
  const ofOrigin = Object.entries(given).filter(([name]) => name === "vary" || name.startsWith("access-control-"));
  response.writeHead(200, {
    ...Object.fromEntries(ofOrigin),
    "content-type": "text/event-stream",
    "cache-control": "no-cache, no-transform",
    "mcp-session-id": id,
  });
  response.write([": open\n\n", ...[...untold].map(eventOf)].join(""));
  untold.clear();
  streams.add(response);
  const timer = setInterval(() => response.write(": alive\n\n"), aliveMilliseconds);
  response.once("close", () => {
    clearInterval(timer);
    streams.delete(response);
  });
}

const aliveMilliseconds = 25_000;

/** Headers as the server is to see them: of the client's request, with the server's own name of the session. */
export function headersFor(child: HttpChild, session: HttpSession | undefined, given: IncomingHttpHeaders) {
  const { "mcp-session-id": named, "content-length": _, connection: _c, "transfer-encoding": _t, ...headers } = given;
  const name = session ? session.names.get(child) : named;
  return { ...headers, ...(name !== undefined && { "mcp-session-id": name }) };
}

/** Tells another server what the client has said. False where that does not take it. */
export async function introduce(session: HttpSession, child: HttpChild): Promise<boolean> {
  const post = async (body: string): Promise<Answer | undefined> => {
    const headers = headersFor(child, session, session.headers);
    const answer = await child.call({ method: "POST", path: "/mcp", headers, body }).catch(() => undefined);
    const name = answer?.headers["mcp-session-id"];
    if (typeof name === "string") session.names.set(child, name);
    const parcels: Parcel[] = [];
    if (answer?.headers["content-type"] === "text/event-stream")
      await readEvents(answer, (data) => parcels.push(readParcel(data)));
    else if (answer) parcels.push(readParcel(await readText(answer)));
    return parcels.flatMap(({ messages }) => messages).find((message): message is Answer => message.kind === "answer");
  };
  return session.conversation.repeat({
    send: (text) => void post(text),
    ask: async (method, params?: Json) =>
      post(JSON.stringify({ jsonrpc: "2.0", id: "mcpgen-dev", method, ...(params && { params }) })),
  });
}
