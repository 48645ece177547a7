/** Requests of revision 2026-07-28 on the wire, over HTTP and stdio, next to those of before. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { urlOf } from "../support/http.js";
import { bundleSample, startServer } from "../support/subprocess.js";
import { program } from "../client/program.js";

let file: string;
let http: ReturnType<typeof startServer>;
let url: string;

beforeAll(async () => {
  file = await bundleSample("stateless-test", program);
  http = startServer(file, { args: ["--http", "0"] });
  url = await urlOf(http);
}, 60_000);
afterAll(() => http.child.kill("SIGKILL"));

const version = "2026-07-28";
const key = (name: string): string => `io.modelcontextprotocol/${name}`;
const meta = (capabilities: object = {}): object => ({
  [key("protocolVersion")]: version,
  [key("clientCapabilities")]: capabilities,
});

interface Sent {
  readonly headers?: Record<string, string | undefined>;
  readonly params?: object;
}

async function post(method: string, { headers = {}, params = { _meta: meta() } }: Sent = {}) {
  const all = {
    "content-type": "application/json",
    accept: "application/json, text/event-stream",
    "mcp-protocol-version": version,
    "mcp-method": method,
    ...headers,
  };
  const known = new Headers();
  for (const [name, value] of Object.entries<string | undefined>(all)) if (value !== undefined) known.set(name, value);
  const body = JSON.stringify({ jsonrpc: "2.0", id: 7, method, params });
  const response = await fetch(url, { method: "POST", headers: known, body });
  const text = await response.text();
  const last = text.startsWith("event:") ? (text.trim().split("data: ").pop() ?? "") : text;
  return { status: response.status, session: response.headers.get("mcp-session-id"), ...JSON.parse(last) } as {
    status: number;
    session: string | null;
    id: unknown;
    result?: Record<string, unknown>;
    error?: { code: number; data?: unknown };
  };
}

describe("over HTTP", () => {
  test("says what it is to whoever asks, without a session", async () => {
    const { status, session, result } = await post("server/discover");
    expect([status, session]).toEqual([200, null]);
    expect(result).toMatchObject({
      resultType: "complete",
      supportedVersions: expect.arrayContaining([version, "2025-11-25"]) as unknown,
      capabilities: { tools: { listChanged: true }, logging: {} },
      cacheScope: "public",
      _meta: { [key("serverInfo")]: { name: expect.any(String) as unknown } },
    });
  });

  test("lists with how long that may be kept", async () => {
    const { result } = await post("tools/list");
    expect(result).toMatchObject({ resultType: "complete", ttlMs: 60_000, tools: expect.any(Array) as unknown });
  });

  test.each<[string, string, Sent, number, number]>([
    ["no _meta", "tools/list", { params: {} }, 400, -32_602],
    ["no capabilities", "tools/list", { params: { _meta: { [key("protocolVersion")]: version } } }, 400, -32_602],
    ["no version in the header", "tools/list", { headers: { "mcp-protocol-version": undefined } }, 400, -32_020],
    [
      "another version in the header",
      "tools/list",
      { headers: { "mcp-protocol-version": "2025-11-25" } },
      400,
      -32_020,
    ],
    ["no method in the header", "tools/list", { headers: { "mcp-method": undefined } }, 400, -32_020],
    ["another method in the header", "tools/list", { headers: { "mcp-method": "ping" } }, 400, -32_020],
    ["no name in the header", "tools/call", { params: { name: "x", _meta: meta() } }, 400, -32_020],
    [
      "another name in the header",
      "tools/call",
      { headers: { "mcp-name": "y" }, params: { name: "x", _meta: meta() } },
      400,
      -32_020,
    ],
    ["an unknown method", "nope", {}, 404, -32_601],
    ["a handshake", "initialize", {}, 404, -32_601],
    ["a ping", "ping", {}, 404, -32_601],
    ["a level for all", "logging/setLevel", { params: { level: "info", _meta: meta() } }, 404, -32_601],
  ])("%s is refused by name", async (_, method, sent, status, code) => {
    const answer = await post(method, sent);
    expect(answer).toMatchObject({ status, id: 7, error: { code } });
  });

  test("an unknown revision is told those that are known", async () => {
    const params = { _meta: { ...meta(), [key("protocolVersion")]: "2030-01-01" } };
    const { status, error } = await post("tools/list", { headers: { "mcp-protocol-version": "2030-01-01" }, params });
    expect(status).toBe(400);
    expect(error).toMatchObject({ code: -32_022, data: { requested: "2030-01-01" } });
  });

  test("a name that a header cannot hold comes in base64", async () => {
    const name = "größe";
    const headers = { "mcp-name": `=?base64?${Buffer.from(name).toString("base64")}?=` };
    const { status, error } = await post("tools/call", { headers, params: { name, _meta: meta() } });
    expect([status, error?.code]).toEqual([200, -32_602]);
  });

  test("a client that cannot be asked is told what it would need", async () => {
    const params = { name: "shipping", arguments: {}, _meta: meta() };
    const { status, error } = await post("tools/call", { headers: { "mcp-name": "shipping" }, params });
    expect(status).toBe(400);
    expect(error).toMatchObject({ code: -32_021, data: { requiredCapabilities: { elicitation: {} } } });
  });
});

describe("over stdio", () => {
  const request = (id: number | string, method: string, params: object = {}, capabilities: object = {}) => ({
    jsonrpc: "2.0",
    id,
    method,
    params: { ...params, _meta: meta(capabilities) },
  });

  function start() {
    const server = startServer(file);
    const answerTo = (id: unknown) => server.until(() => server.messages().find((each) => each.id === id));
    const end = async (): Promise<void> => {
      server.child.stdin.end();
      expect(await server.exited).toBe(0);
    };
    return { ...server, answerTo, end };
  }

  test("a client may ask what the server is, and shake hands all the same", async () => {
    const server = start();
    server.send(request("first", "server/discover"));
    expect(await server.answerTo("first")).toMatchObject({ result: { resultType: "complete" } });
    expect((await server.initialize()).result.protocolVersion).toBeDefined();
    await server.end();
  });

  test("what is asked in one turn is one round, and the answers end it", async () => {
    const server = start();
    const call = { name: "both", arguments: {} };
    server.send(request(1, "tools/call", call, { elicitation: {} }));
    const { result } = (await server.answerTo(1)) as unknown as { result: Record<string, unknown> };
    expect(result).toMatchObject({ resultType: "input_required" });
    expect(Object.keys(result["inputRequests"] as object)).toEqual(["q0", "q1"]);
    const given = (value: unknown) => ({ action: "accept", content: { value } });
    const inputResponses = { q0: given(1), q1: given("b") };
    const again = { ...call, inputResponses, requestState: result["requestState"] };
    server.send(request(2, "tools/call", again, { elicitation: {} }));
    expect(await server.answerTo(2)).toMatchObject({ result: { resultType: "complete", content: [{ type: "text" }] } });
    server.send(request(3, "tools/call", { ...again, name: "shipping" }, { elicitation: {} }));
    expect(await server.answerTo(3)).toMatchObject({ error: { code: -32_602 } });
    await server.end();
  });

  test("a call that asks twice counts once for its limit", async () => {
    const server = start();
    const call = { name: "limited", arguments: {} };
    const said = async (id: number, more: object = {}) => {
      server.send(request(id, "tools/call", { ...call, ...more }, { elicitation: {} }));
      return ((await server.answerTo(id)) as unknown as { result: Record<string, unknown> }).result;
    };
    const answer = { action: "accept", content: { value: 1 } };
    const first = await said(1);
    const second = await said(2, { inputResponses: { q0: answer }, requestState: first["requestState"] });
    const answers = { inputResponses: { q1: answer }, requestState: second["requestState"] };
    expect(await said(3, answers)).toMatchObject({ content: [{ text: "accept accept" }] });
    expect(await said(4, answers)).toMatchObject({ isError: true });
    expect(await said(5)).toMatchObject({ isError: true });
    await server.end();
  });

  test("changes are told to who listens, until that is called off", async () => {
    const server = start();
    server.send(request("all", "subscriptions/listen", { notifications: { toolsListChanged: true } }));
    server.send(request("none", "subscriptions/listen", { notifications: { promptsListChanged: true } }));
    const heard = (method: string) => server.messages().filter((each) => each.method === method);
    await server.until(() => heard("notifications/subscriptions/acknowledged").length === 2);
    expect(await server.answerTo("none")).toMatchObject({ result: { resultType: "complete" } });
    server.send(request(1, "tools/call", { name: "change", arguments: {} }));
    await server.answerTo(1);
    const told = heard("notifications/tools/list_changed");
    expect(told).toMatchObject([{ params: { _meta: { [key("subscriptionId")]: "all" } } }]);
    server.send({ jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId: "all" } });
    server.send(request(2, "tools/call", { name: "change", arguments: {} }));
    await server.answerTo(2);
    expect(heard("notifications/tools/list_changed")).toHaveLength(1);
    await server.end();
  });

  test("log messages come only to a request that names a level", async () => {
    const server = start();
    const said = () => server.messages().filter((each) => each.method === "notifications/message");
    server.send(request(1, "tools/call", { name: "talk", arguments: {} }));
    await server.answerTo(1);
    expect(said()).toEqual([]);
    const levelled = request(2, "tools/call", { name: "talk", arguments: {} });
    server.send({ ...levelled, params: { ...levelled.params, _meta: { ...meta(), [key("logLevel")]: "warning" } } });
    await server.answerTo(2);
    expect(said().map((each) => each.params?.["level"])).toEqual(["warning"]);
    await server.end();
  });
});
