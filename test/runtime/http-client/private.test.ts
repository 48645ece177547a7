// Requests do not get into private networks: by no spelling of an address, by no name, by no redirect, by no base.
import { createServer } from "node:http";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { isPrivate, readAllowed } from "../../../templates/runtime/http-client/addresses.js";
import { classifyError } from "../../../templates/runtime/errors/classify.js";
import { extendDefaults, resolveTarget } from "../../../templates/runtime/http-client/target.js";
import { openClient, startService, type Service } from "./service.js";

const resolved = vi.hoisted(() => ({ addresses: [] as { address: string; family: number }[][] }));
vi.mock("node:dns", async (original) => {
  const dns = await original<typeof import("node:dns")>();
  type Callback = (error: Error | null, addresses: { address: string; family: number }[]) => void;
  const lookup = (name: string, options: object, callback: Callback): void => {
    const next = name.endsWith(".test") ? resolved.addresses.shift() : undefined;
    if (next === undefined) dns.lookup(name, { ...options, all: true }, callback);
    else setImmediate(() => callback(null, next));
  };
  return { ...dns, lookup };
});

let service: Service;
let port: string;
beforeAll(async () => {
  service = await startService((request, response) => {
    const to = new URL(request.url ?? "", service.url).searchParams.get("to");
    if (to === null) response.end('"reached"');
    else response.writeHead(302, { location: to }).end();
  });
  ({ port } = new URL(service.url));
});
afterAll(async () => service.close());

const refused = /is in a private network: no requests are sent there\.$/;

test.each([
  "127.0.0.1",
  "127.1.2.3",
  "0.0.0.0",
  "10.0.0.1",
  "100.64.0.1",
  "169.254.169.254",
  "172.16.0.1",
  "172.31.255.255",
  "192.168.1.1",
  "198.18.0.1",
  "224.0.0.1",
  "255.255.255.255",
  "::1",
  "::",
  "::ffff:127.0.0.1",
  "::ffff:7f00:1",
  "::ffff:a9fe:a9fe",
  "64:ff9b::7f00:1",
  "64:ff9b::10.0.0.1",
  "fc00::1",
  "fd00:ec2::254",
  "fe80::1",
  "fe80::1%eth0",
  "fec0::1",
  "ff02::1",
  "2001:db8::1",
  "2002:7f00:1::",
  "2001::1",
  "::127.0.0.1",
  "nonsense",
  "",
])("%s is private", (address) => expect(isPrivate(address)).toBe(true));

test.each([
  "1.1.1.1",
  "8.8.8.8",
  "172.15.0.1",
  "172.32.0.1",
  "192.167.1.1",
  "100.128.0.1",
  "2606:4700::1111",
  "::ffff:8.8.8.8",
  "64:ff9b::808:808",
  "2a00:1450:4001::200e",
])("%s is public", (address) => expect(isPrivate(address)).toBe(false));

describe("without permission", () => {
  const { client, close } = openClient("");
  afterAll(close);

  test.each([
    "127.0.0.1",
    "localhost",
    "2130706433",
    "0x7f000001",
    "0177.0.0.1",
    "127.1",
    "0",
    "[::1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "127.0.0.1.",
    "①②⑦.0.0.1",
  ])("http://%s is refused, before anything is sent", async (host) => {
    const before = service.sockets.length;
    const error: unknown = await client.getJson(`http://${host}:${port}/`).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ message: expect.stringMatching(refused) as unknown });
    expect(classifyError(error)).toMatchObject({ kind: "invalidInput", exposed: true });
    expect(service.sockets).toHaveLength(before);
  });

  test("a name that means a private address is refused; one that means both is asked at its public one", async () => {
    resolved.addresses = [[{ address: "127.0.0.1", family: 4 }]];
    await expect(client.getJson(`http://inside.test:${port}/`)).rejects.toThrow(refused);
    // Nothing listens there: what matters is that nobody asks 127.0.0.1.
    resolved.addresses = [
      [
        { address: "127.0.0.1", family: 4 },
        { address: "2001:db9::1", family: 6 },
      ],
    ];
    const before = service.sockets.length;
    await expect(client.getJson(`http://both.test:${port}/`, { attempts: 1, timeout: 500 })).rejects.not.toThrow(
      refused,
    );
    expect(service.sockets).toHaveLength(before);
  });

  test("a name that means something else a moment later (DNS rebinding) is refused when it does", async () => {
    const before = service.sockets.length;
    resolved.addresses = [[{ address: "2001:db9::1", family: 6 }], [{ address: "127.0.0.1", family: 4 }]];
    await expect(client.getJson(`http://rebound.test:${port}/`, { attempts: 1, timeout: 500 })).rejects.not.toThrow(
      refused,
    );
    await expect(client.getJson(`http://rebound.test:${port}/`)).rejects.toThrow(refused);
    expect(service.sockets).toHaveLength(before);
  });

  test.each([
    "file:///etc/passwd",
    "ftp://example.com/",
    "data:text/plain,x",
    "gopher://127.0.0.1/",
    "http://user:pw@example.com/",
    "nonsense",
    "//example.com/",
  ])("%s is not asked", async (url) => {
    await expect(client.getJson(url)).rejects.toMatchObject({ status: 400, expose: true });
  });
});

