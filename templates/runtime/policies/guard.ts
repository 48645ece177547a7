// What a provider made + policies → something that stands for it, with the policies around each call of its
// asynchronous methods. Everything else is the thing's own.
import { currentScope, narrowScope } from "../call/scope.js";
import type { CallResult } from "../call/result.js";
import { span } from "../tracing/span.js";
import { composePolicies } from "./compose.js";
import type { PolicyCall } from "../call/tool-call.js";
import type { Policy } from "./policy.js";
import { standFor, type Invoke } from "./stand-in.js";

export interface GuardParts {
  /** Of the dependency. */
  readonly name: string;
  /** Those that answer with a promise. */
  readonly methods: readonly string[];
  readonly policies: readonly Policy[];
}

interface MethodCall extends PolicyCall {
  readonly invoke: Invoke;
}

/** All that is made under the name shares one circuit, one queue, one budget of retries. */
export function guard({ name, methods, policies }: GuardParts): <T>(made: T) => T {
  const run = composePolicies<MethodCall>({
    policies,
    tool: { name, server: "", inputSchema: { type: "object" } },
    inner: (call) => narrowScope(call, async () => wrap(await call.invoke())),
  });
  const intercept = async (method: string, invoke: Invoke): Promise<unknown> => {
    const call = `${name}.${method}`;
    return span({ name: call }, async () => unwrap(await run(describeCall(call, invoke))));
  };
  return (made) => (typeof made === "object" && made !== null ? standFor(made, { methods, intercept }) : made);
}

/** A method knows of the attempt that it is part of by `currentScope`, as mcpgen's own clients do. */
function describeCall(tool: string, invoke: Invoke): MethodCall {
  const { requestId = "", signal = never, deadline, caller } = currentScope() ?? {};
  return {
    ...{ tool, requestId, signal, invoke, input: undefined, wire: {} },
    ...(deadline !== undefined && { deadline }),
    ...(caller && { caller: caller.id }),
  };
}

/** Outside of calls nobody can stop waiting. */
const never = new AbortController().signal;

/** Policies hand on whatever comes back. */
interface Answer extends CallResult {
  readonly value: unknown;
}

function wrap(value: unknown): Answer {
  return { content: [], value };
}

function unwrap(result: CallResult): unknown {
  return (result as Answer).value;
}
