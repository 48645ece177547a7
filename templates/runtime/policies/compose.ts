// A tool's policies + its innermost step → one function. The order is fixed and the same for every tool:
// rate limit → concurrency → serialize → invalidates → cache → timeout → retry → circuit → attempt timeout.
// A cached result costs no attempt, the circuit sees every attempt, one timeout bounds them all.
import type { CallResult } from "../call/result.js";
import type { Next, PolicyCall } from "../call/tool-call.js";
import type { Policy, PolicyKind, PolicyTool } from "./policy.js";
import { isSwitchedOff } from "./switches.js";

const ranks: Readonly<Record<PolicyKind, number>> = {
  rateLimit: 0,
  concurrency: 1,
  serialize: 2,
  invalidates: 3,
  cache: 4,
  timeout: 5,
  retry: 6,
  circuit: 7,
  attemptTimeout: 8,
};

export interface Composition<Call extends PolicyCall> {
  readonly policies: readonly Policy[];
  readonly tool: PolicyTool;
  /** The innermost step: runs the function, encodes and checks its result. */
  readonly inner: (call: Call) => Promise<CallResult>;
}

/** However the policies are listed, they apply in their order. Without any, `inner` itself is the answer. */
export function composePolicies<Call extends PolicyCall>({
  policies,
  tool,
  inner,
}: Composition<Call>): (call: Call) => Promise<CallResult> {
  const applied = applying(policies, tool.name);
  if (applied.length === 0) return inner;
  const layers = applied.sort((a, b) => ranks[a.kind] - ranks[b.kind]);
  const repeated = layers.find((policy, index) => policy.kind === layers[index + 1]?.kind);
  if (repeated !== undefined) throw new Error(`\`${tool.name}\` has two policies of the kind ${repeated.kind}.`);
  // Layers hand on the call that they were given, or a copy: whatever else it carries arrives at the innermost step.
  const innermost = inner as Next;
  const run = layers.reduceRight<Next>((next, policy) => {
    const layer = policy.bind(tool);
    return (call) => layer(call, next);
  }, innermost);
  const total = timeLimitOf(layers, tool.name);
  return total === undefined ? run : (call) => run(withDeadline(call, total));
}

/** The longest that a call of the tool may take in all, in milliseconds. */
export function timeLimitOf(policies: readonly Policy[], tool: string): number | undefined {
  const total = Math.min(...applying(policies, tool).map((policy) => policy.total ?? Infinity));
  return total === Infinity ? undefined : total;
}

function applying(policies: readonly Policy[], tool: string): Policy[] {
  return policies.filter(({ kind }) => !isSwitchedOff(kind, tool));
}

/** Set before the first layer, so that waiting for a turn counts too. */
function withDeadline(call: PolicyCall, milliseconds: number): PolicyCall {
  return { ...call, deadline: Math.min(performance.now() + milliseconds, call.deadline ?? Infinity) };
}
