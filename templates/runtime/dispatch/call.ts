// `tools/call`: validate and decode → the policies → the function, in a context of its own → encode and check the
// result.
import { isRequired, propertiesOf } from "../arguments/json-schema.js";
import { createParser } from "../arguments/parse.js";
import type { CallEnvironment } from "../context/environment.js";
import { runRequest, withinLimits, type Request } from "../context/request.js";
import { narrowScope } from "../context/scope.js";
import { classifyError } from "../errors/classify.js";
import { presentError } from "../errors/present.js";
import type { Supply } from "../lifecycle/dependencies.js";
import { measureTool, type Outcome } from "../metrics/calls.js";
import { composePolicies } from "../policies/compose.js";
import { limitResult } from "../results/limit.js";
import { presentResult } from "../results/present.js";
import { errorResult } from "../results/result.js";
import type { ToolCall, ToolDefinition } from "../tools/definition.js";
import { span } from "../tracing/span.js";
import { result, type Reply } from "./reply.js";
import { noteOutcome, spanOfCall } from "./span.js";
import type { SurfaceTool } from "./surface.js";

export type CallTool = (given: unknown, environment: CallEnvironment) => Promise<Reply>;

export interface CallParts {
  readonly tool: ToolDefinition;
  readonly surface: SurfaceTool;
  /** The server's name. */
  readonly server: string;
  /** Absent where the tool needs nothing but contracts. */
  readonly supply?: Supply | undefined;
}

export function createCall({ tool, surface, server, supply = contractsOnly }: CallParts): CallTool {
  const { name, policies = [], batch } = tool;
  const { inputSchema, outputSchema } = surface;
  const parseArguments = createParser({ tool: name, input: tool.input, inputSchema });
  const narrowing = optionalArguments(surface);
  const beginCall = measureTool(name);

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
  const runAll = batch
    ? async (call: ToolCall) => limitResult(await batch.run(call, runOnce), name, narrowing)
    : runOnce;

  const run = async (given: unknown, { requestId, contracts }: Request): Promise<Ended> => {
    const parsed = parseArguments(given);
    if (parsed.kind === "invalid") return { answer: result(errorResult(parsed.text)), outcome: "invalidInput" };
    const { input, wire } = parsed;
    const { signal, context } = contracts;
    const caller = context.caller && { caller: context.caller.id };
    const answer = await runAll({ tool: name, requestId, input, wire, signal, contracts, ...caller });
    return { answer: result(answer), outcome: answer.isError === true ? "error" : "ok" };
  };

  const settle = async (given: unknown, request: Request, { signal }: CallEnvironment): Promise<Ended> => {
    try {
      const ended = await run(given, request);
      return signal.aborted ? withdrawn : ended;
    } catch (error) {
      // Nobody waits for the outcome any more: it is not a failure.
      if (signal.aborted) return withdrawn;
      const text = presentError(error, { tool: name, requestId: request.requestId });
      return { answer: result(errorResult(text)), outcome: classifyError(error).kind };
    }
  };

  return async (given, environment) => {
    const endCall = beginCall();
    const { answer, outcome } = await runRequest(name, environment, (request) =>
      span(spanOfCall(name, environment), async (running) => {
        const ended = await settle(given, request, environment);
        noteOutcome(running, ended.outcome);
        return ended;
      }),
    );
    endCall(outcome);
    return answer;
  };
}

/** A reply, and what it is counted as. */
interface Ended {
  readonly answer: Reply;
  readonly outcome: Outcome;
}

const contractsOnly: Supply = (contracts, work) => work(contracts);

const withdrawn: Ended = { answer: { kind: "cancelled" }, outcome: "cancelled" };

/** By these a call can ask for less. */
function optionalArguments({ inputSchema }: SurfaceTool): readonly string[] {
  const names = Object.keys(propertiesOf(inputSchema));
  return names.filter((name) => !isRequired(inputSchema, name)).map((name) => `\`${name}\``);
}