describe("with permission", () => {
  test.each(["127.0.0.1", "127.0.0.0/8", "10.0.0.0/8, 127.0.0.0/8", "*"])("MCP_HTTP_ALLOW_PRIVATE=%s", async (list) => {
    const { client, close } = openClient(list);
    expect(await client.getJson(service.url)).toBe("reached");
    await close();
  });

  test("a name on the list, and no other", async () => {
    const { client, close } = openClient("inside.test");
    resolved.addresses = [[{ address: "127.0.0.1", family: 4 }], [{ address: "127.0.0.1", family: 4 }]];
    expect(await client.getJson(`http://inside.test:${port}/`)).toBe("reached");
    await expect(client.getJson(`http://other.test:${port}/`)).rejects.toThrow(refused);
    await expect(client.getJson(service.url)).rejects.toThrow(refused);
    await close();
  });

  test("`allowPrivate` of one request opens no connection for another", async () => {
    const { client, close } = openClient("");
    expect(await client.getJson(service.url, { allowPrivate: true })).toBe("reached");
    await expect(client.getJson(service.url)).rejects.toThrow(refused);
    await close();
  });

  test("beside a base URL it is for that origin alone, as are headers and query", async () => {
    const { client, close } = openClient("");
    const api = client.extend({
      baseUrl: service.url,
      allowPrivate: true,
      headers: { authorization: "k" },
      query: { q: 1 },
    });
    expect(await api.getJson("/x")).toBe("reached");
    expect(service.requests.at(-1)).toMatchObject({ url: "/x?q=1", headers: { authorization: "k" } });
    const other = createServer((request, response) => response.end(JSON.stringify(request.headers)));
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const address = other.address();
    const foreign = `http://127.0.0.1:${String(typeof address === "object" ? address?.port : 0)}/`;
    await expect(api.getJson(foreign)).rejects.toThrow(refused);
    await expect(api.extend({ baseUrl: foreign }).getJson("")).rejects.toThrow(refused);
    await expect(api.getJson(`/?to=${encodeURIComponent(foreign)}`)).rejects.toThrow(refused);
    expect(await api.getJson(foreign, { allowPrivate: true })).not.toHaveProperty("authorization");
    await close();
    other.close();
  });

  test("what is no network is said to be none", () => {
    expect(() => readAllowed("10.0.0.0/99")).toThrow("MCP_HTTP_ALLOW_PRIVATE: 10.0.0.0/99 is not a network.");
  });

  test("a base of its own begins without the key of the one before", () => {
    const first = {
      baseUrl: "https://a.example/v1",
      headers: { Authorization: "k" },
      query: { key: "q" },
      allowPrivate: true,
    };
    const { url, headers, allowPrivate } = resolveTarget(
      "x",
      extendDefaults(first, { baseUrl: "https://b.example" }),
      {},
    );
    expect([url.href, headers, allowPrivate]).toEqual(["https://b.example/x", {}, false]);
  });
});

test("a redirect to another origin takes no key along, one to http none at all", async () => {
  const { client, close } = openClient("127.0.0.1, localhost");
  const there = `http://localhost:${port}/there`;
  await client.getJson(`${service.url}/?to=${encodeURIComponent(there)}`, {
    headers: { "x-api-key": "k", accept: "text/x" },
  });
  expect(service.requests.at(-1)).toMatchObject({ url: "/there", headers: { accept: "text/x" } });
  expect(service.requests.at(-1)?.headers).not.toHaveProperty("x-api-key");
  await close();
});
