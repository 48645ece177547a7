// undici's pooled connections, loaded with the first request. Connections that may lead into private networks are
// kept apart from those that may not.
import { isIP } from "node:net";
import type { Agent, buildConnector, Dispatcher } from "undici";
import type { Allowed } from "./addresses.js";
import { networkError } from "./errors.js";
import { isRefusedAddress, lookUpAllowed, refusal } from "./guard.js";
import type { Answer, Attempt, Send } from "./send.js";

/** To one origin: what is more waits for one of them. */
const maxConnections = 64;
const connectMilliseconds = 10_000;
/** An answer that nobody wants is read to its end up to here, which saves its connection. */
const maxDiscarded = 64_000;

export interface Pools {
  readonly send: Send;
  /** Waits for requests that are on their way. */
  close(): Promise<void>;
}

/** CommonJS: in a bundle of several files it has no other name than `default`. */
type Undici = (typeof import("undici"))["default"];

interface Agents {
  readonly undici: Undici;
  readonly guarded: Agent;
  readonly open: Agent;
}

export function openPools(allowed: Allowed): Pools {
  let agents: Promise<Agents> | undefined;
  const load = async (): Promise<Agents> => {
    const { default: undici } = await import("undici");
    // Limits of time are those of the request: undici's own fire a second late.
    const options = { connections: maxConnections, headersTimeout: 0, bodyTimeout: 0 };
    const open = new undici.Agent({ ...options, connect: { timeout: connectMilliseconds } });
    const guarded = new undici.Agent({ ...options, connect: guard(undici, allowed) });
    return { undici, open, guarded };
  };
  return {
    send: async (attempt) => {
      agents ??= load();
      const { undici, open, guarded } = await agents;
      try {
        return answerOf(
          await undici.request(attempt.url, requestOptions(attempt, attempt.allowPrivate ? open : guarded)),
        );
      } catch (error) {
        throw attempt.signal.aborted ? attempt.signal.reason : networkError(attempt, error);
      }
    },
    close: async () => {
      if (agents === undefined) return;
      const { open, guarded } = await agents;
      await Promise.all([open.close(), guarded.close()]);
    },
  };
}

function requestOptions({ method, headers, body, signal }: Attempt, dispatcher: Dispatcher) {
  return { method, headers, body: body ?? null, signal, dispatcher };
}

function answerOf({ statusCode, headers, body }: Dispatcher.ResponseData): Answer {
  // Whoever reads it hears of its failure; where nobody reads, nobody minds.
  body.on("error", () => undefined);
  const flat = new Map<string, string>();
  for (const [name, value] of Object.entries(headers))
    flat.set(name, Array.isArray(value) ? value.join(", ") : (value ?? ""));
  return {
    status: statusCode,
    headers: Object.fromEntries(flat),
    body,
    discard: () => void body.dump({ limit: maxDiscarded }).catch((): void => undefined),
  };
}

/** A name is checked where it is looked up; Node does not look up what is an address already. */
function guard({ buildConnector }: Undici, allowed: Allowed): buildConnector.connector {
  const connect = buildConnector({ timeout: connectMilliseconds, lookup: lookUpAllowed(allowed) });
  return (options, callback) => {
    const { hostname } = options;
    if (isIP(hostname) !== 0 && isRefusedAddress({ name: hostname, address: hostname }, allowed))
      callback(refusal(hostname), null);
    else connect(options, callback);
  };
}
