/** The AI SDK: its tools are called as `generateText` calls them. */
import {
  readResult,
  type CallResult,
  type Contents,
  type Host,
  type Library,
  type Load,
  type Messages,
  type Named,
  type Resource,
  type Server,
  type Template,
} from "./host.js";

export const aiSdk: Library = {
  packages: ["@ai-sdk/mcp@1.0.102", "zod@4.6.7"],
  lacks: {},
  connect: async (load, server) => {
    const { createMCPClient } = (await load("@ai-sdk/mcp")) as Module;
    return drive(await createMCPClient({ transport: await openTransport(load, server), onUncaughtError: fail }));
  },
};

interface Module {
  readonly createMCPClient: (given: {
    readonly transport: object;
    readonly onUncaughtError: (error: unknown) => void;
  }) => Promise<Client>;
}

interface Client {
  readonly tools: () => Promise<Readonly<Record<string, SdkTool>>>;
  readonly listResources: () => Promise<{ readonly resources: readonly Resource[] }>;
  readonly listResourceTemplates: () => Promise<{ readonly resourceTemplates: readonly Template[] }>;
  readonly readResource: (given: { readonly uri: string }) => Promise<Contents>;
  readonly experimental_listPrompts: () => Promise<{ readonly prompts: readonly Named[] }>;
  readonly experimental_getPrompt: (given: object) => Promise<Messages>;
  readonly close: () => Promise<void>;
}

interface SdkTool {
  readonly description?: string;
  readonly execute: (given: object, options: object) => Promise<CallResult>;
}

interface StdioModule {
  readonly Experimental_StdioMCPTransport: new (given: object) => object;
}

async function openTransport(load: Load, server: Server): Promise<object> {
  if (server.kind === "http") return { type: "http", url: server.url };
  const { Experimental_StdioMCPTransport: Transport } = (await load("@ai-sdk/mcp/mcp-stdio")) as StdioModule;
  return new Transport({ command: server.command, args: server.args, cwd: server.cwd, stderr: "ignore" });
}

function drive(client: Client): Host {
  return {
    listTools: async () =>
      Object.entries(await client.tools()).map(([name, { description }]) => ({ name, description })),
    call: async (name, given) => {
      const tool = (await client.tools())[name];
      if (tool === undefined) throw new Error(`there is no tool ${name}`);
      return readResult(await tool.execute(given, { toolCallId: name, messages: [] }));
    },
    listResources: async () => (await client.listResources()).resources.map(({ uri }) => uri),
    listTemplates: async () =>
      (await client.listResourceTemplates()).resourceTemplates.map(({ uriTemplate }) => uriTemplate),
    readResource: async (uri) => (await client.readResource({ uri })).contents[0]?.text,
    listPrompts: async () => (await client.experimental_listPrompts()).prompts.map(({ name }) => name),
    getPrompt: async (name, given) =>
      (await client.experimental_getPrompt({ name, arguments: given })).messages[0]?.content.text,
    close: () => client.close(),
  };
}

/** What the client cannot make sense of is no answer of a call: it would be lost. */
function fail(error: unknown): never {
  throw error;
}
