// A real server over HTTP: the official client, raw requests at the guards, sessions, the end.
import { request } from "node:http";
import { connect } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { readCommand } from "../../templates/runtime/lifecycle/command.js";
import { bundleSample, hello, startServer, textOf, type Message } from "./support/subprocess.js";

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

async function urlOf(server: Running): Promise<string> {
  return /serving (\S+\/mcp)/.exec(await server.logged("serving http"))?.[1] ?? "";
}

async function start(env: Record<string, string> = {}): Promise<string> {
  const server = startServer(file, { args: ["--http", "0"], env });
  others.push(server);
  return urlOf(server);
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

interface Options {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly path?: string;
}

/** node:http, as `fetch` lets nobody choose the Host header. */
async function send(to: string, { method = "POST", headers = {}, body, path = "/mcp" }: Options = {}): Promise<Answer> {
  const text = body === undefined || typeof body === "string" ? body : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const outgoing = request(new URL(path, to), {
      method,
      headers: { "content-type": "application/json", accept: "application/json, text/event-stream", ...headers },
    });
    outgoing.on("response", (response) => {
      let received = "";
      response.setEncoding("utf8").on("data", (chunk: string) => (received += chunk));
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text: received }),
      );
    });
    outgoing.on("error", reject);
    outgoing.end(text);
  });
}

const message = (answer: Answer): Message => JSON.parse(answer.text.replace(/^event: message\ndata: /, "")) as Message;
const rpc = (method: string, params?: object) => ({ jsonrpc: "2.0", id: 1, method, params });

async function openSession(to: string): Promise<Record<string, string>> {
  const answer = await send(to, { body: rpc("initialize", hello) });
  const headers = { "mcp-session-id": String(answer.headers["mcp-session-id"]), "mcp-protocol-version": "2025-11-25" };
  await send(to, { headers, body: { jsonrpc: "2.0", method: "notifications/initialized" } });
  return headers;
}

describe("the official client", () => {
  test("lists, calls, gets progress, ends its session", async () => {
    const transport = new StreamableHTTPClientTransport(new URL(url));
    const client = new Client({ name: "test", version: "1" });
    await client.connect(transport);
    expect((await client.listTools()).tools).toHaveLength(11);
    expect(await client.callTool({ name: "add", arguments: { a: 2, b: 3 } })).toEqual({
      content: [{ type: "text", text: "5" }],
    });
    const progress: number[] = [];
    await client.callTool({ name: "steps", arguments: { count: 5 } }, undefined, {
      onprogress: (report) => progress.push(report.progress),
    });
    expect(progress.length).toBeGreaterThan(1);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    await transport.terminateSession();
    await client.close();
  });

  test("cancels a call: the signal is aborted, the stream ends", async () => {
    const client = new Client({ name: "test", version: "1" });
    await client.connect(new StreamableHTTPClientTransport(new URL(url)));
    const controller = new AbortController();
    const call = client.callTool({ name: "wait", arguments: { milliseconds: 60_000 } }, undefined, {
      signal: controller.signal,
    });
    await shared.logged("waiting");
    controller.abort("enough");
    await expect(call).rejects.toThrow();
    await shared.logged("signal aborted");
    await client.close();
  });

  test("ten clients with ten calls each stay apart", async () => {
    const calls = Array.from({ length: 10 }, async (_, index) => {
      const client = new Client({ name: `test${String(index)}`, version: "1" });
      await client.connect(new StreamableHTTPClientTransport(new URL(url)));
      const sums = await Promise.all(
        Array.from({ length: 10 }, (_unused, b) => client.callTool({ name: "add", arguments: { a: index * 100, b } })),
      );
      await client.close();
      return sums.map((sum) => (sum.content as { text: string }[])[0]?.text);
    });
    const expected = Array.from({ length: 10 }, (_, index) =>
      Array.from({ length: 10 }, (_unused, b) => String(index * 100 + b)),
    );
    expect(await Promise.all(calls)).toEqual(expected);
  });
});

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
    ["no streams accepted", { headers: { accept: "application/json" } }, 406],
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
      "access-control-expose-headers": "mcp-session-id",
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

