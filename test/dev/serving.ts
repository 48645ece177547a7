/** `mcpgen dev --http` in a process of its own, and the official client of what it serves; both end with their test. */
import { spawn, type ChildProcess } from "node:child_process";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { afterEach } from "vitest";
import { writeText } from "../support/fixtures/workspace.js";
import { mcpgen, type Developed } from "./developing.js";

const clients: Client[] = [];
const processes: ChildProcess[] = [];
afterEach(async () => {
  for (const client of clients.splice(0)) await client.close();
  for (const each of processes.splice(0)) each.kill("SIGTERM");
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** `file`: of its output, where it finds the port. `asked`: the port on the command line. */
export async function serve(developed: Developed, file = "", ...asked: readonly string[]) {
  const port = await freePort();
  // What is empty is not set.
  const env = { ...process.env, NO_COLOR: "1", HOST: "", ...(file === "" && { PORT: String(port) }) };
  if (file !== "") writeText(join(developed.folder, "server", file), `PORT=${String(port)}\n`);
  const child = spawn(process.execPath, [mcpgen, "dev", "src", "--http", ...asked], { cwd: developed.folder, env });
  processes.push(child);
  child.stderr.on("data", (chunk) => {
    developed.hear(String(chunk));
  });
  await developed.built();
  return { child, port };
}

export async function connect(port: number) {
  const transport = new StreamableHTTPClientTransport(new URL(`http://127.0.0.1:${String(port)}/mcp`));
  const client = new Client({ name: "test", version: "1.0.0" }, { capabilities: { elicitation: {} } });
  const told: string[] = [];
  client.fallbackNotificationHandler = ({ method }) => Promise.resolve(void told.push(method));
  clients.push(client);
  await client.connect(transport);
  return { client, told, transport };
}
