// Functions in threads: the server stays awake meanwhile, a cancelled call ends its thread, failures are those that
// were thrown, and a thread that crashes takes nothing with it but its call.
import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { classifyError } from "../../../templates/runtime/errors/classify.js";

vi.hoisted(() => {
  process.env["LOG_LEVEL"] = "silent";
  process.env["WORKER_THREADS"] = "1";
});

const repository = join(import.meta.dirname, "../../..");
const folder = join(repository, "node_modules/.cache/mcpgen-test/workers");

let door: typeof import("./door.js");
let close: () => Promise<void>;

beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  await build({
    entryPoints: {
      server: join(import.meta.dirname, "door.ts"),
      workers: join(import.meta.dirname, "work.ts"),
      // A server without its workers.
      "alone/server": join(import.meta.dirname, "door.ts"),
    },
    outdir: folder,
    bundle: true,
    format: "esm",
    platform: "node",
    external: ["piscina", "pino"],
    logLevel: "error",
  });
  door = await load("server.js");
  close = door.countServer();
}, 60_000);

afterAll(() => close());

async function load(path: string): Promise<typeof import("./door.js")> {
  return (await import(pathToFileURL(join(folder, path)).href)) as typeof import("./door.js");
}

const call = async (tool: string, given: unknown[] = [], signal = new AbortController().signal): Promise<unknown> =>
  door.inWorker<(...given: unknown[]) => unknown>(tool, given, signal);

const failureOf = async (outcome: Promise<unknown>): Promise<unknown> =>
  outcome.then(
    (value) => expect.fail(`it gave ${String(value)}`),
    (error: unknown) => error,
  );

const sharedFlag = (): Int32Array => new Int32Array(new SharedArrayBuffer(4));

test("the event loop turns while a thread computes", async () => {
  const flag = sharedFlag();
  const computed = call("spin", [flag]);
  for (let ticks = 0; ticks < 20; ticks += 1) await new Promise((resolve) => setTimeout(resolve, 1));
  Atomics.store(flag, 0, 1);
  expect(await computed).toBeGreaterThan(0);
});

test("arguments and results are copied as they are", async () => {
  const values = [
    new Date(86_400_000),
    new Map<unknown, unknown>([[1n, new Set(["a"])]]),
    2n ** 70n,
    new Uint8Array([0, 255]),
    { nested: [undefined, null, -0, "é"] },
  ];
  expect(await call("echo", values)).toEqual(values);
});

test("a cancelled call fails at once with the reason, and its thread is ended", async () => {
  const before = await call("where");
  const controller = new AbortController();
  const endless = failureOf(call("spin", [], controller.signal));
  const waiting = call("where");
  // It has the one thread there is, so that the next call waits for it.
  await new Promise((resolve) => setTimeout(resolve, 50));
  const reason = new Error("nobody waits");
  controller.abort(reason);
  expect(await endless).toBe(reason);
  expect(await waiting).not.toBe(before);
});

test("a call that is cancelled while it waits never runs", async () => {
  const flag = sharedFlag();
  const first = call("spin", [flag]);
  const controller = new AbortController();
  const second = failureOf(call("exit", [1], controller.signal));
  controller.abort(new Error("changed my mind"));
  expect(await second).toMatchObject({ message: "changed my mind" });
  Atomics.store(flag, 0, 1);
  await first;
});

test.each([
  ["notFound", { kind: "notFound", exposed: true, message: "There is no such number." }],
  ["rateLimited", { kind: "rateLimited", exposed: true, message: "slow down", retryAfter: 7 }],
  ["unavailable", { kind: "unavailable", exposed: false, message: "no answer" }],
  ["timeout", { kind: "timeout", exposed: false, message: "too late" }],
  ["text", { kind: "bug", exposed: false, message: "only a text" }],
  ["nothing", { kind: "bug", exposed: false, message: "" }],
])("a failure is what was thrown: %s", async (kind, expected) => {
  const error = await failureOf(call("fail", [kind]));
  expect(classifyError(error)).toEqual(expected);
  expect(error).toBeInstanceOf(Error);
});

test("a failure has the stack and the name that it had", async () => {
  const error = await failureOf(call("fail", ["notFound"]));
  expect(error).toMatchObject({ name: "NotThere", stack: expect.stringContaining("workers.js") as string });
});

