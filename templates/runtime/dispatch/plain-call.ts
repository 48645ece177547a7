// A call of a function that takes its arguments and nothing else: read them, call it, present what it returns. Nothing
// is made that the function could not see; what returns at once is answered at once.
import { isRequired, propertiesOf } from "../arguments/json-schema.js";
import { createParser } from "../arguments/parse.js";
import type { Supply } from "../call/dependencies.js";
import type { CallEnvironment } from "../call/environment.js";
import { errorResult, type CallResult } from "../call/result.js";
import { classifyError } from "../errors/classify.js";
import type { Outcome } from "../errors/kinds.js";
import { presentError } from "../errors/present.js";
import { addCall, removeCall, runCall } from "../lifecycle/running.js";
import { limitResult } from "../results/limit.js";
import { presentResult } from "../results/present.js";
import type { ToolDefinition } from "../tools/definition.js";
import { result, type Reply } from "./reply.js";
import type { SurfaceTool } from "./surface.js";

export type CallTool = (given: unknown, environment: CallEnvironment) => Reply | Promise<Reply>;

/** Once for each tool; what it returns is called when a call begins, and what that returns when it ends. */
export type Measure = (tool: string) => () => (outcome: Outcome) => void;

export interface CallParts {
  readonly tool: ToolDefinition;
  readonly surface: SurfaceTool;
  /** The server's name. */
  readonly server: string;
  /** Absent where the tool needs nothing but contracts. */
  readonly supply?: Supply | undefined;
  /** Absent where nothing is measured. */
  readonly measure?: Measure | undefined;
}

/** Its call has one parameter, the arguments: generated code takes the second only where it needs it. */
export function isPlain(tool: ToolDefinition): boolean {
  const { policies = [], batch, needs = [] } = tool;
  return tool.call.length < 2 && policies.length === 0 && batch === undefined && needs.length === 0;
}

export function createPlainCall({ tool, surface, measure }: CallParts): CallTool {
  const { name } = tool;
  const parse = createParser({ tool: name, input: tool.input, inputSchema: surface.inputSchema });
  const narrowing = optionalArguments(surface);
  const begin = measure?.(name);
  const present = (value: unknown): CallResult => limitResult(presentResult(tool, value), name, narrowing);

  return (given) => {
    const end = begin?.();
    const parsed = parse(given);
    if (parsed.kind === "invalid") {
      end?.("invalidInput");
      return result(errorResult(parsed.text));
    }
    const finish = (value: unknown): Reply => {
      try {
        const answer = present(value);
        end?.(answer.isError === true ? "error" : "ok");
        return result(answer);
      } catch (error) {
        return fail(error);
      }
    };
    const fail = (error: unknown): Reply => {
      const text = presentError(error, { tool: name, signal: neverAborted });
      end?.(classifyError(error, neverAborted).kind);
      return result(errorResult(text));
    };
    let value: unknown;
    try {
      value = runCall(name, () => tool.call(parsed.input, nothing));
    } catch (error) {
      return fail(error);
    }
    if (!isThenable(value)) return finish(value);
    return whileRunning(name, Promise.resolve(value).then(finish, fail));
  };
}

const nothing = undefined as never;

/** The function has no signal that a client could abort. */
const neverAborted = new AbortController().signal;

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}

/** A shutdown waits for it; there is nothing in it that could be aborted. */
function whileRunning(tool: string, reply: Promise<Reply>): Promise<Reply> {
  const call = { tool, abort: (): void => undefined };
  addCall(call);
  return reply.finally(() => removeCall(call));
}

/** By these a call can ask for less. */
export function optionalArguments({ inputSchema }: SurfaceTool): readonly string[] {
  const names = Object.keys(propertiesOf(inputSchema));
  return names.filter((name) => !isRequired(inputSchema, name)).map((name) => `\`${name}\``);
}
