/** OpenAI's Agents SDK: function tools, called with the text that a model writes. */
import type { Answer, Contents, Host, Library, Resource, Server, Template } from "./host.js";

const noPrompts = "its `MCPServer` has tools and resources";

/** The last whose `openai` runs on Node.js 20. */
export const openaiAgents: Library = {
  packages: ["@openai/agents@0.14.3", "openai@6.49.0", "zod@4.6.7"],
  lacks: { listPrompts: noPrompts, getPrompt: noPrompts },
  connect: async (load, server) => {
    const module = (await load("@openai/agents")) as Module;
    module.setTracingDisabled(true);
    const connection = open(module, server);
    await connection.connect();
    const tools = await module.getAllMcpTools([connection]);
    return drive(connection, tools, new module.RunContext());
  },
};

interface Module {
  readonly MCPServerStdio: new (given: object) => Connection;
  readonly MCPServerStreamableHttp: new (given: object) => Connection;
  readonly RunContext: new () => object;
  readonly getAllMcpTools: (servers: readonly Connection[]) => Promise<readonly FunctionTool[]>;
  readonly setTracingDisabled: (isDisabled: boolean) => void;
}

interface Connection {
  readonly connect: () => Promise<void>;
  readonly listResources: () => Promise<{ readonly resources: readonly Resource[] }>;
  readonly listResourceTemplates: () => Promise<{ readonly resourceTemplates: readonly Template[] }>;
  readonly readResource: (uri: string) => Promise<Contents>;
  readonly close: () => Promise<void>;
}

interface FunctionTool {
  readonly name: string;
  readonly description: string;
  readonly invoke: (context: object, text: string) => Promise<Output | readonly Output[]>;
}

/** A string where the library itself has failed. */
type Output = string | { readonly type: string; readonly text?: string; readonly data?: string };

function open({ MCPServerStdio, MCPServerStreamableHttp }: Module, server: Server): Connection {
  if (server.kind === "http") return new MCPServerStreamableHttp({ url: server.url });
  const { command, args, cwd } = server;
  return new MCPServerStdio({ command, args, cwd });
}

function drive(connection: Connection, tools: readonly FunctionTool[], context: object): Host {
  return {
    listTools: () => Promise.resolve(tools),
    call: async (name, given) => {
      const tool = tools.find((one) => one.name === name);
      if (tool === undefined) throw new Error(`there is no tool ${name}`);
      return readOutput(await tool.invoke(context, JSON.stringify(given)));
    },
    listResources: async () => (await connection.listResources()).resources.map(({ uri }) => uri),
    listTemplates: async () =>
      (await connection.listResourceTemplates()).resourceTemplates.map(({ uriTemplate }) => uriTemplate),
    readResource: async (uri) => (await connection.readResource(uri)).contents[0]?.text,
    close: () => connection.close(),
  };
}

/** A failed result is text like any other. */
function readOutput(output: Output | readonly Output[]): Answer {
  const parts = [output].flat().map((part) => (typeof part === "string" ? { type: "text", text: part } : part));
  const image = parts.find(({ type }) => type === "image")?.data;
  return { text: parts.map((part) => part.text ?? "").join(""), ...(image !== undefined && { image }) };
}
