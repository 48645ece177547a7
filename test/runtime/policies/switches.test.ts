// Policies that the environment switches off.
import { afterEach, expect, test, vi } from "vitest";
import { composePolicies } from "../../../templates/runtime/policies/compose.js";
import { callWith, done, tool, tracing } from "./calls.js";

afterEach(() => vi.unstubAllEnvs());

async function applied(disabled: string): Promise<readonly string[]> {
  vi.stubEnv("MCP_DISABLED_POLICIES", disabled);
  const seen: string[] = [];
  const policies = (["cache", "timeout", "attemptTimeout", "retry"] as const).map((kind) => tracing(kind, seen));
  await composePolicies({ policies, tool, inner: () => Promise.resolve(done) })(callWith());
  return seen.filter((entry) => entry.endsWith(" in")).map((entry) => entry.replace(" in", ""));
}

test.each([
  ["", ["cache", "timeout", "retry", "attemptTimeout"]],
  ["cache", ["timeout", "retry", "attemptTimeout"]],
  [" timeout , retry,", ["cache"]],
  ["lookup.cache,other.retry", ["timeout", "retry", "attemptTimeout"]],
])("MCP_DISABLED_POLICIES=%s leaves the others", async (disabled, left) => {
  expect(await applied(disabled)).toEqual(left);
});

test("what is no policy keeps the server from starting", async () => {
  await expect(applied("cahce")).rejects.toThrow("MCP_DISABLED_POLICIES names `cahce`; the policies are rateLimit, ");
});
