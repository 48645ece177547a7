// A real client connected to the server within the process: what tests call tools with.
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { InMemoryTransport } from "@modelcontextprotocol/sdk/inMemory.js";
import type { JSONRPCMessage } from "@modelcontextprotocol/sdk/types.js";
import type { ServerDefinition } from "../dispatch/server.js";
import { createSdkServer } from "./server.js";

/** Closing the client closes the server's side too. */
export async function connectTestClient(server: ServerDefinition): Promise<Client> {
  const [clientSide, serverSide] = InMemoryTransport.createLinkedPair();
  const client = new Client({ name: "test", version: "1.0.0" });
  await createSdkServer(server).connect(asOnWire(serverSide));
  await client.connect(asOnWire(clientSide));
  return client;
}

/** What JSON cannot carry does not arrive in a test either. */
function asOnWire(transport: InMemoryTransport): InMemoryTransport {
  const send = transport.send.bind(transport);
  transport.send = async (message, options) => send(JSON.parse(JSON.stringify(message)) as JSONRPCMessage, options);
  return transport;
}
