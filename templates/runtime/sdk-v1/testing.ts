// A real client connected to the server within the process: what tests call tools with.
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { InMemoryTransport } from "@modelcontextprotocol/sdk/inMemory.js";
import type { JSONRPCMessage } from "@modelcontextprotocol/sdk/types.js";
import type { Caller } from "../contracts/index.js";
import type { ServerDefinition } from "../dispatch/server.js";
import { countServer } from "../lifecycle/resources.js";
import { createSdkServer } from "./server.js";

/** What a test may put in the place of what the server's providers make. */
export type Overrides<Server> = Server extends ServerDefinition<infer Dependencies> ? Partial<Dependencies> : never;

export interface TestConnection {
  /** Who makes the calls; nobody in particular without it. */
  readonly caller?: Caller;
}

/** Closing the client closes the server's side too, and what it has made for its tools. */
export async function connectTestClient<Dependencies extends object>(
  definition: ServerDefinition<Dependencies>,
  overrides: Partial<Dependencies> = {},
  { caller }: TestConnection = {},
): Promise<Client> {
  const discount = countServer();
  const started = definition.start?.(overrides);
  await started?.ready.catch(async (error: unknown) => {
    await discount();
    throw error;
  });
  const [clientSide, serverSide] = InMemoryTransport.createLinkedPair();
  const client = new Client({ name: "test", version: "1.0.0" });
  await createSdkServer(started?.server ?? definition, { caller }).connect(asOnWire(serverSide));
  await client.connect(asOnWire(clientSide));
  closeAfter(client, async () => {
    await started?.close();
    await discount();
  });
  return client;
}

function closeAfter(client: Client, close: () => Promise<void>): void {
  const disconnect = client.close.bind(client);
  client.close = async () => {
    await disconnect();
    await close();
  };
}

/** What JSON cannot carry does not arrive in a test either. */
function asOnWire(transport: InMemoryTransport): InMemoryTransport {
  const send = transport.send.bind(transport);
  transport.send = async (message, options) => send(JSON.parse(JSON.stringify(message)) as JSONRPCMessage, options);
  return transport;
}
