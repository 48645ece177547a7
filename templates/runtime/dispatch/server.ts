// The tools of a server → a table of methods, each of which takes plain parameters and gives a plain reply.
import type { CallEnvironment } from "../call/environment.js";
import type { Container, OpenContainer, Supply } from "../call/dependencies.js";
import type { JsonObject } from "../call/tool-call.js";
import type { MetricsPage, StartTelemetry } from "../call/equipment.js";
import { nameServer } from "../lifecycle/server-name.js";
import type { ToolDefinition } from "../tools/definition.js";
import { createPlainCall, isPlain, type CallParts, type CallTool, type Measure } from "./plain-call.js";
import { errorCodes, protocolError, type Reply } from "./reply.js";
import { pairTools, type Identity } from "./surface.js";

export interface ServerDefinition<Dependencies extends object = object> extends Identity {
  /** Of what needs the tools; what the surface alone answers is in `service.ts`. */
  readonly methods: Methods;
  readonly telemetry?: StartTelemetry;
  readonly metrics?: ServerMetrics;
  /** Absent where no tool needs a provider. Otherwise tools can be called only once this has been done. */
  start?(overrides?: Partial<Dependencies>): StartedServer;
}

export interface StartedServer extends Pick<OpenContainer, "ready" | "close"> {
  readonly server: ServerDefinition;
}

/** Nothing in here depends on `initialize`. */
export type Methods = ReadonlyMap<string, Method>;

export type Method = (params: JsonObject, environment: CallEnvironment) => Reply | Promise<Reply>;

export interface ServerMetrics {
  readonly measure: Measure;
  readonly page: MetricsPage;
}

/** What is optional is carried only by servers that need it: see `README.md` beside this folder. */
export interface ServerParts<Dependencies extends object = object> extends Identity {
  readonly tools: readonly ToolDefinition[];
  /** Runs the calls of functions that take something of the server, or that have policies. */
  readonly calls?: (parts: CallParts) => CallTool;
  readonly container?: Container<Dependencies>;
  readonly telemetry?: StartTelemetry;
  readonly metrics?: ServerMetrics;
}

export function defineServer<Dependencies extends object = object>(
  parts: ServerParts<Dependencies>,
): ServerDefinition<Dependencies> {
  const { name, version, surface, tools, container, telemetry, metrics } = parts;
  const identity = { name, version, surface };
  const definition = {
    ...identity,
    methods: createMethods(parts, refuseToSupply),
    ...(telemetry && { telemetry }),
    ...(metrics && { metrics }),
  };
  if (container === undefined) return definition;
  return {
    ...definition,
    start(overrides) {
      nameServer(name);
      const opened = container.open(tools, overrides);
      const methods = createMethods(parts, (needs) => opened.supply(needs));
      return { server: { ...definition, methods }, ready: opened.ready, close: () => opened.close() };
    },
  };
}

type SupplyFor = OpenContainer["supply"];

const refuseToSupply: SupplyFor = () => (): Promise<never> =>
  Promise.reject(new Error("What this tool needs has not been made: the server was not started."));

function createMethods(parts: ServerParts, supplyFor: SupplyFor): Methods {
  const pairs = [...pairTools(parts.tools, parts.surface)];
  const calls = new Map(
    pairs.map(([name, [tool, surface]]) => {
      const { needs = [] } = tool;
      const supply: Supply | undefined = needs.length === 0 ? undefined : supplyFor(needs);
      return [name, createCall(parts, { tool, surface, supply, server: parts.name, measure: parts.metrics?.measure })];
    }),
  );
  const callTool: Method = (params, environment) => {
    const tool = params["name"];
    if (typeof tool !== "string") return protocolError(errorCodes.invalidParams, "`name` must be the name of a tool");
    const call = calls.get(tool);
    if (call === undefined) return protocolError(errorCodes.invalidParams, `Unknown tool: ${tool.slice(0, 100)}`);
    return call(params["arguments"] ?? {}, environment);
  };
  return new Map([["tools/call", callTool]]);
}

/** Whoever traces wants to see all calls; otherwise a function that takes only its arguments is called as it is. */
function createCall({ calls, telemetry }: ServerParts, parts: CallParts): CallTool {
  if (isPlain(parts.tool) && telemetry === undefined) return createPlainCall(parts);
  if (calls === undefined) throw new Error(`\`${parts.tool.name}\` needs \`calls\`. Run mcpgen build.`);
  return calls(parts);
}
