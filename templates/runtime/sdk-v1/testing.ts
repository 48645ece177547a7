// A real client connected to the server within the process: what tests call tools with.
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { InMemoryTransport } from "@modelcontextprotocol/sdk/inMemory.js";
import type { JSONRPCMessage } from "@modelcontextprotocol/sdk/types.js";
import type { ServerDefinition } from "../dispatch/server.js";
import { createSdkServer } from "./server.js";

/** Closing the client closes the server's side too. */
export async function connectTestClient(server: ServerDefinition): Promise<Client> {
  const [clientSide, serverSide] = InMemoryTransport.createLinkedPair();
  const send = serverSide.send.bind(serverSide);
  // As on a wire: what JSON cannot carry does not arrive.
  serverSide.send = async (message, options) => send(JSON.parse(JSON.stringify(message)) as JSONRPCMessage, options);
  const client = new Client({ name: "test", version: "1.0.0" });
  await createSdkServer(server).connect(serverSide);
  await client.connect(clientSide);
  return client;
}
