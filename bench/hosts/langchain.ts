/** LangChain: tools of its own kind, made by its adapters. */
import {
  askPrompts,
  type Answer,
  type Host,
  type Library,
  type Resource,
  type SdkClient,
  type Server,
  type Template,
} from "./host.js";

export const langchain: Library = {
  packages: ["@langchain/mcp-adapters@1.1.4", "@langchain/core@1.4.0", "@langchain/langgraph@1.7.3", "zod@4.6.7"],
  lacks: {},
  refusal: "Received tool input did not match expected schema",
  remarks: [
    "wrong arguments are refused by itself, without a word of what is wrong",
    "a structured result is given to the model as JSON with the text and the structure",
  ],
  connect: async (load, server) => {
    const { MultiServerMCPClient } = (await load("@langchain/mcp-adapters")) as Module;
    const client = new MultiServerMCPClient({ mcpServers: { orders: connectionOf(server) } });
    const [tools, sdkClient] = [await client.getTools(), await client.getClient("orders")];
    if (sdkClient === undefined) throw new Error("the server is not connected");
    return drive(client, tools, sdkClient);
  },
};

interface Module {
  readonly MultiServerMCPClient: new (given: object) => Client;
}

interface Client {
  readonly getTools: () => Promise<readonly LangchainTool[]>;
  readonly getClient: (server: string) => Promise<SdkClient | undefined>;
  readonly listResources: () => Promise<Readonly<Record<string, readonly Resource[]>>>;
  readonly listResourceTemplates: () => Promise<Readonly<Record<string, readonly Template[]>>>;
  readonly readResource: (server: string, uri: string) => Promise<readonly { readonly text?: string }[]>;
  readonly close: () => Promise<void>;
}

interface LangchainTool {
  readonly name: string;
  readonly description: string;
  /** Called with what a model gives, it answers with a message. */
  readonly invoke: (call: object) => Promise<Message>;
}

interface Message {
  readonly content: string | readonly Block[];
  readonly artifact?: readonly { readonly type: string; readonly data?: unknown }[];
}

interface Block {
  readonly type: string;
  readonly text?: string;
  readonly image_url?: { readonly url: string };
}

function connectionOf(server: Server): object {
  if (server.kind === "http") return { transport: "http", url: server.url, automaticSSEFallback: false };
  const { command, args, cwd } = server;
  return { transport: "stdio", command, args, cwd, stderr: "ignore" };
}

function drive(client: Client, tools: readonly LangchainTool[], sdkClient: SdkClient): Host {
  return {
    listTools: () => Promise.resolve(tools),
    call: async (name, args) => {
      const tool = tools.find((one) => one.name === name);
      if (tool === undefined) throw new Error(`there is no tool ${name}`);
      return tool.invoke({ id: "1", name, args, type: "tool_call" }).then(readMessage, readError);
    },
    listResources: async () => ((await client.listResources())["orders"] ?? []).map(({ uri }) => uri),
    listTemplates: async () =>
      ((await client.listResourceTemplates())["orders"] ?? []).map(({ uriTemplate }) => uriTemplate),
    readResource: async (uri) => (await client.readResource("orders", uri))[0]?.text,
    ...askPrompts(sdkClient),
    close: () => client.close(),
  };
}

function readMessage({ content, artifact = [] }: Message): Answer {
  const structured = artifact.find(({ type }) => type === "mcp_structured_content")?.data;
  const blocks = typeof content === "string" ? [readText(content, structured !== undefined)] : content;
  const url = blocks.find(({ type }) => type === "image_url")?.image_url?.url;
  const text = blocks.map((block) => block.text ?? "").join("");
  return { isError: false, text, structured, ...(url !== undefined && { image: url.replace(/^.*;base64,/, "") }) };
}

/** One text beside a structure is a block written as JSON. */
function readText(content: string, isBlock: boolean): Block {
  return isBlock ? (JSON.parse(content) as Block) : { type: "text", text: content };
}

/** Failed results are thrown. */
function readError(error: unknown): Answer {
  return { isError: true, text: error instanceof Error ? error.message : String(error) };
}
