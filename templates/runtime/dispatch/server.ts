// The server without a transport: a table of methods, each of which takes plain parameters and gives a plain
// reply. Every transport answers from this table.
import type { CallEnvironment } from "../context/environment.js";
import type { Container, OpenContainer, Supply } from "../lifecycle/dependencies.js";
import { nameServer } from "../lifecycle/server-name.js";
import type { ToolDefinition } from "../tools/definition.js";
import type { StartTelemetry } from "../tracing/environment.js";
import { createCall } from "./call.js";
import { errorCodes, protocolError, result, type Reply } from "./reply.js";
import { pairTools, type Surface } from "./surface.js";

export interface ServerDefinition<Dependencies extends object = object> {
  readonly name: string;
  readonly version: string;
  readonly methods: Methods;
  /** Absent unless the server was generated with it. */
  readonly telemetry?: StartTelemetry;
  /** Absent where no tool needs a provider. Otherwise tools can be called only once this has been done. */
  start?(overrides?: Partial<Dependencies>): StartedServer;
}

export interface StartedServer extends Pick<OpenContainer, "ready" | "close"> {
  readonly server: ServerDefinition;
}

/** Nothing in here depends on `initialize`. */
export type Methods = ReadonlyMap<string, Method>;

export type Method = (params: Params, environment: CallEnvironment) => Reply | Promise<Reply>;

export type Params = Readonly<Record<string, unknown>>;

export interface ServerParts<Dependencies extends object = object> {
  readonly name: string;
  readonly version: string;
  readonly surface: Surface;
  readonly tools: readonly ToolDefinition[];
  readonly container?: Container<Dependencies>;
  readonly telemetry?: StartTelemetry;
}

export function defineServer<Dependencies extends object = object>(
  parts: ServerParts<Dependencies>,
): ServerDefinition<Dependencies> {
  const { name, version, tools, container, telemetry } = parts;
  const methods = createMethods(parts, refuseToSupply);
  const definition = { name, version, methods, ...(telemetry && { telemetry }) };
  if (container === undefined) return definition;
  return {
    ...definition,
    start(overrides) {
      nameServer(name);
      const opened = container.open(tools, overrides);
      const methods = createMethods(parts, (needs) => opened.supply(needs));
      return { server: { name, version, methods }, ready: opened.ready, close: () => opened.close() };
    },
  };
}

type SupplyFor = OpenContainer["supply"];

const refuseToSupply: SupplyFor = () => (): Promise<never> =>
  Promise.reject(new Error("What this tool needs has not been made: the server was not started."));

function createMethods({ name, surface, tools }: ServerParts, supplyFor: SupplyFor): Methods {
  const supplyOf = ({ needs = [] }: ToolDefinition): Supply | undefined =>
    needs.length === 0 ? undefined : supplyFor(needs);
  const pairs = [...pairTools(tools, surface)];
  const calls = new Map(
    pairs.map(([tool, [definition, entry]]) => [
      tool,
      createCall({ tool: definition, surface: entry, server: name, supply: supplyOf(definition) }),
    ]),
  );
  const listed = result({ tools: surface.tools });
  const empty = result({});

  const callTool: Method = (params, environment) => {
    const tool = params["name"];
    if (typeof tool !== "string") return protocolError(errorCodes.invalidParams, "`name` must be the name of a tool");
    const call = calls.get(tool);
    if (call === undefined) return protocolError(errorCodes.invalidParams, `Unknown tool: ${tool.slice(0, 100)}`);
    return call(params["arguments"] ?? {}, environment);
  };

  // The list is one page: a cursor can only be one that we never gave.
  const listTools: Method = ({ cursor }) =>
    typeof cursor === "string" && cursor !== "" ? protocolError(errorCodes.invalidParams, "Unknown cursor") : listed;

  return new Map([
    ["ping", () => empty],
    ["tools/list", listTools],
    ["tools/call", callTool],
  ]);
}

/** Answers one request; a method that is not in the table is not an exception. */
export async function answer(
  server: ServerDefinition,
  request: { readonly method: string; readonly params?: Params | undefined },
  environment: CallEnvironment,
): Promise<Reply> {
  const method = server.methods.get(request.method);
  if (method === undefined) return protocolError(errorCodes.methodNotFound, "Method not found");
  return method(request.params ?? {}, environment);
}
