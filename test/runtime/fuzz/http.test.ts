// 20,000 messages of all kinds to one process over HTTP, and what is no HTTP: each has the answer that it deserves.
import { Agent, request } from "node:http";
import { connect } from "node:net";
import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { hello } from "../support/hello.js";
import { openSession, rpc, send, urlOf } from "../support/http.js";
import { bundleSample, startServer } from "../support/subprocess.js";
import { answersIn, sampleMessages, tally, type Sent } from "./messages.js";

let file: string;
let server: ReturnType<typeof startServer>;
let url: string;

beforeAll(async () => {
  file = await bundleSample("fuzz-http");
}, 60_000);

beforeEach(async () => {
  server = startServer(file, { args: ["--http", "0"] });
  url = await urlOf(server);
});

afterEach(() => server.child.kill("SIGKILL"));

test("every message has its answer, and the server goes on", async () => {
  const headers = await openSession(url);
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });
  const messages = sampleMessages(20_000, 2);
  const wrong: unknown[] = [];
  let next = 0;
  const sendOn = async () => {
    for (let sent = messages[next++]; sent !== undefined; sent = messages[next++]) {
      const found = await post(agent, headers, sent.text);
      const deserved = deservedBy(sent);
      if (found.status !== deserved.status || !isEqual(found.text, deserved.answers))
        wrong.push({ sent: sent.text.slice(0, 300), found, deserved });
    }
  };
  await Promise.all(Array.from({ length: 16 }, sendOn));
  agent.destroy();
  expect(wrong.slice(0, 5)).toEqual([]);
  await expectAlive(headers);
}, 40_000);

test("what is no HTTP, or ends in the middle, disturbs nobody", async () => {
  const headers = await openSession(url);
  const port = Number(new URL(url).port);
  const head = `POST /mcp HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\naccept: application/json, text/event-stream\r\n`;
  const broken = [
    "",
    "\0\0\0\0",
    "GET\r\n\r\n",
    "POST /mcp HTTP/9.9\r\n\r\n",
    "POST /mcp HTTP/1.1\r\n\r\n",
    `POST /mcp?${"x".repeat(20_000)} HTTP/1.1\r\nhost: a\r\n\r\n`,
    `${head}x: ${"y".repeat(40_000)}\r\n\r\n`,
    `${head}content-length: 5\r\n\r\n{"jsonrpc":"2.0","id":1,"method":"ping"}`,
    `${head}content-length: 500\r\n\r\n{"jsonrpc":`,
    `${head}content-length: -1\r\n\r\n{}`,
    `${head}content-length: 2\r\ncontent-length: 3\r\n\r\n{}`,
    `${head}content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n{}`,
    `${head}transfer-encoding: chunked\r\n\r\nzz\r\n{}`,
    `${head}transfer-encoding: chunked\r\n\r\nffffffffffffffff\r\n`,
    `${head}expect: 100-continue\r\ncontent-length: 2\r\n\r\n`,
    `${head}upgrade: websocket\r\nconnection: upgrade\r\n\r\n`,
    "CONNECT a:1 HTTP/1.1\r\nhost: a\r\n\r\n",
    "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
  ];
  for (let round = 0; round < 40; round += 1) {
    await Promise.all(
      broken.map((text, index) => breakConnection({ port, text, abruptly: (index + round) % 2 === 0 })),
    );
    await expectAlive(headers);
  }
}, 30_000);

async function expectAlive(headers: Record<string, string>): Promise<void> {
  const answer = await send(url, { headers, body: rpc("tools/call", { name: "add", arguments: { a: 41 } }) });
  expect(JSON.parse(answer.text).result.content).toEqual([{ type: "text", text: "42" }]);
  expect((await send(url, { body: rpc("initialize", hello) })).status).toBe(200);
}

/** Over HTTP what asks for nothing is accepted, and what is refused has a status that says so. */
function deservedBy({ answers, isBlank }: Sent): { readonly status: number; readonly answers: Sent["answers"] } {
  if (isBlank) return { status: 400, answers: [{ id: "null", outcome: -32_700 }] };
  const [answer] = answers;
  if (answer === undefined) return { status: 202, answers };
  return { status: answer.outcome === -32_700 || answer.outcome === -32_600 ? 400 : 200, answers };
}

function isEqual(text: string, answers: Sent["answers"]): boolean {
  const found = text === "" ? [] : answersIn(text.replace(/^event: message\ndata: /, ""));
  return JSON.stringify(tally(found)) === JSON.stringify(tally(answers));
}

async function post(
  agent: Agent,
  headers: Readonly<Record<string, string>>,
  body: string,
): Promise<{ readonly status: number; readonly text: string }> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, {
      method: "POST",
      agent,
      headers: {
        "content-type": "application/json",
        accept: "application/json, text/event-stream",
        "content-length": Buffer.byteLength(body),
        ...headers,
      },
    });
    outgoing.on("response", (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, text }));
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

/** Sends a text and hangs up, in the middle of whatever the server does, or when it has answered or does nothing. */
async function breakConnection(given: {
  readonly port: number;
  readonly text: string;
  readonly abruptly: boolean;
}): Promise<void> {
  await new Promise<void>((resolve) => {
    const socket = connect(given.port, "127.0.0.1", () => {
      socket.write(given.text, "latin1");
      if (given.abruptly) socket.resetAndDestroy();
      else setTimeout(() => socket.destroy(), 20);
    });
    socket.resume();
    socket.on("error", () => undefined);
    socket.once("close", () => resolve());
  });
}
