/** A cached tool as the dispatcher runs it, whose function is the test's. */
import { onTestFinished } from "vitest";
import { runInScope } from "../../../templates/runtime/call/scope.js";
import { countServer } from "../../../templates/runtime/lifecycle/resources.js";
import { cache, type CachePolicyOptions } from "../../../templates/runtime/policies/cache.js";
import { composePolicies } from "../../../templates/runtime/policies/compose.js";
import { invalidates } from "../../../templates/runtime/policies/invalidates.js";
import type { PolicyCall } from "../../../templates/runtime/call/tool-call.js";
import type { Policy, PolicyTool } from "../../../templates/runtime/policies/policy.js";
import type { CallResult } from "../../../templates/runtime/call/tool-call.js";

export type Work = (call: PolicyCall) => unknown;

export interface TestTool {
  /** Resolves to the structured result. */
  (wire?: object, members?: Partial<PolicyCall>): Promise<unknown>;
  /** How often the function has run. */
  readonly runs: () => number;
}

export interface ToolParts {
  readonly tool?: Partial<PolicyTool>;
  readonly policies?: readonly Policy[];
}

let calls = 0;

/** What `work` returns is the structured result. */
export function cached(options: CachePolicyOptions, work: Work, { tool, policies = [] }: ToolParts = {}): TestTool {
  return runPolicies([cache(options), ...policies], work, { name: "getUser", ...tool });
}

/** A tool that writes. */
export function writing(tags: readonly string[], work: Work = () => ({})): TestTool {
  return runPolicies([invalidates({ tags })], work, { name: "updateUser" });
}

function runPolicies(policies: readonly Policy[], work: Work, tool: Partial<PolicyTool>): TestTool {
  let runs = 0;
  const bound: PolicyTool = { name: "tool", server: "shop", inputSchema: { type: "object" }, ...tool };
  const run = composePolicies<PolicyCall>({
    policies,
    tool: bound,
    inner: async (call) => {
      runs += 1;
      const value = await work(call);
      if (isResult(value)) return value;
      return { content: [{ type: "text", text: JSON.stringify(value) }], structuredContent: value as object };
    },
  });
  const ask = async (wire: object = {}, members: Partial<PolicyCall> = {}): Promise<unknown> => {
    calls += 1;
    const requestId = `call-${String(calls)}`;
    const { signal } = new AbortController();
    const call: PolicyCall = { tool: bound.name, requestId, input: wire, wire: { ...wire }, signal, ...members };
    const scope = { requestId: call.requestId, tool: bound.name, signal: call.signal };
    const result = await runInScope(scope, () => run(call));
    return result.structuredContent ?? result;
  };
  return Object.assign(ask, { runs: () => runs });
}

function isResult(value: unknown): value is CallResult {
  return typeof value === "object" && value !== null && "content" in value;
}

/** Begins a server, and ends it with the test: nothing of what is kept survives it. */
export function serve(): () => Promise<void> {
  const close = countServer();
  let isOpen = true;
  const end = async (): Promise<void> => {
    if (isOpen) await close();
    isOpen = false;
  };
  onTestFinished(end);
  return end;
}

export interface Gate {
  readonly opened: Promise<void>;
  readonly open: () => void;
}

/** What waits for it goes on when it is opened. */
export function gate(): Gate {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

export const fail = (status: number, message = "no"): Error => Object.assign(new Error(message), { status });

/** Results that tell which run they come from. */
export function numbered(): () => { run: number } {
  let run = 0;
  return () => ({ run: (run += 1) });
}
