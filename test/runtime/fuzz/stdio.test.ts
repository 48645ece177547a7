// 20,000 messages of all kinds to one process over stdio, in chunks cut anywhere: each has the answers that it deserves.
import { once } from "node:events";
import { afterEach, beforeAll, expect, test } from "vitest";
import { bundleSample, startServer } from "../support/subprocess.js";
import { answersIn, sampleMessages, tally } from "./messages.js";

let file: string;
let server: ReturnType<typeof startServer> | undefined;

beforeAll(async () => {
  file = await bundleSample("fuzz-stdio");
}, 60_000);

afterEach(() => server?.child.kill("SIGKILL"));

test("every message has its answers, and the server goes on", async () => {
  const messages = sampleMessages(20_000, 1);
  const expected = messages.flatMap(({ answers }) => answers);
  server = startServer(file, { env: { LOG_LEVEL: "silent" } });
  await server.initialize();
  // Cut at newlines alone: readline cuts at the separators of Unicode too, which JSON has within strings.
  let text = "";
  let lines = 0;
  server.child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    text += chunk;
    lines += chunk.split("\n").length - 1;
  });
  const last = JSON.stringify({ jsonrpc: "2.0", id: "the last", method: "ping" });
  const bytes = Buffer.from([...messages.map(({ text }) => text), last, ""].join("\n"));
  for (let at = 0, size = 1; at < bytes.length; at += size, size = 1 + ((size * 7919) % 60_000)) {
    if (!server.child.stdin.write(bytes.subarray(at, at + size))) await once(server.child.stdin, "drain");
  }
  await expect.poll(() => lines, { timeout: 15_000, interval: 50 }).toBeGreaterThan(expected.length);
  server.child.stdin.end();
  expect(await server.exited).toBe(0);
  const answers = text.trimEnd().split("\n").flatMap(answersIn);
  expect(tally(answers)).toEqual(tally([...expected, { id: '"the last"', outcome: "result" }]));
}, 30_000);
