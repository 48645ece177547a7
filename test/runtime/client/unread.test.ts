// A client that asks for log messages and reads none: they do not pile up in the memory of the server.
import { request, type IncomingMessage } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeAll, expect, test } from "vitest";
import { openSession, rpc, send, urlOf } from "../support/http.js";
import { bundleSample, startServer, textOf, type Message } from "../support/subprocess.js";
import { program } from "./program.js";

/** What the function says to the client, in characters. */
const said = 1_000 * 40_000;
/** More than the buffers of two processes and the system's between them hold. */
const held = 25_000_000;

let file: string;
let server: ReturnType<typeof startServer>;

beforeAll(async () => {
  file = await bundleSample("unread-test", program);
}, 60_000);

afterEach(() => server.child.kill("SIGKILL"));

function start(...args: string[]) {
  // Its own log would be as long.
  server = startServer(file, { args, env: { LOG_LEVEL: "info" } });
  return server;
}

/** The function has said all that it has to say. */
async function poured(): Promise<void> {
  await server.until(() => server.stderr.length >= 1_000);
  await sleep(50);
}

function expectFew(messages: readonly Message[]): void {
  const heard = messages.filter(({ method }) => method === "notifications/message");
  expect(heard.length).toBeGreaterThan(0);
  expect(heard.length * 40_000).toBeLessThan(held);
  expect(server.stderr.filter((line) => line.includes("xxxx"))).toHaveLength(said / 40_000);
}

test("over stdio", async () => {
  start();
  await server.initialize();
  await server.request("logging/setLevel", { level: "info" });
  server.child.stdout.pause();
  const id = server.post("tools/call", { name: "flood", arguments: {} });
  await poured();
  server.child.stdout.resume();
  expect(textOf(await server.answerTo(id))).toBe("poured");
  expectFew(server.messages());
}, 60_000);

test("over HTTP", async () => {
  start("--http", "0");
  const url = await urlOf(server);
  const headers = await openSession(url);
  await send(url, { headers, body: rpc("logging/setLevel", { level: "info" }) });
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const sent = request(url, {
      method: "POST",
      headers: { ...headers, "content-type": "application/json", accept: "application/json, text/event-stream" },
    });
    sent.once("response", resolve).once("error", reject);
    sent.end(JSON.stringify(rpc("tools/call", { name: "flood", arguments: {} })));
  });
  await poured();
  let text = "";
  for await (const chunk of response.setEncoding("utf8")) text += String(chunk);
  const messages = [...text.matchAll(/^data: (.*)$/gm)].map(([, data]) => JSON.parse(data ?? "") as Message);
  expect(messages.at(-1)).toMatchObject({ result: { content: [{ text: "poured" }] } });
  expectFew(messages);
}, 60_000);
