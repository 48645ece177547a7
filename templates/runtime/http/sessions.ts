// Sessions over HTTP, for servers whose functions look back at the client: who it is, whether it has cancelled. They
// are bounded in number and forgotten after a while without a request.
import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";
import { abandon, type Connection } from "../dispatch/connection.js";
import type { Service } from "../dispatch/service.js";

export interface SessionLimits {
  readonly most: number;
  readonly idleMilliseconds: number;
  readonly sweepMilliseconds: number;
}

const defaults: SessionLimits = { most: 1_000, idleMilliseconds: 30 * 60_000, sweepMilliseconds: 60_000 };

export interface OpenSession {
  readonly id: string;
  readonly connection: Connection;
  /** A session that has an open answer is never idle, and ends them all when it ends. */
  hold(response: ServerResponse): void;
}

export interface Sessions {
  /** Finding one counts as its use. */
  find(id: string): OpenSession | undefined;
  /** Undefined when there are too many, all of them in use. */
  create(): OpenSession | undefined;
  /** False where there is none of that name. */
  remove(id: string): boolean;
  close(): void;
}

interface Kept extends OpenSession {
  readonly open: Set<ServerResponse>;
  /** In milliseconds of the monotonic clock. */
  lastUsed: number;
}

export function createSessions(service: Service, limits: SessionLimits = defaults): Sessions {
  /** By id, the longest unused first: using one moves it to the end. */
  const sessions = new Map<string, Kept>();

  const remove = (id: string): boolean => {
    const session = sessions.get(id);
    if (session === undefined) return false;
    abandon(session.connection, "The session has ended.");
    for (const response of session.open) response.end();
    return sessions.delete(id);
  };
  const sweep = (): void => {
    const before = performance.now() - limits.idleMilliseconds;
    for (const session of sessions.values()) if (isIdle(session) && session.lastUsed <= before) remove(session.id);
  };
  const timer = setInterval(sweep, limits.sweepMilliseconds);
  timer.unref();

  return {
    remove,
    find(id) {
      const session = sessions.get(id);
      if (session !== undefined) {
        sessions.delete(id);
        sessions.set(id, session);
      }
      return session;
    },
    create() {
      if (sessions.size >= limits.most) {
        const idle = [...sessions.values()].find(isIdle);
        if (idle === undefined) return undefined;
        remove(idle.id);
      }
      const session = createSession(service);
      sessions.set(session.id, session);
      return session;
    },
    close() {
      clearInterval(timer);
      for (const id of sessions.keys()) remove(id);
    },
  };
}

function createSession(service: Service): Kept {
  const id = randomUUID();
  const session: Kept = {
    id,
    connection: { service, transport: "tcp", sessionId: id },
    open: new Set(),
    lastUsed: performance.now(),
    hold: (response) => {
      session.open.add(response);
      response.once("close", () => {
        session.open.delete(response);
        session.lastUsed = performance.now();
      });
    },
  };
  return session;
}

function isIdle({ open }: Kept): boolean {
  return open.size === 0;
}
