// Requests that come before the tools are there, from a client that leaves meanwhile.
import { afterEach, beforeAll, expect, test } from "vitest";
import { bundleSample, startServer } from "./support/subprocess.js";
import { hello } from "./support/hello.js";

const program = `
  import "./templates/runtime/lifecycle/stdout.js";
  import { main } from "./templates/runtime/entry/main.js";
  import { server } from "./test/runtime/support/sample.js";
  // Made as providers are: after the modules are loaded, unless the process is ending.
  const start = () => ({
    ready: new Promise((resolve) => setTimeout(resolve, Number(process.env.COLD))),
    server: { ...server, start: undefined },
    close: () => Promise.resolve(),
  });
  const cold = { ...server, methods: new Map(), start };
  const load = () => new Promise((resolve) => setTimeout(() => resolve(cold), 50));
  await main({ ...server, load });`;

let file: string;
let server: ReturnType<typeof startServer>;

beforeAll(async () => {
  file = await bundleSample("stdio-start-test", program);
}, 60_000);

afterEach(() => void server.child.kill("SIGKILL"));

const call = { jsonrpc: "2.0", id: 9, method: "tools/call", params: { name: "add", arguments: { a: 1 } } };
const answer = () => server.messages().find(({ id }) => id === 9);

test("what is piped in is answered before the end, also a last line without its newline", async () => {
  server = startServer(file, { env: { COLD: "300" } });
  server.post("initialize", hello);
  server.send({ jsonrpc: "2.0", method: "notifications/initialized" });
  server.child.stdin.end(JSON.stringify(call));
  expect(await server.exited).toBe(0);
  expect(answer()).toHaveProperty("result.content");
});

test("a start that hangs is waited for only a little, and the call is told", async () => {
  server = startServer(file, { env: { COLD: "3600000" } });
  server.send(call);
  server.child.stdin.end();
  expect(await server.exited).toBe(0);
  expect(answer()?.error?.message).toBe("The server did not start: The server is shutting down.");
}, 20_000);

test("a client that leaves without a request ends it at once", async () => {
  server = startServer(file, { env: { COLD: "3600000" } });
  await server.request("initialize", hello);
  server.child.stdin.end();
  expect(await server.exited).toBe(0);
});

test("what is cancelled before the tools are there is neither called nor answered", async () => {
  server = startServer(file, { env: { COLD: "300" } });
  const noisy = server.post("tools/call", { name: "noisy", arguments: {} });
  server.send({ jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId: noisy } });
  server.send(call);
  await server.answerTo(9);
  server.child.stdin.end();
  expect(await server.exited).toBe(0);
  expect(server.messages().map(({ id }) => id)).toEqual([9]);
  expect(server.stderr.join()).not.toContain("noise write");
});

test("a shutdown does not wait for what was cancelled", async () => {
  server = startServer(file, { env: { COLD: "3600000" } });
  server.send(call);
  server.send({ jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId: 9 } });
  await server.request("ping");
  const before = Date.now();
  server.child.stdin.end();
  expect(await server.exited).toBe(0);
  expect(Date.now() - before).toBeLessThan(3_000);
  expect(answer()).toBeUndefined();
});
