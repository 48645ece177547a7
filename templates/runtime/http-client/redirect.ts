// Where an answer sends on to. Only what is safe to repeat follows, and what the caller gave for one origin stays there.
import { answerError } from "./errors.js";
import type { Answer, Attempt } from "./send.js";

const statuses: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const maxHops = 5;

/** Headers that say nothing of who asks. */
const neutral: ReadonlySet<string> = new Set(["accept", "accept-encoding", "accept-language", "user-agent"]);

/** Undefined where the answer is the answer: it sends nowhere, or to where nothing should follow. */
export function nextHop(attempt: Attempt, { status, headers }: Answer, hops: number): Attempt | undefined {
  const location = headers["location"];
  const isFollowed = attempt.method === "GET" || attempt.method === "HEAD";
  if (!statuses.has(status) || !isFollowed || location === undefined) return undefined;
  if (!URL.canParse(location, attempt.url.href)) return undefined;
  const url = new URL(location, attempt.url);
  url.hash = "";
  if (!isSafeHop(attempt.url, url)) return undefined;
  if (hops >= maxHops) throw answerError(attempt, `sends on more than ${String(maxHops)} times`);
  return url.origin === attempt.url.origin ? { ...attempt, url } : { ...attempt, ...asStranger(attempt), url };
}

/** Never to another scheme that is less safe, never with a password that the other side has chosen. */
function isSafeHop(from: URL, to: URL): boolean {
  const isWeb = to.protocol === "https:" || (to.protocol === "http:" && from.protocol === "http:");
  return isWeb && to.username === "" && to.password === "";
}

function asStranger({ headers }: Attempt): Pick<Attempt, "headers" | "allowPrivate"> {
  const kept = Object.entries(headers).filter(([name]) => neutral.has(name));
  return { headers: Object.fromEntries(kept), allowPrivate: false };
}