describe("sessions", () => {
  test("each call needs one that is known", async () => {
    const body = rpc("tools/list");
    expect((await send(url, { body })).status).toBe(400);
    expect((await send(url, { body, headers: { "mcp-session-id": "unknown" } })).status).toBe(404);
    expect((await send(url, { method: "GET", headers: { "mcp-session-id": "unknown" } })).status).toBe(404);
    expect((await send(url, { body, headers: await openSession(url) })).status).toBe(200);
  });

  test("DELETE ends one: running calls are aborted, then it is unknown", async () => {
    const headers = await openSession(url);
    const before = shared.stderr.filter((line) => line.includes("signal aborted")).length;
    const waiting = shared.stderr.length;
    const call = send(url, { headers, body: rpc("tools/call", { name: "wait", arguments: { milliseconds: 60_000 } }) });
    await shared.until(() => shared.stderr.slice(waiting).some((line) => line.includes("waiting")));
    expect((await send(url, { method: "DELETE", headers })).status).toBe(200);
    await call;
    await shared.until(() => shared.stderr.filter((line) => line.includes("signal aborted")).length > before);
    expect((await send(url, { headers, body: rpc("tools/list") })).status).toBe(404);
  });

  test("an unsupported protocol version is refused", async () => {
    const headers = { ...(await openSession(url)), "mcp-protocol-version": "1999-01-01" };
    expect((await send(url, { headers, body: rpc("tools/list") })).status).toBe(400);
  });

  test("notifications are accepted without an answer", async () => {
    const headers = await openSession(url);
    expect(await send(url, { headers, body: { jsonrpc: "2.0", method: "notifications/x" } })).toMatchObject({
      status: 202,
      text: "",
    });
  });
});

describe("calls", () => {
  test("errors of tools, of arguments and of the protocol", async () => {
    const headers = await openSession(url);
    const call = async (name: string, args: object) =>
      message(await send(url, { headers, body: rpc("tools/call", { name, arguments: args }) }));
    expect(textOf(await call("fail", { how: "notFound" }))).toBe("No order 7. Orders are numbered from 100.");
    expect(textOf(await call("fail", { how: "limited" }))).toBe("Slow down. Retry in 7 s.");
    expect(textOf(await call("fail", { how: "upstream" }))).toMatch(
      /^`fail` is temporarily unavailable \(request [0-9a-f-]{36}\)\.$/,
    );
    for (const how of ["plain", "string", "hostile"])
      expect(textOf(await call("fail", { how }))).toMatch(/failed unexpectedly/);
    expect(textOf(await call("fail", {}))).toContain("`how` is missing");
    expect(await call("nope", {})).toMatchObject({ error: { code: -32_602, message: "Unknown tool: nope" } });
    expect(shared.stderr.join("\n")).not.toContain("hunter2");
  });
});

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
    const call = send(own, { headers, body: rpc("tools/call", { name: "wait", arguments: { milliseconds: 600 } }) });
    const stream = send(own, { method: "GET", headers });
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

describe("the command line", () => {
  test.each<[string[], Record<string, string>, object]>([
    [[], { PORT: "80" }, { kind: "stdio" }],
    [["--http"], {}, { kind: "http", host: "127.0.0.1", port: 3000 }],
    [["--http"], { PORT: "8080", HOST: "0.0.0.0" }, { kind: "http", host: "0.0.0.0", port: 8080 }],
    [["--http", "4000"], { PORT: "8080" }, { kind: "http", host: "127.0.0.1", port: 4000 }],
    [["--http=4000"], { HOST: "" }, { kind: "http", host: "127.0.0.1", port: 4000 }],
    [["--help"], {}, { kind: "exit", code: 0 }],
    [["--http", "70000"], {}, { kind: "exit", code: 2 }],
    [["--http", "x"], {}, { kind: "exit", code: 2 }],
    [["--http", "1", "2"], {}, { kind: "exit", code: 2 }],
    [["--https"], {}, { kind: "exit", code: 2 }],
  ])("%j %j", (parameters, environment, command) => {
    expect(readCommand(parameters, environment)).toMatchObject(command);
  });
});
