// What only real sockets show: connections that are used again, aborted, counted; encodings; the end.
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { afterEach, describe, expect, test, vi } from "vitest";
import { runRequest } from "../../../templates/runtime/context/request.js";
import { currentScope } from "../../../templates/runtime/call/scope.js";
import { allMetrics } from "../../../templates/runtime/metrics/registry.js";
import { openClient, startService, type Handler, type RealClient, type Service } from "./service.js";

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function open(handler: Handler): Promise<RealClient & { service: Service; url: string }> {
  const service = await startService(handler);
  const real = openClient();
  closing.push(real.close, () => service.close());
  return { ...real, service, url: service.url };
}

const inFlight = (): number | undefined =>
  [...(allMetrics.get("http_client_requests_running")?.series.values() ?? [])][0]?.value;

async function until(isSo: () => boolean): Promise<void> {
  const end = Date.now() + 8_000;
  while (!isSo()) {
    if (Date.now() > end) throw new Error("it never was so");
    await sleep(5);
  }
}

describe("connections", () => {
  test("are used again, by requests in series and after an answer that was not wanted", async () => {
    const { client, url, service } = await open((_request, response, index) => {
      response.writeHead(index === 3 ? 503 : 200, { "content-type": "application/json" }).end("1");
    });
    for (let request = 0; request < 50; request += 1) await client.getJson(url);
    expect(service.requests).toHaveLength(51);
    // The first is still being given back when the second request begins.
    expect(service.sockets.length).toBeLessThanOrEqual(2);
  });

  test("1,000 requests at once: at most 64, none lost", async () => {
    const { client, url, service } = await open(
      (request, response) => void setTimeout(() => response.end(`"${request.url ?? ""}"`), 1),
    );
    const all = Array.from({ length: 1_000 }, (_none, index) => client.getJson(`${url}/${String(index)}`));
    expect(await Promise.all(all)).toEqual(all.map((_request, index) => `/${String(index)}`));
    expect(service.sockets.length).toBeLessThanOrEqual(64);
    expect(inFlight()).toBe(0);
  });

  test("closing waits for what is on its way", async () => {
    const { url } = await open((_request, response) => void setTimeout(() => response.end("1"), 100));
    const { client, close } = openClient();
    const asked = client.getJson(url);
    await sleep(20);
    await close();
    expect(await asked).toBe(1);
  });
});

describe("the end of a request", () => {
  test("when one of two fails, the call settles, the other's socket is closed, nothing is left", async () => {
    const rejections = vi.fn();
    process.on("unhandledRejection", rejections);
    const { client, url, service } = await open((request, response) => {
      if (request.url === "/a") setTimeout(() => response.writeHead(404).end(), 50);
      else setTimeout(() => response.end("1"), 5_000).unref();
    });
    const environment = { signal: new AbortController().signal };
    const call = runRequest({ tool: "both" }, environment, async () =>
      Promise.all([client.getJson(`${url}/a`), client.getJson(`${url}/b`)]),
    );
    await expect(call).rejects.toMatchObject({ status: 404 });
    const other = service.requests.find(({ url: path }) => path === "/b")?.socket;
    if (other === undefined) throw new Error("the other was never sent");
    if (!other.destroyed) await once(other, "close");
    await until(() => inFlight() === 0);
    await sleep(20);
    expect(rejections).not.toHaveBeenCalled();
    process.off("unhandledRejection", rejections);
  });

  test("an abort while the body comes ends the reading with its reason, and the connection", async () => {
    const { client, url, service } = await open((_request, response) => void response.write("[1,"));
    const controller = new AbortController();
    const response = await client.request("GET", url, { signal: controller.signal });
    setTimeout(() => controller.abort(new Error("withdrawn")), 30);
    await expect(response.json()).rejects.toThrow("withdrawn");
    await until(() => service.sockets[0]?.destroyed === true && inFlight() === 0);
  });

  test("a timeout while the body comes is a TimeoutError", async () => {
    const { client, url } = await open((_request, response) => void response.write("[1,"));
    await expect(client.getJson(url, { timeout: 80 })).rejects.toMatchObject({ name: "TimeoutError" });
  });

  test("an abort between attempts ends the waiting", async () => {
    const { client, url, service } = await open((_request, response) =>
      response.writeHead(503, { "retry-after": "5" }).end(),
    );
    const controller = new AbortController();
    const asked = client.getJson(url, { signal: controller.signal });
    await until(() => service.requests.length === 1);
    setTimeout(() => controller.abort(new Error("withdrawn")), 30);
    await expect(asked).rejects.toThrow("withdrawn");
    await sleep(20);
    expect(service.requests).toHaveLength(1);
    expect(inFlight()).toBe(0);
  });

  test("an answer that nobody reads gives its connection back with the call", async () => {
    const { client, url, service } = await open((_request, response) => response.end("x".repeat(1_000_000)));
    const environment = { signal: new AbortController().signal };
    await runRequest({ tool: "idle" }, environment, async () => (await client.request("GET", url)).status);
    await until(() => service.sockets[0]?.destroyed === true);
    expect(inFlight()).toBe(0);
  });

  test("who stops reading ends the rest", async () => {
    const { client, url, service } = await open((_request, response) => {
      const timer = setInterval(() => response.write("x".repeat(50_000)), 1);
      response.on("close", () => clearInterval(timer));
    });
    for await (const chunk of (await client.request("GET", url)).body) if (chunk.length > 0) break;
    await until(() => service.sockets[0]?.destroyed === true && inFlight() === 0);
  });
});

