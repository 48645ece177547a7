// Sessions belong to who has opened them, and the official client works with a token in its headers.
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { hello } from "../support/hello.js";
import { message, rpc, send } from "../support/http.js";
import { textOf } from "../support/subprocess.js";
import { createKey, sign, startAuthority, type Authority, type SigningKey } from "./authority.js";
import { bearer, bundleProtected, callTool, serve, type Endpoint } from "./endpoint.js";

let authority: Authority;
let endpoint: Endpoint;
let key: SigningKey;

beforeAll(async () => {
  key = await createKey("k1");
  authority = await startAuthority([key]);
  const file = await bundleProtected("sessions", { sessions: true });
  endpoint = await serve(file, {
    MCP_AUTH_ISSUER: authority.issuer,
    MCP_AUTH_AUDIENCE: "orders",
    MCP_AUTH_JWKS_URL: `${authority.issuer}/keys`,
  });
}, 60_000);

afterAll(async () => {
  endpoint.server.child.kill("SIGKILL");
  await authority.close();
});

const tokenOf = async (sub: string, scope = ""): Promise<string> =>
  sign(authority.issuer, key, { sub, scope, aud: "orders" });

async function open(token: string): Promise<string> {
  const answer = await send(endpoint.url, { headers: bearer(token), body: rpc("initialize", hello) });
  return String(answer.headers["mcp-session-id"]);
}

test("the official client lists and calls with a token in its headers, and is refused without", async () => {
  const connect = async (headers: Record<string, string>): Promise<Client> => {
    const client = new Client({ name: "test", version: "1" });
    await client.connect(new StreamableHTTPClientTransport(new URL(endpoint.url), { requestInit: { headers } }));
    return client;
  };
  const client = await connect(bearer(await tokenOf("ann", "orders:write")));
  expect((await client.listTools()).tools).toHaveLength(3);
  const { content } = await client.callTool({ name: "order", arguments: {} });
  expect(content).toEqual([{ type: "text", text: "ordered" }]);
  await client.close();
  await expect(connect({})).rejects.toThrow(/401|missing/);
});

test("to another caller a session is not there: not for calls, not for its stream, not to end it", async () => {
  const [ann, eve] = await Promise.all([tokenOf("ann"), tokenOf("eve")]);
  const session = { "mcp-session-id": await open(ann) };
  for (const method of ["GET", "DELETE"])
    expect((await send(endpoint.url, { method, headers: { ...session, ...bearer(eve) } })).status).toBe(404);
  const call = async (token: string) =>
    callTool(endpoint, "add", { headers: { ...session, ...bearer(token) }, args: { a: 1, b: 2 } });
  expect((await call(eve)).status).toBe(404);
  expect((await call(ann)).status).toBe(200);
  expect((await send(endpoint.url, { headers: session, body: rpc("tools/list") })).status).toBe(401);
  expect((await send(endpoint.url, { method: "DELETE", headers: { ...session, ...bearer(ann) } })).status).toBe(200);
});

test("each call has the scopes of its own token, whatever came before or comes meanwhile", async () => {
  const [few, many] = await Promise.all([tokenOf("ann", "orders:read"), tokenOf("ann", "orders:read orders:write")]);
  const session = { "mcp-session-id": await open(many) };
  expect((await callTool(endpoint, "order", { headers: { ...session, ...bearer(few) } })).status).toBe(403);
  const who = async (token: string, milliseconds: number): Promise<unknown> => {
    const headers = { ...session, ...bearer(token) };
    const answer = await callTool(endpoint, "whoAmI", { headers, args: { milliseconds } });
    return (JSON.parse(textOf(message(answer))) as { scopes: unknown }).scopes;
  };
  expect(await Promise.all([who(few, 200), who(many, 10), who(many, 300), who(few, 10)])).toEqual([
    ["orders:read"],
    ["orders:read", "orders:write"],
    ["orders:read", "orders:write"],
    ["orders:read"],
  ]);
});

test("an issuer that is down is 503 with a time to come back", async () => {
  authority.isDown = true;
  const headers = bearer(await sign(authority.issuer, await createKey("k7"), { aud: "orders" }));
  const file = await bundleProtected("sessions", { sessions: true });
  const cold = await serve(file, { MCP_AUTH_ISSUER: authority.issuer, MCP_AUTH_AUDIENCE: "orders" });
  const answer = await send(cold.url, { headers, body: rpc("tools/list") });
  cold.server.child.kill("SIGKILL");
  authority.isDown = false;
  expect(answer).toMatchObject({ status: 503, headers: { "retry-after": "5" } });
  expect(answer.headers["www-authenticate"]).toBeUndefined();
});
