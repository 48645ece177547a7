// What the environment says of tokens: one way to check them, whole, or no start.
import { afterEach, describe, expect, test } from "vitest";
import { findResource } from "../../../templates/runtime/auth/resource.js";
import { isLoopback, isTrustworthy, readAuth } from "../../../templates/runtime/auth/settings.js";
import { startServer } from "../support/subprocess.js";
import { rpc, send } from "../support/http.js";
import { bearer, bundleProtected, callTool, reached, serve, written, type Endpoint } from "./endpoint.js";

const issuer = { MCP_AUTH_ISSUER: "https://login.example.com" };
const authority = { ...issuer, MCP_AUTH_AUDIENCE: "orders" };
const asking = {
  MCP_AUTH_INTROSPECTION_URL: "https://login.example.com/introspect",
  MCP_AUTH_CLIENT_ID: "mcp",
  MCP_AUTH_CLIENT_SECRET: "secret",
};

describe("readAuth", () => {
  test.each([
    [{}, { kind: "none" }],
    [{ MCP_AUTH_ISSUER: "" }, { kind: "none" }],
    [authority, { kind: "keys", issuer: "https://login.example.com", audiences: ["orders"] }],
    [
      { ...authority, MCP_AUTH_AUDIENCE: "a, b," },
      { kind: "keys", audiences: ["a", "b"] },
    ],
    [
      { ...authority, ...asking },
      { kind: "introspection", endpoint: { clientId: "mcp" } },
    ],
    [{ MCP_AUTH_TOKEN: "dev-token" }, { kind: "token", token: "dev-token" }],
  ])("%j", (environment, settings) => expect(readAuth(environment)).toMatchObject(settings));

  test.each<[Record<string, string>, string]>([
    [issuer, "authorization is half configured: MCP_AUTH_ISSUER is set, MCP_AUTH_AUDIENCE is missing"],
    [
      { MCP_AUTH_JWKS_URL: "https://login.example.com/keys" },
      "authorization is half configured: MCP_AUTH_JWKS_URL is set, MCP_AUTH_ISSUER and MCP_AUTH_AUDIENCE are missing",
    ],
    [
      { MCP_AUTH_CLIENT_ID: "mcp", MCP_AUTH_AUDIENCE: "orders" },
      "authorization is half configured: MCP_AUTH_AUDIENCE and MCP_AUTH_CLIENT_ID are set, MCP_AUTH_ISSUER, MCP_AUTH_INTROSPECTION_URL and MCP_AUTH_CLIENT_SECRET are missing",
    ],
    [
      { ...authority, ...asking, MCP_AUTH_JWKS_URL: "https://login.example.com/keys" },
      "MCP_AUTH_INTROSPECTION_URL stands beside MCP_AUTH_JWKS_URL: only one way to check tokens can hold",
    ],
    [
      { ...authority, MCP_AUTH_TOKEN: "dev-token" },
      "MCP_AUTH_TOKEN stands beside MCP_AUTH_ISSUER and MCP_AUTH_AUDIENCE: only one way to check tokens can hold",
    ],
    [
      { MCP_AUTH_TOKEN: "dev-token", NODE_ENV: "production" },
      "MCP_AUTH_TOKEN is for development alone: with NODE_ENV=production, set MCP_AUTH_ISSUER and MCP_AUTH_AUDIENCE",
    ],
    [{ MCP_AUTH_TOKEN: "two words" }, "MCP_AUTH_TOKEN holds what no header can carry: letters, digits and -._~+/ only"],
    [{ ...authority, MCP_AUTH_AUDIENCE: " , " }, "MCP_AUTH_AUDIENCE names no audience"],
    [
      { ...authority, MCP_AUTH_ISSUER: "http://login.example.com" },
      "MCP_AUTH_ISSUER is not like https://login.example.com (http is for this machine alone)",
    ],
    [
      { ...authority, MCP_AUTH_JWKS_URL: "https://u:p@login.example.com/keys" },
      "MCP_AUTH_JWKS_URL is not like https://login.example.com (http is for this machine alone)",
    ],
  ])("%j is refused", (environment, reason) => expect(() => readAuth(environment)).toThrow(new Error(reason)));

  test.each(["127.0.0.1", "127.1.2.3", "localhost", "LOCALHOST", "::1", "[::1]"])("%s is this machine", (host) =>
    expect(isLoopback(host)).toBe(true),
  );
  test.each(["0.0.0.0", "::", "10.0.0.1", "127.evil.example", "localhost.evil.example", ""])("%s is not", (host) =>
    expect(isLoopback(host)).toBe(false),
  );
  test("http is trusted on this machine alone", () => {
    const urls = ["https://a.example", "http://localhost:1/x", "http://a.example", "ftp://localhost", "a.example"];
    expect(urls.filter(isTrustworthy)).toEqual(urls.slice(0, 2));
  });
});

