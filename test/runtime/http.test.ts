// A real server over HTTP, below the protocol: guards, health, the end.
import { connect } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { message, openSession, rpc, send, urlOf, type Options } from "./support/http.js";
import { bundleSample, startServer } from "./support/subprocess.js";
import { hello } from "./support/hello.js";

type Running = ReturnType<typeof startServer>;

let file: string;
let shared: Running;
let url: string;
let others: Running[] = [];

beforeAll(async () => {
  file = await bundleSample("http-test");
  shared = startServer(file, {
    args: ["--http", "0"],
    env: { MCP_ALLOWED_HOSTS: "mcp.example.com", MCP_ALLOWED_ORIGINS: "https://app.example.com/" },
  });
  url = await urlOf(shared);
}, 60_000);

afterAll(() => shared.child.kill("SIGKILL"));

afterEach(() => {
  for (const { child } of others) child.kill("SIGKILL");
  others = [];
});

async function start(env: Record<string, string> = {}): Promise<string> {
  const server = startServer(file, { args: ["--http", "0"], env });
  others.push(server);
  return urlOf(server);
}

describe("the guards", () => {
  test.each<[string, Options, number]>([
    ["the address", {}, 200],
    ["localhost", { headers: { host: "localhost:1234" } }, 200],
    ["an allowed host", { headers: { host: "MCP.example.com" } }, 200],
    ["an allowed host with a port", { headers: { host: "mcp.example.com:8443" } }, 200],
    ["a foreign host", { headers: { host: "evil.example" } }, 403],
    ["a host that begins like ours", { headers: { host: "localhost.evil.example" } }, 403],
    ["a page of this machine", { headers: { origin: "http://localhost:5173" } }, 200],
    ["an allowed page", { headers: { origin: "https://app.example.com" } }, 200],
    ["a foreign page", { headers: { origin: "http://evil.example" } }, 403],
    ["a page that names us in its user part", { headers: { origin: "http://localhost@evil.example" } }, 403],
    ["a page without an origin", { headers: { origin: "null" } }, 403],
    ["a form", { headers: { "content-type": "text/plain" } }, 415],
    ["JSON with a charset", { headers: { "content-type": "application/json; charset=utf-8" } }, 200],
    ["JSON said twice", { headers: { "content-type": "application/json, application/json" } }, 200],
    ["JSON or something else", { headers: { "content-type": "application/json, text/plain" } }, 415],
    ["a body that is compressed", { headers: { "content-encoding": "gzip" } }, 415],
    ["a body that is said not to be", { headers: { "content-encoding": "identity" } }, 200],
    ["an empty list of types", { headers: { accept: "" } }, 200],
    ["anything, as Java has it", { headers: { accept: "text/html, *; q=.2" } }, 200],
    ["no streams accepted", { headers: { accept: "application/json" } }, 200],
    ["streams alone", { headers: { accept: "text/event-stream" } }, 200],
    ["anything", { headers: { accept: "*/*" } }, 200],
    ["types in capitals", { headers: { accept: "Application/JSON, Text/Event-Stream" } }, 200],
    ["neither of the two", { headers: { accept: "text/html, application/json;q=0" } }, 406],
    ["a slash behind the path", { path: "/mcp/" }, 200],
    ["slashes behind the path", { path: "/mcp//" }, 200],
    ["a slash and a query", { path: "/mcp/?key=1" }, 200],
    ["PUT", { method: "PUT" }, 405],
    ["another path", { path: "/" }, 404],
    ["a path below", { path: "/mcp/x" }, 404],
  ])("%s", async (_what, options, status) => {
    expect((await send(url, { body: rpc("initialize", hello), ...options })).status).toBe(status);
  });

  test("a request without a host is refused", async () => {
    const socket = connect(Number(new URL(url).port), "127.0.0.1");
    socket.end("POST /mcp HTTP/1.0\r\n\r\n");
    const [first] = (await socket.toArray()) as Buffer[];
    expect(first?.toString()).toContain(" 403 ");
  });

  test.each(["//health//live", "http://elsewhere.example/health/live", "HTTP://127.0.0.1/health/live/?a#b"])(
    "a proxy may ask for %s",
    async (target) => {
      const socket = connect(Number(new URL(url).port), "127.0.0.1");
      socket.end(`GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
      const chunks = (await socket.toArray()) as Buffer[];
      expect(Buffer.concat(chunks).toString()).toContain('{"status":"live"}');
    },
  );

  test("a refusal by host or origin says how to allow it, and nothing of the request is read", async () => {
    const answer = await send(url, { headers: { origin: "http://evil.example" }, body: "not even JSON" });
    expect(message(answer).error?.message).toBe("Origin not allowed. MCP_ALLOWED_ORIGINS lists those that are.");
    expect(answer.headers["access-control-allow-origin"]).toBeUndefined();
  });

  test("an allowed page may read the answer; browsers are told so beforehand", async () => {
    const origin = { origin: "https://app.example.com" };
    const before = await send(url, {
      method: "OPTIONS",
      headers: { ...origin, "access-control-request-method": "POST" },
    });
    expect(before).toMatchObject({ status: 204, headers: { "access-control-allow-origin": origin.origin } });
    const answer = await send(url, { headers: origin, body: rpc("initialize", hello) });
    expect(answer.headers).toMatchObject({
      "access-control-allow-origin": origin.origin,
      "access-control-expose-headers": expect.stringContaining("mcp-session-id") as string,
    });
  });

  test.each([
    ["announced", {}],
    ["in chunks", { "transfer-encoding": "chunked" }],
  ])("a body above 4 MB, %s, is refused", async (_how, headers) => {
    const answer = await send(url, { headers, body: JSON.stringify({ padding: "x".repeat(4_000_001) }) });
    expect(answer.status).toBe(413);
  });

  test.each([
    ["{ nope", 400, -32_700],
    ["", 400, -32_700],
    ["[]", 400, -32_600],
    ['{"jsonrpc":"2.0","id":1}', 400, -32_600],
  ])("%j is answered with %d and %d", async (body, status, code) => {
    const answer = await send(url, { body });
    expect(answer.status).toBe(status);
    expect(message(answer)).toMatchObject({ jsonrpc: "2.0", error: { code } });
  });
});

describe("metrics", () => {
  const scrape = async (to: string, headers: Record<string, string> = {}) =>
    send(to, { method: "GET", path: "/metrics", headers });

  test("calls by tool and outcome, their durations, those that are running", async () => {
    const own = await start();
    const headers = await openSession(own);
    const call = async (name: string, args: object) =>
      send(own, { headers, body: rpc("tools/call", { name, arguments: args }) });
    await call("add", { a: 1 });
    await call("add", { a: 2 });
    await call("add", { a: "x" });
    await call("fail", { how: "notFound" });
    await call("fail", { how: "plain" });
    const waiting = call("wait", { milliseconds: 5_000 });
    waiting.catch(() => undefined);
    await others[0]?.logged("waiting");
    const answer = await scrape(own);
    expect(answer.headers["content-type"]).toBe("text/plain; version=0.0.4; charset=utf-8");
    const lines = answer.text.split("\n");
    expect(lines).toEqual(
      expect.arrayContaining([
        "# HELP mcp_tool_calls_total Calls of tools that have ended, by outcome.",
        "# TYPE mcp_tool_calls_total counter",
        'mcp_tool_calls_total{outcome="ok",tool="add"} 2',
        'mcp_tool_calls_total{outcome="invalidInput",tool="add"} 1',
        'mcp_tool_calls_total{outcome="notFound",tool="fail"} 1',
        'mcp_tool_calls_total{outcome="bug",tool="fail"} 1',
        'mcp_tool_call_duration_seconds_count{tool="add"} 3',
        'mcp_tool_calls_running{tool="add"} 0',
        'mcp_tool_calls_running{tool="wait"} 1',
      ]),
    );
    expect(answer.text).toMatch(/^process_resident_memory_bytes \d+$/m);
    const [server] = others;
    const cancel = { method: "notifications/cancelled", params: { requestId: 1 } };
    await send(own, { headers, body: { jsonrpc: "2.0", ...cancel } });
    await server?.logged("signal aborted");
    expect((await scrape(own)).text).toContain('mcp_tool_calls_total{outcome="cancelled",tool="wait"} 1');
  });

  test.each<[string, Record<string, string>, number]>([
    ["a scraper by address", { host: "10.1.2.3:3000" }, 200],
    ["a scraper by an address of version 6", { host: "[fd00::1]:3000" }, 200],
    ["an allowed host", { host: "mcp.example.com" }, 200],
    ["a foreign name, as after DNS rebinding", { host: "evil.example" }, 403],
    ["a foreign page", { host: "10.1.2.3:3000", origin: "http://evil.example" }, 403],
  ])("%s", async (_what, headers, status) => {
    expect((await scrape(url, headers)).status).toBe(status);
  });
});

// The protocol takes a closed stream for a cancellation, and a half-closed connection looks no different to Node.js.
test.each(["end", "destroy"] as const)(
  "a call without a session is called off by `%s` of its connection",
  async (close) => {
    const { port } = new URL(await start());
    const version = "2026-07-28";
    const claim = { protocolVersion: version, clientCapabilities: {} };
    const _meta = Object.fromEntries(
      Object.entries(claim).map(([key, value]) => [`io.modelcontextprotocol/${key}`, value]),
    );
    const body = JSON.stringify(rpc("tools/call", { name: "wait", arguments: { milliseconds: 60_000 }, _meta }));
    const head = [
      "POST /mcp HTTP/1.1",
      `Host: 127.0.0.1:${port}`,
      "Accept: application/json, text/event-stream",
      "Content-Type: application/json",
      `Content-Length: ${String(body.length)}`,
      `MCP-Protocol-Version: ${version}`,
      "Mcp-Method: tools/call",
      "Mcp-Name: wait",
    ];
    const socket = connect(Number(port), "127.0.0.1").on("error", () => undefined);
    socket.write(`${head.join("\r\n")}\r\n\r\n${body}`);
    const [server] = others;
    await server?.logged("waiting");
    socket[close]();
    await server?.logged("signal aborted");
  },
);

describe("health and the end", () => {
  test("live and ready answer any host; ready turns 503 while draining, and new calls are refused", async () => {
    const own = await start();
    const [server] = others;
    if (server === undefined) throw new Error("not started");
    const foreign = { headers: { host: "10.1.2.3:3000" }, method: "GET" };
    expect(await send(own, { ...foreign, path: "/health/live" })).toMatchObject({
      status: 200,
      text: '{"status":"live"}',
    });
    expect(await send(own, { ...foreign, path: "/health/ready" })).toMatchObject({
      status: 200,
      text: '{"status":"ready"}',
    });

    const headers = await openSession(own);
    const stream = send(own, { method: "GET", headers });
    await send(own, { headers, body: rpc("ping") });
    const call = send(own, { headers, body: rpc("tools/call", { name: "wait", arguments: { milliseconds: 600 } }) });
    await server.logged("waiting");
    server.child.kill("SIGTERM");
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await send(own, { ...foreign, path: "/health/ready" })).toMatchObject({
      status: 503,
      text: '{"status":"draining"}',
    });
    expect((await send(own, { ...foreign, path: "/health/live" })).status).toBe(200);
    expect(await send(own, { headers, body: rpc("tools/list") })).toMatchObject({
      status: 503,
      headers: { "retry-after": "5" },
    });
    expect(message(await call).result).toEqual({ content: [] });
    expect(await server.exited).toBe(0);
    expect((await stream).status).toBe(200);
  });

  test("a host that is not this machine is one clear line, and exit code 1", async () => {
    const server = startServer(file, { args: ["--http", "0"], env: { HOST: "http://127.0.0.1" } });
    expect(await server.exited).toBe(1);
    expect(server.stderr[1]).toMatch(/^http:\/\/127\.0\.0\.1 is not an address of this machine\. HOST is/);
  });

  test("a port in use is one clear line, and exit code 1", async () => {
    const { port } = new URL(url);
    const server = startServer(file, { args: ["--http", port] });
    expect(await server.exited).toBe(1);
    expect(server.stderr).toEqual([
      "noise at start",
      `Port ${port} on 127.0.0.1 is in use. Choose another one with --http PORT.`,
    ]);
  });

  test("stdin is none of its business", async () => {
    const own = await start();
    const [server] = others;
    server?.child.stdin.end();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect((await send(own, { method: "GET", path: "/health/live" })).status).toBe(200);
  });
});
