// What `HttpClient` promises: the client over real sockets and the mock for tests both keep it.
import { afterEach, describe, expect, test } from "vitest";
import type { HttpClient, HttpError } from "../../../templates/runtime/contracts/http.js";
import { runInScope } from "../../../templates/runtime/call/scope.js";
import { classifyError } from "../../../templates/runtime/errors/classify.js";
import { mockHttpClient, type MockResponse } from "../../../templates/runtime/http-client/mock.js";
import { openClient, startService } from "./service.js";

interface Subject {
  readonly client: HttpClient;
  /** What relative paths are below. */
  readonly url: string;
  readonly calls: () => readonly {
    readonly method: string;
    readonly path: string;
    readonly headers: Headers;
    readonly body: string;
  }[];
}

type Headers = Readonly<Record<string, string | string[] | undefined>>;
type Open = (responses: readonly MockResponse[]) => Promise<Subject>;

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const openReal: Open = async (responses) => {
  const service = await startService((request, response, index) => {
    const { status = 200, headers = {}, json, body, delay = 0, error } = responses[index] ?? { status: 599 };
    setTimeout(() => {
      if (error !== undefined) request.socket.resetAndDestroy();
      else response.writeHead(status, headers).end(body ?? (json === undefined ? "" : JSON.stringify(json)));
    }, delay);
  });
  const { client, close } = openClient();
  closing.push(close, () => service.close());
  return {
    client,
    url: service.url,
    calls: () =>
      service.requests.map(({ method = "", url: path = "", headers }, index) => ({
        method,
        path,
        headers,
        body: service.bodies[index] ?? "",
      })),
  };
};

const openMock: Open = (responses) => {
  const client = mockHttpClient().withResponses(responses);
  const url = "https://api.example.com";
  const calls = () =>
    client.calls.map(({ url: path, body = "", ...rest }) => ({ ...rest, body, path: path.slice(url.length) }));
  return Promise.resolve({ client, url, calls });
};

const none = new AbortController().signal;

