/**
 * What policies add to a call whose result is cached: a tool with all of them against the bare function, both through
 * the same server, from the message's parameters to the reply. Rounds alternate, so that a slow moment slows both.
 */
import * as z from "zod";
import type { CallEnvironment } from "../templates/runtime/call/environment.js";
import { createContextCall } from "../templates/runtime/context/call.js";
import { defineServer, type ServerDefinition } from "../templates/runtime/dispatch/server.js";
import { countServer } from "../templates/runtime/lifecycle/resources.js";
import { attemptTimeout } from "../templates/runtime/policies/attempt-timeout.js";
import { cache } from "../templates/runtime/policies/cache.js";
import { circuit } from "../templates/runtime/policies/circuit.js";
import { concurrency } from "../templates/runtime/policies/concurrency.js";
import type { Policy } from "../templates/runtime/policies/policy.js";
import { rateLimit } from "../templates/runtime/policies/rate-limit.js";
import { retry } from "../templates/runtime/policies/retry.js";
import { serialize } from "../templates/runtime/policies/serialize.js";
import { timeout } from "../templates/runtime/policies/timeout.js";
import { defineTool } from "../templates/runtime/tools/definition.js";
import { median } from "./measure.js";

export interface PolicyFigures {
  /** Microseconds of processor time a call, garbage collection included; medians. */
  readonly bare: number;
  readonly cached: number;
  readonly all: number;
}

const cached = cache({ ttl: "1h", tags: ["user:{userId}"] });
const all: readonly Policy[] = [
  rateLimit({ limit: 1e9, per: "1s", by: "all" }),
  concurrency({ max: 64 }),
  serialize({ key: "{userId}" }),
  cached,
  timeout({ total: "10s" }),
  retry({ attempts: 3 }),
  circuit({}),
  attemptTimeout({ each: "2s" }),
];

const callsPerRound = 20_000;

export async function measurePolicies(rounds: number): Promise<PolicyFigures> {
  const discount = countServer();
  const contenders = [serverWith([]), serverWith([cached]), serverWith(all)];
  const samples = contenders.map((): number[] => []);
  for (let round = -2; round < rounds; round += 1) {
    for (const [index, server] of contenders.entries()) {
      const time = await microseconds(server);
      if (round >= 0) samples[index]?.push(time);
    }
  }
  await discount();
  const [bare = Number.NaN, one = Number.NaN, every = Number.NaN] = samples.map(median);
  return { bare, cached: one, all: every };
}

export function showPolicies({ bare, cached: one, all: every }: PolicyFigures): string {
  const show = (time: number): string => `${time.toFixed(1)} µs, ${(time - bare).toFixed(1)} more`;
  return [
    "a call whose result is cached",
    `  bare function: ${bare.toFixed(1)} µs`,
    `  cached: ${show(one)}`,
    `  all policies: ${show(every)}`,
  ].join("\n");
}

function serverWith(policies: readonly Policy[]): ServerDefinition {
  const input = z.strictObject({ userId: z.string(), limit: z.number().optional() });
  const output = z.object({ id: z.string(), name: z.string(), orders: z.array(z.number()) });
  const tool = defineTool({
    name: "getUser",
    input,
    output,
    result: "structured",
    policies,
    call: ({ userId }) => ({ id: userId, name: "Ada", orders: [1, 2, 3] }),
  });
  const surface = { tools: [{ name: "getUser", inputSchema: jsonSchema(input), outputSchema: jsonSchema(output) }] };
  return defineServer({ name: "bench", version: "1.0.0", tools: [tool], surface, calls: createContextCall });
}

function jsonSchema(schema: z.ZodType): Readonly<Record<string, unknown>> {
  return z.toJSONSchema(schema);
}

async function microseconds(server: ServerDefinition): Promise<number> {
  const params = { name: "getUser", arguments: { userId: "42", limit: 10 } };
  const callTool = server.methods.get("tools/call");
  const environment: CallEnvironment = {
    signal: new AbortController().signal,
    caller: { id: "ada", scopes: [], claims: {} },
  };
  const started = process.cpuUsage();
  for (let call = 0; call < callsPerRound; call += 1) await callTool?.(params, environment);
  const { user, system } = process.cpuUsage(started);
  return (user + system) / callsPerRound;
}
