// The server without a transport: a table of methods, each of which takes plain parameters and gives a plain
// reply. Every transport answers from this table.
import type { CallEnvironment } from "../context/environment.js";
import type { ToolDefinition } from "../tools/definition.js";
import { createCall } from "./call.js";
import { errorCodes, protocolError, result, type Reply } from "./reply.js";
import { pairTools, type Surface } from "./surface.js";

export interface ServerDefinition {
  readonly name: string;
  readonly version: string;
  readonly methods: Methods;
}

/** Nothing in here depends on `initialize`. */
export type Methods = ReadonlyMap<string, Method>;

export type Method = (params: Params, environment: CallEnvironment) => Reply | Promise<Reply>;

export type Params = Readonly<Record<string, unknown>>;

export interface ServerParts {
  readonly name: string;
  readonly version: string;
  readonly surface: Surface;
  readonly tools: readonly ToolDefinition[];
}

export function defineServer({ name, version, surface, tools }: ServerParts): ServerDefinition {
  const pairs = [...pairTools(tools, surface)];
  const calls = new Map(
    pairs.map(([tool, [definition, entry]]) => [tool, createCall({ tool: definition, surface: entry, server: name })]),
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

  const methods: Methods = new Map([
    ["ping", () => empty],
    ["tools/list", listTools],
    ["tools/call", callTool],
  ]);
  return { name, version, methods };
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
