// What `@from` fills: parts of a caller, checked, and what keys and templates of policies see of them.
import { afterEach, expect, test, vi } from "vitest";
import * as z from "zod";
import { runInScope } from "../../templates/runtime/call/scope.js";
import type { Next, PolicyCall } from "../../templates/runtime/call/tool-call.js";
import { classifyError } from "../../templates/runtime/errors/classify.js";
import { optionalClaims, requiredClaims } from "../../templates/runtime/filled/claims.js";
import { withFilled, type Filled } from "../../templates/runtime/filled/keys.js";
import { optionalPart, requiredPart } from "../../templates/runtime/filled/part.js";
import type { Policy, PolicyKind } from "../../templates/runtime/policies/policy.js";

const caller = { id: "ann", scopes: [], claims: { tenant: "north", org: { level: 3 } } };
const signal = new AbortController().signal;

afterEach(() => vi.unstubAllEnvs());

test("a claim is read along its path", () => {
  expect(requiredPart(["claims", "tenant"], z.string())(caller)).toBe("north");
  expect(optionalPart(["claims", "org", "level"], z.number())(caller)).toBe(3);
});

test.each([
  ["of another type", ["claims", "tenant"], z.number()],
  ["absent", ["claims", "team"], z.string()],
  ["inherited", ["claims", "toString"], z.unknown().refine((value) => value !== undefined)],
  ["within a text", ["claims", "tenant", "length"], z.number()],
] as const)("a claim that is %s is denied, and only the log knows why", (_, path, schema) => {
  const read = (): unknown => requiredPart(path, schema)(caller);
  expect(read).toThrow(`\`caller.${path.join(".")}\` of the caller "ann" does not fit`);
  try {
    read();
  } catch (error) {
    expect(classifyError(error, signal)).toMatchObject({ kind: "denied", exposed: false });
  }
});

test("what may be absent is undefined, but never of another type", () => {
  const read = optionalPart(["claims", "team"], z.string());
  expect(read(undefined)).toBeUndefined();
  expect(read(caller)).toBeUndefined();
  expect(() => optionalPart(["claims", "tenant"], z.number())(caller)).toThrow("does not fit");
});

test("claims are checked together, and what the type does not name stays", () => {
  const named = z.object({ tenant: z.string() }).catchall(z.unknown());
  expect(requiredClaims(named)(caller)).toEqual(caller);
  const decoded = z.object({ tenant: z.string().transform((text) => text.length) });
  expect(requiredClaims(decoded)(caller)).toEqual({ id: "ann", scopes: [], claims: { tenant: 5 } });
  expect(optionalClaims(named)(undefined)).toBeUndefined();
});

test("claims that do not fit are denied, and the log says which", () => {
  const schema = z.object({ org: z.object({ level: z.string() }) });
  for (const read of [requiredClaims(schema), optionalClaims(schema)]) {
    let failure: unknown;
    try {
      read(caller);
    } catch (error) {
      failure = error;
    }
    expect(failure).toMatchObject({
      message: expect.stringContaining('`caller.claims.org.level` of the caller "ann" does not fit') as string,
    });
    expect(classifyError(failure, signal)).toMatchObject({ kind: "denied", exposed: false });
  }
});

/** The arguments as each of two policies sees them, the outer first. */
async function wiresOf(filled: Filled, wire: PolicyCall["wire"], who?: typeof caller): Promise<readonly unknown[]> {
  const seen: unknown[] = [];
  const policy = (kind: PolicyKind): Policy => ({
    kind,
    bind: () => (call, next) => {
      seen.push(call.wire);
      return next(call);
    },
  });
  const tool = { name: "list", server: "test", inputSchema: { type: "object" } } as const;
  const layers = withFilled(filled, [policy("cache"), policy("retry")]).map((each) => each.bind(tool));
  const inner: Next = () => Promise.resolve({ content: [] });
  const run = layers.reduceRight<Next>((next, layer) => (call) => layer(call, next), inner);
  const call: PolicyCall = { tool: "list", requestId: "r", input: {}, wire, signal };
  await runInScope({ requestId: "r", tool: "list", signal, caller: who }, () => run(call));
  return seen;
}

const filled: Filled = {
  userId: { caller: ["id"] },
  tenant: { caller: ["claims", "tenant"] },
  region: { variable: "REGION" },
  limit: { constant: 2 },
};

test("every policy sees what is filled among the arguments", async () => {
  vi.stubEnv("REGION", "eu");
  const wire = { year: 2026, userId: "ann", tenant: "north", region: "eu", limit: 2 };
  expect(await wiresOf(filled, { year: 2026 }, caller)).toEqual([wire, wire]);
});

test("what is not there is left out", async () => {
  vi.stubEnv("REGION", "");
  expect(await wiresOf(filled, {})).toEqual([{ limit: 2 }, { limit: 2 }]);
});