test("Retry-After is kept, in seconds and as a date", async () => {
  const times: number[] = [];
  const { client, url } = await open((_request, response, index) => {
    times.push(performance.now());
    const after = [String(1), new Date(Date.now() + 2_000).toUTCString()][index];
    if (after === undefined) response.end("1");
    else response.writeHead(503, { "retry-after": after }).end();
  });
  expect(await client.getJson(url)).toBe(1);
  const [first = 0, second = 0, third = 0] = times;
  expect(second - first).toBeGreaterThanOrEqual(990);
  // A date has whole seconds only.
  expect(third - second).toBeGreaterThanOrEqual(900);
});

describe("encodings", () => {
  const encoders = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync };

  test.each(["gzip", "deflate", "br"] as const)("%s is read, and its headers with it", async (encoding) => {
    const { client, url } = await open((request, response) => {
      expect(request.headers["accept-encoding"]).toContain(encoding);
      response.writeHead(200, { "content-encoding": encoding }).end(encoders[encoding]('{"a":"ä"}'));
    });
    const response = await client.request("GET", url);
    expect(response.headers).not.toHaveProperty("content-encoding");
    expect(await response.json()).toEqual({ a: "ä" });
  });

  test.each(["gzip", "br"] as const)("10 MB that come as a few kB of %s are too many", async (encoding) => {
    const { client, url, service } = await open((_request, response) =>
      response.writeHead(200, { "content-encoding": encoding }).end(encoders[encoding](Buffer.alloc(20_000_000))),
    );
    await expect(client.getJson(url)).rejects.toThrow(/answered more than 10000000 bytes$/);
    await until(() => inFlight() === 0);
    expect(service.requests).toHaveLength(1);
  });

  test.each(["gzip", "deflate", "br"])("what is not %s though it says so", async (encoding) => {
    const { client, url } = await open((_request, response) =>
      response.writeHead(200, { "content-encoding": encoding }).end("plain text, not encoded at all"),
    );
    await expect(client.getJson(url)).rejects.toThrow(/answered with a body that is not encoded as it says$/);
  });

  test("half of a gzip file is none", async () => {
    const whole = gzipSync(JSON.stringify("x".repeat(100_000)));
    const { client, url } = await open((_request, response) =>
      response.writeHead(200, { "content-encoding": "gzip" }).end(whole.subarray(0, whole.length / 2)),
    );
    await expect(client.getJson(url)).rejects.toThrow(/not encoded as it says$/);
  });
});

test("10,000 calls over shared connections never swap their ids", async () => {
  const { client, url } = await open((request, response) => {
    const text = JSON.stringify({ id: request.headers["x-request-id"], trace: request.headers["traceparent"] });
    setTimeout(() => response.end(text), Math.random() * 3);
  });
  let mixed = 0;
  const call = async (): Promise<void> =>
    runRequest({ tool: "ids" }, { signal: new AbortController().signal }, async ({ requestId }) => {
      const isOurs = (): boolean => currentScope()?.requestId === requestId;
      if (Math.random() < 0.5) await sleep(Math.random() * 3);
      if (!isOurs()) mixed += 1;
      const response = await client.request("GET", url);
      if (!isOurs()) mixed += 1;
      const { id, trace } = await response.json<{ id: string; trace: string }>();
      if (!isOurs() || id !== requestId || trace.split("-")[1] !== requestId.replaceAll("-", "")) mixed += 1;
    });
  for (let batch = 0; batch < 20; batch += 1) await Promise.all(Array.from({ length: 500 }, call));
  expect(mixed).toBe(0);
  expect(inFlight()).toBe(0);
});