describe("what the server is to clients", () => {
  test.each<[string | undefined, readonly string[], string | undefined, string]>([
    ["mcp.example.com", ["orders"], "https://mcp.example.com/mcp", "/mcp"],
    ["127.0.0.1:3000", ["orders"], "http://127.0.0.1:3000/mcp", "/mcp"],
    ["mcp.example.com", ["orders", "https://mcp.example.com"], "https://mcp.example.com", ""],
    [
      "10.0.0.1:80",
      ["https://a.example/x", "https://b.example/orders/mcp"],
      "https://b.example/orders/mcp",
      "/orders/mcp",
    ],
    ['evil.example", error="x', ["orders"], undefined, ""],
    ["evil.example/path", ["orders"], undefined, ""],
    [undefined, ["orders"], undefined, ""],
  ])("Host %s, audiences %j: %s", (host, audiences, url, path) => {
    const found = findResource(host, audiences);
    expect(found?.url).toBe(url);
    if (url === undefined) expect(found).toBeUndefined();
    else expect(found?.metadataUrl).toBe(`${new URL(url).origin}/.well-known/oauth-protected-resource${path}`);
  });
});

describe("a server", () => {
  const running: Endpoint[] = [];
  const start = async (env: Record<string, string>): Promise<Endpoint> => {
    const endpoint = await serve(await bundleProtected("settings"), { MCP_ALLOWED_HOSTS: "", ...env });
    running.push(endpoint);
    return endpoint;
  };
  afterEach(() => {
    for (const { server } of running.splice(0)) server.child.kill("SIGKILL");
  });

  test.each<[Record<string, string>, string]>([
    [{ HOST: "0.0.0.0" }, "HOST=0.0.0.0 lets others in, but nothing says who they are"],
    [{ MCP_ALLOWED_HOSTS: "mcp.example.com" }, "MCP_ALLOWED_HOSTS lets others in, but nothing says who they are"],
    [issuer, "authorization is half configured"],
    [{ MCP_AUTH_TOKEN: "dev-token-1", NODE_ENV: "production" }, "MCP_AUTH_TOKEN is for development alone"],
  ])("with %j does not start", async (env, reason) => {
    const server = startServer(await bundleProtected("settings"), { args: ["--http", "0"], env });
    expect(await server.exited).toBe(1);
    expect(server.stderr.join("\n")).toContain(reason);
    expect(server.stderr.join("\n")).not.toContain("dev-token-1");
  });

  test("without any of it serves this machine alone, with a warning, and no tool that needs a scope", async () => {
    const endpoint = await start({});
    expect(written(endpoint)).toContain("no token is asked for");
    expect((await callTool(endpoint, "add", { args: { a: 1, b: 2 } })).text).toContain('"text":"3"');
    const before = reached(endpoint);
    const answer = await callTool(endpoint, "order");
    expect(answer.status).toBe(403);
    expect(answer.headers["www-authenticate"]).toBeUndefined();
    expect(answer.text).toContain("`order` needs the scope `orders:write`, and tokens are not checked here");
    expect(reached(endpoint)).toBe(before);
    const path = "/.well-known/oauth-protected-resource";
    expect((await send(endpoint.url, { method: "GET", path })).status).toBe(404);
  });

  test("with one token for all warns of it, and holds to it", async () => {
    const endpoint = await start({ MCP_AUTH_TOKEN: "dev-token-1" });
    expect(written(endpoint)).toContain("MCP_AUTH_TOKEN is one token for all");
    expect((await callTool(endpoint, "order", { headers: bearer("dev-token-1") })).text).toContain('"text":"ordered"');
    for (const token of ["dev-token-2", "dev-token-", "dev-token-11", "x"])
      expect((await callTool(endpoint, "order", { headers: bearer(token) })).status).toBe(401);
    const none = await send(endpoint.url, { body: rpc("tools/list") });
    expect(none.headers["www-authenticate"]).toBe('Bearer realm="mcp"');
    expect(written(endpoint)).not.toContain("dev-token");
  });

  test("over stdio asks for no token: whoever has started it is served", async () => {
    const server = startServer(await bundleProtected("settings"), { env: { ...issuer, NODE_ENV: "production" } });
    await server.initialize();
    expect((await server.call("order")).result.content).toEqual([{ type: "text", text: "ordered" }]);
    expect((await server.call("whoAmI")).result.isError).toBe(true);
    server.child.kill("SIGKILL");
  });
});
