/** A built server project → its process and an official MCP client connected to it, for as long as some work takes. */
import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { version } from "../model/version.js";
import type { Tool } from "./output/committed-surface.js";

export interface ServerProcess {
  /** The folder of the server project: the server runs there, as it would with `npm start`. */
  readonly folder: string;
  /** What the server says on its stderr, as it says it. */
  readonly onLog: (text: string) => void;
}

export interface ToolResult {
  readonly kind: "result";
  readonly isError: boolean;
  readonly content: readonly Readonly<Record<string, unknown>>[];
  readonly structuredContent?: unknown;
}

export interface ConnectedServer {
  listTools(): Promise<readonly Tool[]>;
  /** `refused`: the server answered with a protocol error, or not at all. */
  callTool(name: string, args: Readonly<Record<string, unknown>>): Promise<ToolResult | Refusal>;
}

interface Refusal {
  readonly kind: "refused";
  readonly reason: string;
}

export type Served<T> =
  { readonly kind: "served"; readonly value: T } | { readonly kind: "unavailable"; readonly reason: string };

class FailedStart extends Error {}

type Work<T> = (server: ConnectedServer) => Promise<T>;

export async function withServer<T>({ folder, onLog }: ServerProcess, work: Work<T>): Promise<Served<T>> {
  // The user's own environment: a server may need its keys, and nobody else sees them.
  const env = Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: ["dist/server.js"],
    cwd: folder,
    env,
    stderr: "pipe",
  });
  transport.stderr?.on("data", (chunk: Buffer) => {
    onLog(chunk.toString("utf8"));
  });
  const client = new Client({ name: "mcpgen", version });
  try {
    await client.connect(transport);
  } catch (cause) {
    return { kind: "unavailable", reason: messageOf(cause) };
  }
  try {
    return { kind: "served", value: await work(connected(client)) };
  } catch (cause) {
    if (cause instanceof FailedStart) return { kind: "unavailable", reason: cause.message };
    throw cause;
  } finally {
    await client.close();
  }
}

function connected(client: Client): ConnectedServer {
  return {
    listTools: async () => (await client.listTools()).tools as unknown as readonly Tool[],
    callTool: async (name, args) => {
      try {
        return toResult(await client.callTool({ name, arguments: { ...args } }));
      } catch (cause) {
        // Its first answers need nothing of it: only a call learns that the server cannot start.
        const [, reason] = /The server did not start: ([^]*)/.exec(messageOf(cause)) ?? [];
        if (reason !== undefined) throw new FailedStart(reason);
        return { kind: "refused", reason: messageOf(cause) };
      }
    },
  };
}

function toResult({ isError, content, structuredContent }: Awaited<ReturnType<Client["callTool"]>>): ToolResult {
  const plain = content as unknown as ToolResult["content"];
  return {
    kind: "result",
    isError: isError === true,
    content: plain,
    ...(structuredContent !== undefined && { structuredContent }),
  };
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