test.each([
  ["exits", "exit", [3], "process.exit(3) was called"],
  ["dies of an error that nobody catches", "strayError", [], "stray"],
  ["returns what cannot be copied", "uncopyable", [], "could not be copied"],
])("a thread that %s fails its call alone", async (_, tool, given, words) => {
  const lost = failureOf(call(tool, given));
  const next = call("echo", ["alive"]);
  const error = await lost;
  expect(classifyError(error)).toMatchObject({ kind: "bug", exposed: false });
  expect(error).toMatchObject({ message: expect.stringContaining(words) as string });
  expect(await next).toEqual(["alive"]);
});

test.each([
  ["a rejection that nobody awaits", "rejection", "nobody awaits this"],
  ["an exception in a timer", "exception", "nobody catches this"],
  ["an end of the process", "exit", "process.exit(4)"],
])("%s, left behind by a call, does not hit the next one and is logged", async (_, what, words) => {
  const logged = vi.spyOn(door.log, "error");
  const thread = await call("careless", [what]);
  expect(await call("careful")).toBe(thread);
  expect(await call("echo", ["alive"])).toEqual(["alive"]);
  const message = expect.stringContaining(words) as string;
  expect(logged.mock.calls.at(-1)?.[1]).toMatchObject({ worker: "careless", error: { message } });
});

test("arguments that cannot be copied fail their call alone", async () => {
  expect(await failureOf(call("echo", [() => 1]))).toMatchObject({
    message: expect.stringContaining("cloned") as string,
  });
  expect(await call("echo", ["alive"])).toEqual(["alive"]);
});

test("a full line refuses at once", async () => {
  const flag = sharedFlag();
  const running = [call("spin", [flag]), ...Array.from({ length: 256 }, () => call("where"))];
  const refused = await failureOf(call("where"));
  expect(refused).toMatchObject({ code: "OVERLOADED", message: expect.stringContaining("`where`") as string });
  expect(classifyError(refused)).toMatchObject({ kind: "overloaded", exposed: true });
  Atomics.store(flag, 0, 1);
  expect(new Set(await Promise.all(running)).size).toBe(1);
});

test("what is printed past the console, and children that inherit, leave stdin and stdout to the server", async () => {
  const main = join(folder, "greedy.js");
  writeFileSync(
    main,
    `import { countServer, inWorker } from "./server.js";
    const close = countServer();
    console.log(JSON.stringify(await inWorker("greedy", [], new AbortController().signal)));
    await close();`,
  );
  // Its stdin stays open: a child that had it would read for ever.
  const child = spawn(process.execPath, [main], { stdio: ["pipe", "pipe", "pipe"] });
  const [out, err] = await Promise.all([child.stdout.toArray(), child.stderr.toArray()]);
  expect(Buffer.concat(out as Buffer[]).toString()).toBe("0\n");
  expect(Buffer.concat(err as Buffer[]).toString()).toBe("by itself\nby a child\n");
}, 15_000);

test("threads end with the last server, and the next one gets others", async () => {
  const endless = failureOf(call("spin"));
  await new Promise((resolve) => setTimeout(resolve, 50));
  await close();
  expect(await endless).toBeInstanceOf(Error);
  close = door.countServer();
  expect(await call("echo", ["again"])).toEqual(["again"]);
});

test("a wrong number of threads, a missing bundle: the first call says so", async () => {
  const alone = await load("alone/server.js");
  const signal = new AbortController().signal;
  const stop = alone.countServer();
  process.env["WORKER_THREADS"] = "many";
  expect(await failureOf(alone.inWorker("where", [], signal))).toMatchObject({
    message: 'WORKER_THREADS is "many", not a number of threads.',
  });
  process.env["WORKER_THREADS"] = "1";
  expect(await failureOf(alone.inWorker("where", [], signal))).toMatchObject({
    message: expect.stringMatching(/alone.workers\.js is missing: build\.mjs has to bundle/) as string,
  });
  await stop();
});

test("a tool that the bundle has not is a failure like others", async () => {
  expect(await failureOf(call("toString"))).toMatchObject({
    message: "There is no worker `toString` in this build. Build the server again.",
  });
});
