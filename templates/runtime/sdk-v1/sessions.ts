// The sessions of the HTTP server: bounded in number, closed after a while without a request. One session is one
// client's connection: an SDK server and its transport.
import { randomUUID } from "node:crypto";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import type { ServerDefinition } from "../dispatch/server.js";
import { log } from "../logging/logger.js";
import { createSdkServer } from "./server.js";

const maxSessions = 1_000;
const idleMilliseconds = 30 * 60_000;
const sweepMilliseconds = 60_000;

export interface Session {
  readonly transport: StreamableHTTPServerTransport;
  /** Of requests that are being answered, streams included. */
  open: number;
  lastUsed: number;
}

export interface Sessions {
  /** Finding one counts as its use. */
  find(id: string): Session | undefined;
  /** Undefined when there are too many, all of them in use. */
  create(): Promise<Session | undefined>;
  close(): Promise<void>;
}

export interface SessionLimits {
  readonly most: number;
  readonly idleMilliseconds: number;
  readonly sweepMilliseconds: number;
}

const defaults: SessionLimits = { most: maxSessions, idleMilliseconds, sweepMilliseconds };

export function createSessions(definition: ServerDefinition, limits: SessionLimits = defaults): Sessions {
  /** By id, the longest unused first: using one moves it to the end. */
  const sessions = new Map<string, Session>();

  const closeIdle = (before: number): void => {
    for (const session of sessions.values()) {
      if (session.open === 0 && session.lastUsed <= before) void closeSession(session);
    }
  };
  const timer = setInterval(() => closeIdle(Date.now() - limits.idleMilliseconds), limits.sweepMilliseconds);
  timer.unref();

  const makeRoom = (): boolean => {
    if (sessions.size < limits.most) return true;
    const idle = [...sessions.values()].find((session) => session.open === 0);
    if (idle === undefined) return false;
    void closeSession(idle);
    return true;
  };

  return {
    find(id) {
      const session = sessions.get(id);
      if (session !== undefined) {
        sessions.delete(id);
        sessions.set(id, session);
      }
      return session;
    },
    async create() {
      if (!makeRoom()) return undefined;
      const transport = new StreamableHTTPServerTransport({
        sessionIdGenerator: randomUUID,
        onsessioninitialized: (id) => void sessions.set(id, session),
      });
      const session: Session = { transport, open: 0, lastUsed: Date.now() };
      const server = createSdkServer(definition, { onCancelled: (id) => transport.closeSSEStream(id) });
      server.onclose = () => {
        if (transport.sessionId !== undefined) sessions.delete(transport.sessionId);
      };
      // Its optional members are typed without `undefined`, which `exactOptionalPropertyTypes` minds.
      await server.connect(transport);
      return session;
    },
    async close() {
      clearInterval(timer);
      await Promise.all([...sessions.values()].map(closeSession));
    },
  };
}

async function closeSession({ transport }: Session): Promise<void> {
  await transport.close().catch((error: unknown) => log.warn("session did not close", { error }));
}
