/** mcporter: tools as the methods of an object. */
import {
  askPrompts,
  readResult,
  type CallResult,
  type Host,
  type Library,
  type Resource,
  type SdkClient,
  type Server,
  type Tool,
} from "./host.js";

/** The last that runs on Node.js 20. */
export const mcporter: Library = {
  packages: ["mcporter@0.9.0"],
  lacks: {},
  connect: async (load, server) => {
    const { createRuntime, createServerProxy } = (await load("mcporter")) as Module;
    const runtime = await createRuntime({ servers: [{ name: "orders", command: commandOf(server) }], logger: silent });
    // What it keeps of schemas is in the user's home folder.
    const proxy = createServerProxy(runtime, "orders", { cacheSchemas: false });
    return drive(runtime, proxy, (await runtime.connect("orders")).client);
  },
};

interface Module {
  readonly createRuntime: (given: object) => Promise<Runtime>;
  readonly createServerProxy: (runtime: Runtime, server: string, options: object) => Proxy;
}

type Proxy = Readonly<Record<string, (given: object) => Promise<{ readonly raw: CallResult }>>>;

interface Runtime {
  readonly listTools: (server: string) => Promise<readonly Tool[]>;
  readonly listResources: (server: string) => Promise<{ readonly resources: readonly Resource[] }>;
  readonly connect: (server: string) => Promise<{ readonly client: SdkClient }>;
  readonly close: () => Promise<void>;
}

const silent = Object.fromEntries(["info", "warn", "error", "debug"].map((level) => [level, () => undefined]));

function commandOf(server: Server): object {
  if (server.kind === "http") return { kind: "http", url: new URL(server.url) };
  return { kind: "stdio", command: server.command, args: server.args, cwd: server.cwd };
}

function drive(runtime: Runtime, proxy: Proxy, client: SdkClient): Host {
  return {
    listTools: () => runtime.listTools("orders"),
    call: async (name, given) => {
      const method = proxy[name];
      if (method === undefined) throw new Error(`there is no tool ${name}`);
      return readResult((await method(given)).raw);
    },
    listResources: async () => (await runtime.listResources("orders")).resources.map(({ uri }) => uri),
    listTemplates: async () =>
      (await client.listResourceTemplates()).resourceTemplates.map(({ uriTemplate }) => uriTemplate),
    readResource: async (uri) => (await client.readResource({ uri })).contents[0]?.text,
    ...askPrompts(client),
    close: () => runtime.close(),
  };
}
