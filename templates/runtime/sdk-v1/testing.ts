// A real client connected to the server within the process: what tests call tools with.
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import type { JSONRPCMessage } from "@modelcontextprotocol/sdk/types.js";
import type { Caller } from "../contracts/caller.js";
import { abandon, receive, type Connection } from "../dispatch/connection.js";
import { readMessage } from "../dispatch/message.js";
import type { ServerDefinition } from "../dispatch/server.js";
import { createService, type Service } from "../dispatch/service.js";
import { countServer } from "../lifecycle/resources.js";

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
  const service = createService(definition, async () => {
    await started?.ready;
    return started?.server ?? definition;
  });
  await service.load().catch(async (error: unknown) => {
    await discount();
    throw error;
  });
  const client = new Client({ name: "test", version: "1.0.0" });
  await client.connect(createLink(service, caller));
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

/** Both sides speak JSON text: what JSON cannot carry does not arrive in a test either. */
function createLink(service: Service, caller: Caller | undefined): Transport {
  const connection: Connection = { service, transport: "pipe", caller };
  const deliver = (text: string): void => queueMicrotask(() => link.onmessage?.(JSON.parse(text) as JSONRPCMessage));
  const responder = {
    notify: deliver,
    reply: (text: string | undefined) => {
      if (text !== undefined) deliver(text);
    },
  };
  const link: Transport = {
    start: () => Promise.resolve(),
    send(message) {
      receive(connection, readMessage(JSON.stringify(message)), responder);
      return Promise.resolve();
    },
    close() {
      abandon(connection, "The connection was closed.");
      link.onclose?.();
      return Promise.resolve();
    },
  };
  return link;
}
