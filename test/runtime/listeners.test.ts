// What listeners of a call's signal throw, in a real process: it is logged with the tool's name, and that is all.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeAll, expect, test } from "vitest";
import { bundleSample, startServer } from "./support/subprocess.js";

const program = `
  import "./templates/runtime/lifecycle/stdout.js";
  import { spawn } from "node:child_process";
  import { setTimeout as sleep } from "node:timers/promises";
  import { z } from "zod";
  import { createContextCall } from "./templates/runtime/context/call.js";
  import { main } from "./templates/runtime/entry/main.js";
  import { defineServer, defineTool } from "./templates/runtime/index.js";
  import { runBounded } from "./templates/runtime/resilience/bounded.js";
  const broken = (how) => new Error("broken " + how);
  const listen = {
    thrown: (signal) => signal.addEventListener("abort", () => { throw broken("thrown"); }),
    rejected: (signal) => signal.addEventListener("abort", async () => { await sleep(10); throw broken("rejected"); }),
    onabort: (signal) => { signal.onabort = () => { throw broken("onabort"); }; },
    following: (signal) => AbortSignal.any([signal]).addEventListener("abort", () => { throw broken("following"); }),
    twice: (signal) => { listen.thrown(signal); listen.onabort(signal); },
    child: (signal) => void spawn(process.execPath, ["-e", "setTimeout(() => {}, 5_000)"], { signal }),
  };
  const wait = defineTool({
    name: "wait",
    input: z.strictObject({ how: z.string(), milliseconds: z.number(), limit: z.number().exactOptional() }),
    result: "empty",
    call: async ({ how, milliseconds, limit }, { signal, log }) => {
      const work = async (within) => {
        listen[how]?.(within);
        log.info("waiting");
        await sleep(milliseconds);
      };
      if (limit === undefined) return work(signal);
      const late = { milliseconds: limit, error: () => new Error("late") };
      await runBounded({ signal, limit: late }, work).catch(() => undefined);
    },
  });
  const inputSchema = { type: "object", properties: { how: {}, milliseconds: {}, limit: {} } };
  const surface = { tools: [{ name: "wait", inputSchema }] };
  const server = defineServer({ calls: createContextCall, name: "s", version: "1", tools: [wait], surface });
  await main({ ...server, load: () => Promise.resolve(server) });`;

let file: string;
let server: ReturnType<typeof startServer>;

beforeAll(async () => {
  file = await bundleSample("listeners-test", program);
}, 60_000);

afterEach(() => void server.child.kill("SIGKILL"));

const failures = (): readonly Readonly<Record<string, unknown>>[] =>
  server.stderr
    .filter((line) => line.includes("a listener of the call's signal failed"))
    .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);

const post = (how: string, more: object): number =>
  server.post("tools/call", { name: "wait", arguments: { how, milliseconds: 400, ...more } });

test.each([
  ["thrown", 1],
  ["rejected", 1],
  ["onabort", 1],
  ["following", 1],
  ["twice", 2],
  ["child", 1],
] as const)("%s: the process and another call go on", async (how, count) => {
  server = startServer(file);
  await server.initialize();
  const another = post("none", {});
  // Cancelled by the client, by its own end, and by a limit of time within the call.
  const cancelled = post(how, { milliseconds: 600 });
  const [settled, limited] = [post(how, { milliseconds: 20 }), post(how, { milliseconds: 200, limit: 50 })];
  await server.until(() => server.stderr.filter((line) => line.includes('"waiting"')).length === 4);
  server.send({ jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId: cancelled } });
  for (const id of [settled, limited, another]) expect(await server.answerTo(id)).toHaveProperty("result.content");
  await server.until(() => failures().length === 3 * count);
  for (const line of failures()) expect(line).toMatchObject({ level: "error", tool: "wait" });
  expect(new Set(failures().map(({ requestId }) => requestId)).size).toBe(3);
  server.child.stdin.end();
  expect(await server.exited).toBe(0);
});

test("one function aborts all that functions get, so that no other way is forgotten", () => {
  const runtime = join(import.meta.dirname, "../../templates/runtime");
  const files = readdirSync(runtime, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".ts"));
  const aborting = files.filter((path) => /\bcontroller\??\.abort\(/i.test(readFileSync(join(runtime, path), "utf8")));
  expect(aborting.map((path) => path.replaceAll("\\", "/"))).toEqual(["call/scope.ts"]);
});
