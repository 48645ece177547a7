// Streamable HTTP: the official client, sessions, calls.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { message, openSession, rpc, send, urlOf } from "./support/http.js";
import { bundleSample, startServer, textOf } from "./support/subprocess.js";

const reasonOf = (text: string) => (JSON.parse(text) as { error: { message: string } }).error.message;

let shared: ReturnType<typeof startServer>;
let url: string;

beforeAll(async () => {
  shared = startServer(await bundleSample("sessions-test"), { args: ["--http", "0"] });
  url = await urlOf(shared);
}, 60_000);

afterAll(() => shared.child.kill("SIGKILL"));

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
    const answer = await call;
    expect([answer.status, reasonOf(answer.text)]).toEqual([200, "The session has ended."]);
    await shared.until(() => shared.stderr.filter((line) => line.includes("signal aborted")).length > before);
    expect((await send(url, { headers, body: rpc("tools/list") })).status).toBe(404);
  });

  test("a cancelled call leaves no stream open", async () => {
    const headers = await openSession(url);
    const seen = shared.stderr.length;
    const call = send(url, { headers, body: rpc("tools/call", { name: "wait", arguments: { milliseconds: 60_000 } }) });
    await shared.until(() => shared.stderr.slice(seen).some((line) => line.includes("waiting")));
    await send(url, { headers, body: { jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId: 1 } } });
    expect(await call).toMatchObject({ status: 202, text: "" });
  });

  test.each([
    ["1999-01-01", /^Unsupported protocol version 1999-01-01\. Spoken here: .*2025-11-25/],
    ["", /^MCP-Protocol-Version is empty$/],
    ["2025-11-25, 2025-11-25", /^MCP-Protocol-Version is sent more than once$/],
  ])("the protocol version %j is refused by name, whatever the method", async (version, message) => {
    const headers = { ...(await openSession(url)), "mcp-protocol-version": version };
    for (const method of ["POST", "GET", "DELETE"]) {
      const { status, text } = await send(url, { method, headers, ...(method === "POST" && { body: rpc("ping") }) });
      expect([status, reasonOf(text)]).toEqual([400, expect.stringMatching(message)]);
    }
  });

  test("GET and DELETE are refused by what is wrong with them", async () => {
    const session = await openSession(url);
    const refusal = async (method: string, headers: Record<string, string>) => {
      const { status, text } = await send(url, { method, headers });
      return [status, reasonOf(text)];
    };
    for (const method of ["GET", "DELETE"]) {
      expect(await refusal(method, {})).toEqual([400, "Mcp-Session-Id is missing"]);
      expect(await refusal(method, { "mcp-session-id": "unknown" })).toEqual([404, "Session not found"]);
      const stateless = { ...session, "mcp-protocol-version": "2026-07-28" };
      expect(await refusal(method, stateless)).toEqual([405, "Method not allowed"]);
    }
    const json = { ...session, accept: "application/json" };
    expect(await refusal("GET", json)).toEqual([406, "Not acceptable: the stream is text/event-stream"]);
    expect((await send(url, { headers: session, body: rpc("tools/list") })).status).toBe(200);
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
