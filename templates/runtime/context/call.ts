// A call of a function that takes something of the server, or that has policies: validate and decode → the policies →
// the function, in a context of its own → encode and check the result.
import { createParser } from "../arguments/parse.js";
import type { Supply } from "../call/dependencies.js";
import type { CallEnvironment } from "../call/environment.js";
import { errorResult } from "../call/result.js";
import { narrowScope } from "../call/scope.js";
import type { RunCall, ToolCall } from "../call/tool-call.js";
import { optionalArguments, type CallParts, type CallTool } from "../dispatch/plain-call.js";
import { result, type Reply } from "../dispatch/reply.js";
import { classifyError } from "../errors/classify.js";
import type { Outcome } from "../errors/kinds.js";
import { presentError } from "../errors/present.js";
import { composePolicies } from "../policies/compose.js";
import { limitResult } from "../results/limit.js";
import { presentResult } from "../results/present.js";
import { span } from "../tracing/span.js";
import { noteOutcome, spanOfCall } from "./call-span.js";
import { runRequest, withinLimits, type Request } from "./request.js";

export function createContextCall(parts: CallParts): CallTool {
  const { tool, surface, measure } = parts;
  const { name } = tool;
  const parseArguments = createParser({ tool: name, input: tool.input, inputSchema: surface.inputSchema });
  const beginCall = measure?.(name);
  const runAll = composeCall(parts);

  const run = async (given: unknown, { requestId, contracts }: Request): Promise<Ended> => {
    const parsed = parseArguments(given);
    if (parsed.kind === "invalid") return { answer: result(errorResult(parsed.text)), outcome: "invalidInput" };
    const { input, wire } = parsed;
    const { signal, caller } = contracts;
    const answer = await runAll({
      tool: name,
      requestId,
      input,
      wire,
      signal,
      contracts,
      ...(caller && { caller: caller.id }),
    });
    return { answer: result(answer), outcome: answer.isError === true ? "error" : "ok" };
  };

  const settle = async (given: unknown, request: Request, environment: CallEnvironment): Promise<Ended> => {
    try {
      const ended = await run(given, request);
      return environment.signal.aborted ? withdrawn : ended;
    } catch (error) {
      // Nobody waits for the outcome any more: it is not a failure.
      if (environment.signal.aborted) return withdrawn;
      const text = presentError(error, { tool: name, requestId: request.requestId });
      return { answer: result(errorResult(text)), outcome: classifyError(error).kind };
    }
  };

  return async (given, environment: CallEnvironment) => {
    const endCall = beginCall?.();
    const { answer, outcome } = await runRequest(name, environment, (request) =>
      span(spanOfCall(name, environment), async (running) => {
        const ended = await settle(given, request, environment);
        noteOutcome(running, ended.outcome);
        return ended;
      }),
    );
    endCall?.(outcome);
    return answer;
  };
}

/** The policies around the function, or around each item's call of it, and what is made for it. */
function composeCall({ tool, surface, server, supply = contractsOnly }: CallParts): RunCall {
  const { name, policies = [], batch } = tool;
  const { inputSchema, outputSchema } = surface;
  const narrowing = optionalArguments(surface);
  const runOnce = composePolicies<ToolCall>({
    policies,
    tool: { name, server, inputSchema: batch?.itemSchema(inputSchema) ?? inputSchema, outputSchema },
    inner: (call) =>
      narrowScope(call, () =>
        supply(withinLimits(call.contracts, call), async (given) => {
          const value = await tool.call(call.input, given);
          return batch?.present(value) ?? limitResult(presentResult(tool, value), name, narrowing);
        }),
      ),
  });
  return batch ? async (call) => limitResult(await batch.run(call, runOnce), name, narrowing) : runOnce;
}

/** A reply, and what it is counted as. */
interface Ended {
  readonly answer: Reply;
  readonly outcome: Outcome;
}

const contractsOnly: Supply = (contracts, work) => work(contracts);

const withdrawn: Ended = { answer: { kind: "cancelled" }, outcome: "cancelled" };
