/**
 * A server by the official SDK as a program: `sdk.mjs TOOLS` over stdio, `sdk.mjs TOOLS --http PORT` with a server and a
 * transport for each request, the SDK's own way without sessions, `--sessions PORT` with those of a session kept.
 */
import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "./sdk-tools.js";

/** What is used of Express, whose types are not installed. */
interface App {
  readonly post: (path: string, handler: Handler) => void;
  readonly listen: (port: number, host: string) => void;
}

type Handler = (
  request: IncomingMessage & { readonly body: unknown },
  response: ServerResponse,
  next: (error: unknown) => void,
) => void;

const [tools = "4", mode, port] = process.argv.slice(2);
const count = Number(tools);
if (mode === undefined) await serveStdio();
else await serveHttp(mode === "--sessions");

async function serveStdio(): Promise<void> {
  const { StdioServerTransport } = await import("@modelcontextprotocol/sdk/server/stdio.js");
  await createServer(count).connect(new StdioServerTransport());
}

async function serveHttp(hasSessions: boolean): Promise<void> {
  const { StreamableHTTPServerTransport } = await import("@modelcontextprotocol/sdk/server/streamableHttp.js");
  const { createMcpExpressApp } = await import("@modelcontextprotocol/sdk/server/express.js");
  const kept = new Map<string, InstanceType<typeof StreamableHTTPServerTransport>>();
  const open = async () => {
    const transport = new StreamableHTTPServerTransport({
      enableJsonResponse: true,
      ...(hasSessions && {
        sessionIdGenerator: randomUUID,
        onsessioninitialized: (id: string) => void kept.set(id, transport),
      }),
    });
    const server = createServer(count);
    await server.connect(transport);
    return { server, transport };
  };
  const app = createMcpExpressApp() as App;
  app.post("/mcp", (request, response, next) => {
    const session = kept.get(String(request.headers["mcp-session-id"]));
    const answer = async () => {
      if (session !== undefined) return session.handleRequest(request, response, request.body);
      const { server, transport } = await open();
      if (!hasSessions)
        response.on("close", () => {
          void transport.close();
          void server.close();
        });
      return transport.handleRequest(request, response, request.body);
    };
    answer().catch(next);
  });
  app.listen(Number(port), "127.0.0.1");
}