describe.each<[string, Open]>([
  ["over sockets", openReal],
  ["the mock", openMock],
])("%s", (_what, open) => {
  test("JSON is asked for and read", async () => {
    const { client, url, calls } = await open([{ json: { ok: true } }]);
    expect(await client.getJson(`${url}/a?x=1`, { query: { y: "ä b", z: undefined, n: 2 } })).toEqual({ ok: true });
    expect(calls()).toMatchObject([
      { method: "GET", path: "/a?x=1&y=%C3%A4+b&n=2", headers: { accept: "application/json" } },
    ]);
  });

  test("JSON is sent", async () => {
    const { client, url, calls } = await open([{ status: 201, json: 7 }]);
    expect(await client.postJson(`${url}/orders`, { item: "ü" }, { headers: { "X-Key": "k" } })).toBe(7);
    expect(calls()).toMatchObject([
      { method: "POST", body: '{"item":"ü"}', headers: { "content-type": "application/json", "x-key": "k" } },
    ]);
  });

  test("`request` resolves whatever the status; the body is a stream, text or JSON", async () => {
    const { client, url } = await open([{ status: 404, headers: { "X-Why": "gone" }, body: "none" }, { json: [1] }]);
    const first = await client.request("get", `${url}/a`);
    expect(first).toMatchObject({ status: 404, headers: { "x-why": "gone" } });
    expect(await first.text()).toBe("none");
    const chunks: Uint8Array[] = [];
    for await (const chunk of (await client.request("GET", `${url}/b`)).body) chunks.push(chunk);
    expect(Buffer.concat(chunks).toString()).toBe("[1]");
  });

  test.each([
    [404, "notFound", true],
    [409, "conflict", true],
    [401, "denied", false],
    [422, "invalidInput", true],
  ])("status %d is an HttpError of the kind %s", async (status, kind, exposed) => {
    const { client, url } = await open([{ status, body: "secret detail" }]);
    const error = await client
      .getJson<HttpError>(`${url}/things/7?key=k`)
      .catch((thrown: unknown) => thrown as HttpError);
    expect(error).toMatchObject({ name: "HttpError", status });
    expect(error.message).toBe(`GET ${new URL(url).host}/things/7 answered ${String(status)}`);
    expect(error.body).toBe("secret detail");
    expect(JSON.stringify({ ...error })).not.toContain("secret");
    expect(classifyError(error)).toMatchObject({ kind, exposed });
  });

  test("a status that may pass is asked three times, no more; then it is the error, with its Retry-After", async () => {
    const responses = [503, 502, 429].map((status) => ({
      status,
      headers: status === 429 ? { "retry-after": "9" } : {},
    }));
    const { client, url, calls } = await open(responses);
    await expect(client.getJson(url)).rejects.toMatchObject({ status: 429, retryAfter: 9 });
    expect(calls()).toHaveLength(3);
  });

  test("a connection that breaks is tried again", async () => {
    const { client, url, calls } = await open([{ error: "ECONNRESET" }, { status: 500 }, { json: "there" }]);
    expect(await client.getJson(url)).toBe("there");
    expect(calls()).toHaveLength(3);
  });

  test("POST is sent once, whatever happens", async () => {
    for (const response of [{ status: 503 }, { error: "ECONNRESET" }]) {
      const { client, url, calls } = await open([response, { json: 1 }]);
      await expect(client.postJson(url, {})).rejects.toSatisfy((error) => classifyError(error).kind === "unavailable");
      expect(calls()).toHaveLength(1);
    }
  });

  test("POST is repeated where its author says so, PUT at once; the body is sent each time", async () => {
    const { client, url, calls } = await open([{ status: 503 }, { json: 1 }, { status: 503 }, { status: 204 }]);
    expect(await client.postJson(url, { a: 1 }, { attempts: 2 })).toBe(1);
    expect((await client.request("PUT", url, { body: "b" })).status).toBe(204);
    expect(calls().map(({ method, body }) => [method, body])).toEqual([
      ["POST", '{"a":1}'],
      ["POST", '{"a":1}'],
      ["PUT", "b"],
      ["PUT", "b"],
    ]);
  });

  test("Retry-After beyond the time that is left is not waited for", async () => {
    const { client, url, calls } = await open([{ status: 503, headers: { "retry-after": "60" } }]);
    await expect(client.getJson(url)).rejects.toMatchObject({ status: 503, retryAfter: 60 });
    expect(calls()).toHaveLength(1);
  });

  test("a status that stays is not asked again", async () => {
    const { client, url, calls } = await open([{ status: 400 }]);
    await expect(client.getJson(url)).rejects.toMatchObject({ status: 400 });
    expect(calls()).toHaveLength(1);
  });

  test("an answer beyond the limit is refused, announced or not; one at the limit is not", async () => {
    const { client, url } = await open([
      { body: "x".repeat(101), headers: { "content-length": "101" } },
      { body: "x".repeat(50_000) },
      { body: "x".repeat(100) },
    ]);
    for (let request = 0; request < 2; request += 1) {
      const response = await client.request("GET", url, { maxBytes: 100 });
      await expect(response.text()).rejects.toThrow(`GET ${new URL(url).host}/ answered more than 100 bytes`);
    }
    expect(await (await client.request("GET", url, { maxBytes: 100 })).text()).toHaveLength(100);
  });

  test("what is no JSON is said to be none, without being shown", async () => {
    const { client, url } = await open([{ body: "<html>secret</html>" }]);
    await expect(client.getJson(url)).rejects.toThrow(/answered 200 with a body that is not JSON$/);
  });

  test("a timeout is in all, and a TimeoutError", async () => {
    const { client, url } = await open([{ json: 1, delay: 5_000 }]);
    await expect(client.getJson(url, { timeout: 60 })).rejects.toMatchObject({ name: "TimeoutError" });
  });

  test("the call's deadline is the request's", async () => {
    const { client, url } = await open([{ json: 1, delay: 5_000 }]);
    const scope = { requestId: "r", tool: "t", signal: none, deadline: performance.now() + 60 };
    const asked = runInScope(scope, () => client.getJson(url));
    await expect(asked).rejects.toMatchObject({ name: "TimeoutError" });
  });

  test("the call's signal and the request's own both end it, with their reason", async () => {
    const { client, url, calls } = await open([
      { json: 1, delay: 5_000 },
      { json: 2, delay: 5_000 },
    ]);
    const [call, own] = [new AbortController(), new AbortController()];
    const first = runInScope({ requestId: "r", tool: "t", signal: call.signal }, () => client.getJson(url));
    const second = client.getJson(url, { signal: own.signal });
    setTimeout(() => call.abort(new Error("withdrawn")), 40);
    setTimeout(() => own.abort(new Error("enough")), 40);
    await expect(first).rejects.toThrow("withdrawn");
    await expect(second).rejects.toThrow("enough");
    expect(calls()).toHaveLength(2);
    await expect(client.getJson(url, { signal: own.signal })).rejects.toThrow("enough");
    expect(calls()).toHaveLength(2);
  });

  test("requests name the call and its trace", async () => {
    const { client, url, calls } = await open([{ json: 1 }, { json: 2 }]);
    const traceId = "0af7651916cd43dd8448eb211c80319c";
    const scope = { requestId: "the-call", tool: "t", signal: none, trace: { traceId, flags: "01", state: "v=1" } };
    await runInScope(scope, () => client.getJson(url));
    await client.getJson(url);
    const [within, outside] = calls();
    expect(within?.headers).toMatchObject({ "x-request-id": "the-call", tracestate: "v=1" });
    expect(within?.headers["traceparent"]).toMatch(new RegExp(`^00-${traceId}-[\\da-f]{16}-01$`));
    expect(outside?.headers).not.toHaveProperty("traceparent");
    expect(outside?.headers).not.toHaveProperty("x-request-id");
  });

  test("GET follows redirects, with what it was given only to the same origin", async () => {
    const { client, url, calls } = await open([{ status: 302, headers: { location: "/b?x=1" } }, { json: 1 }]);
    expect(await client.getJson(`${url}/a`, { headers: { authorization: "Bearer k" } })).toBe(1);
    expect(calls().map(({ path, headers }) => [path, headers["authorization"]])).toEqual([
      ["/a", "Bearer k"],
      ["/b?x=1", "Bearer k"],
    ]);
  });

  test("POST follows none, and nobody follows for ever", async () => {
    const away = { status: 307, headers: { location: "/" } };
    const { client, url, calls } = await open(Array.from({ length: 7 }, () => away));
    expect((await client.request("POST", url, { body: "x" })).status).toBe(307);
    await expect(client.getJson(url)).rejects.toThrow(/sends on more than 5 times$/);
    expect(calls()).toHaveLength(7);
  });

  test("defaults: base URL, headers, query; what the request says comes first", async () => {
    const { client, url, calls } = await open([{ json: 1 }, { json: 2 }, { json: 3 }]);
    const api = client.extend({
      baseUrl: `${url}/v1`,
      headers: { Authorization: "k", "x-a": "1" },
      query: { lang: "en" },
    });
    await api.getJson("users/1");
    await api.extend({ headers: { "X-A": "2" } }).getJson("/users?page=2");
    await api.getJson("", { query: { lang: "de" } });
    expect(calls().map(({ path, headers }) => [path, headers["authorization"], headers["x-a"]])).toEqual([
      ["/v1/users/1?lang=en", "k", "1"],
      ["/v1/users?page=2&lang=en", "k", "2"],
      ["/v1/?lang=de", "k", "1"],
    ]);
  });

  test("a relative URL does not leave its base", async () => {
    const { client, url, calls } = await open([{ json: 1 }, { json: 2 }]);
    const api = client.extend({ baseUrl: `${url}/v1/` });
    for (const path of ["../admin", "a/../../admin", "%2e%2e/admin", "..\\admin", "/../v2"])
      await expect(api.getJson(path)).rejects.toThrow("The URL leads out of what it starts from.");
    await api.getJson("//evil.example/x");
    await api.getJson("\\\\evil.example");
    expect(calls().map(({ path }) => path)).toEqual(["/v1//evil.example/x", "/v1///evil.example"]);
  });
});

describe("the mock alone", () => {
  test("says what came instead of what was expected, and what was left", async () => {
    const http = mockHttpClient([{ to: "GET https://api.example.com/users/1", json: 1 }]);
    await expect(http.getJson("https://api.example.com/users/2")).rejects.toThrow(
      "Unexpected request: GET https://api.example.com/users/2. Left: GET https://api.example.com/users/1.",
    );
    expect(() => http.assertDone()).toThrow("Not all was asked for. Left: GET https://api.example.com/users/1.");
    expect(await http.getJson("https://api.example.com/users/1?any=query")).toBe(1);
    http.assertDone();
    expect(http.callCount).toBe(2);
    await expect(http.getJson("https://x.example")).rejects.toThrow("No answer is left.");
  });

  test("answers by what is asked, in whatever order", async () => {
    const http = mockHttpClient([
      { to: "GET https://a.example/?q=1", json: "q" },
      { to: "POST https://b.example/", json: "b" },
    ]);
    expect(await http.postJson("https://b.example", {})).toBe("b");
    expect(await http.getJson("https://a.example", { query: { q: 1 } })).toBe("q");
  });
});
