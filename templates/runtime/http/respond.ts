// Short answers of the HTTP server itself; errors look like JSON-RPC's, which is what MCP clients read.
import type { ServerResponse } from "node:http";

export interface HttpError {
  readonly status: number;
  readonly code: number;
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A code of JSON-RPC's range for servers, used where the protocol names no other. */
export const refusedCode = -32_000;

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** JSON, unless the headers say otherwise. */
export function sendText(response: ServerResponse, { status, text, headers }: Answer): void {
  // Headers that are sent cannot be taken back: all that is left is to end the answer.
  if (response.headersSent) {
    response.end();
    return;
  }
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(text),
    ...headers,
  });
  response.end(text);
}

export function sendError(response: ServerResponse, { status, code, message, headers }: HttpError): void {
  const text = JSON.stringify({ jsonrpc: "2.0", error: { code, message }, id: null });
  sendText(response, { status, text, ...(headers && { headers }) });
}
