// Policies that are switched off where the server runs: `MCP_DISABLED_POLICIES=cache,getWeather.retry`.
import type { PolicyKind } from "./policy.js";

/** What a tag calls them; `timeout` is both that of an attempt and that of all. */
const words: Readonly<Record<PolicyKind, string>> = {
  rateLimit: "rateLimit",
  concurrency: "concurrency",
  serialize: "serialize",
  invalidates: "invalidates",
  cache: "cache",
  timeout: "timeout",
  retry: "retry",
  circuit: "circuit",
  attemptTimeout: "timeout",
};

/** A name before the dot is a tool's, or that of what a provider makes. */
export function isSwitchedOff(kind: PolicyKind, tool: string): boolean {
  const off = readSwitches(process.env["MCP_DISABLED_POLICIES"] ?? "");
  return off.includes(words[kind]) || off.includes(`${tool}.${words[kind]}`);
}

/** A policy that somebody means to switch off and that stays on is worse than a server that does not start. */
function readSwitches(text: string): readonly string[] {
  const given = text
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "");
  const known: readonly string[] = Object.values(words);
  const wrong = given.find((word) => !known.includes(word.slice(word.lastIndexOf(".") + 1)));
  if (wrong === undefined) return given;
  const list = [...new Set(known)].join(", ");
  throw new Error(
    `MCP_DISABLED_POLICIES names \`${wrong}\`; the policies are ${list}, alone or behind a tool's name and a dot.`,
  );
}
