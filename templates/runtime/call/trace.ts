// Which trace a call belongs to, by W3C Trace Context: the caller's, from `_meta`, or a new one whose id is the
// request's. Needs no OpenTelemetry: what calls send on carries it in any case.
import { randomBytes } from "node:crypto";

export interface Trace {
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  /** Of the caller's span; absent at the root. */
  readonly parentId?: string;
  /** Two hexadecimal digits. */
  readonly flags: string;
  /** The vendors' own, passed on unread. */
  readonly state?: string;
}

type Meta = Readonly<Record<string, unknown>>;

const maxState = 512;

/** What is malformed counts as absent. */
export function readTrace(meta: Meta | undefined, requestId: string): Trace {
  const given = meta?.["traceparent"];
  const [, version, traceId = "", parentId = "", flags = "", more] =
    (typeof given === "string" ? /^([\da-f]{2})-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})(-.*)?$/.exec(given) : null) ??
    [];
  const isKnown = version !== undefined && version !== "ff" && (version !== "00" || more === undefined);
  // No span of ours is recorded, but whom the call reaches may record: to it this is a root that is sampled.
  if (!isKnown || isZero(traceId) || isZero(parentId)) return { traceId: requestId.replaceAll("-", ""), flags: "01" };
  const state = meta?.["tracestate"];
  const isState = typeof state === "string" && state.length <= maxState && /^[\x20-\x7e]+$/.test(state);
  return { traceId, parentId, flags, ...(isState && { state }) };
}

/** Headers of a request that the call sends on, under a span id of its own. */
export function traceHeaders({ traceId, flags, state }: Trace): Readonly<Record<string, string>> {
  const spanId = randomBytes(8).toString("hex");
  return { traceparent: `00-${traceId}-${spanId}-${flags}`, ...(state !== undefined && { tracestate: state }) };
}

function isZero(id: string): boolean {
  return /^0*$/.test(id);
}
