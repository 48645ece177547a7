/** What the server carries → generated/testing.ts: what its tests connect, and what they put in the place of the world. */
import type { ServerPlan } from "../../model/plan.js";
import type { Equipment } from "../../model/project/project.js";
import { fillFrame } from "../frames/frames.js";

export interface TestingGiven {
  /** What the server serves with, as paths of the output. */
  readonly runtime: readonly string[];
}

export function renderTesting({ sdk, container, equipment }: ServerPlan, { runtime }: TestingGiven): string {
  const has = (module: string): boolean => runtime.includes(`generated/runtime/${module}`);
  return fillFrame("testing.ts", {
    sdk: `sdk-${sdk}`,
    hasClock: has("time/clock.ts"),
    hasRandom: has("time/random.ts"),
    sessions: equipment.sessions,
    headers: equipment.headers,
    connection: connectionOf(equipment),
    hasDependencies: container !== undefined,
  });
}

/** What the entry hands over, and who connects. */
function connectionOf({ sessions, headers }: Equipment): string {
  const members = [...(sessions ? ["sessions: createSessions"] : []), ...(headers ? ["findArgumentMismatch"] : [])];
  return members.length === 0 ? "connection" : `{ ${["...connection", ...members].join(", ")} }`;
}
