/** Functions in threads, in a server as it is deployed: it answers meanwhile, survives them, and ends with its client. */
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeAll, expect, test } from "vitest";
import { startServer, textOf } from "./runtime/support/subprocess.js";
import { readCase } from "./support/fixtures/cases.js";
import { runNode } from "./support/fixtures/process.js";
import { copyCase, emptySuite } from "./support/fixtures/workspace.js";
import { askMcpgen } from "./support/resident/ask.js";

const { folder, output } = copyCase(readCase("worker-primes"), emptySuite("workers"));
let server: ReturnType<typeof startServer>;

const trouble = `
let calls = 0;
/** How often it was called. */
export function count(): number {
  calls += 1;
  return calls;
}
/**
 * Never ends.
 * @worker
 */
export function spin(): void {
  console.log("spinning");
  for (;;);
}
/**
 * Never ends, but has no time to.
 * @worker
 * @timeout total=500ms
 */
export function hurry(): void {
  for (;;);
}
/**
 * Takes all the memory there is.
 * @worker
 */
export function hoard(): number {
  const all: number[][] = [];
  for (;;) all.push(new Array<number>(100_000).fill(all.length));
}
/**
 * Takes the process for its own.
 * @worker
 */
export function quit(): void {
  process.stdout.write("leaving");
  process.exit(0);
}
`;

beforeAll(() => {
  writeFileSync(join(folder, "src/trouble.ts"), trouble);
  expect(askMcpgen({ cwd: folder }, "build", "src", "--out", "server")).toMatchObject({ status: 0 });
  expect(runNode({ cwd: output }, "build.mjs", "--test")).toMatchObject({ status: 0 });
  expect(runNode({ cwd: output }, "build.mjs")).toEqual({ status: 0, stdout: "", stderr: "" });
  // Nothing may be missing from the bundles.
  rmSync(join(output, "generated"), { recursive: true });
  server = startServer(join(output, "dist/server.js"), {
    env: { LOG_LEVEL: "error", WORKER_THREADS: "1", NODE_OPTIONS: "--max-old-space-size=64" },
  });
}, 120_000);

afterEach(() => server.child.kill("SIGKILL"));

test("answers, is cancelled, runs out of time, crashes, runs out of memory, ends; and says nothing on stdout but answers", async () => {
  await server.initialize();
  expect(textOf(await server.call("countPrimes", { limit: 1_000 }))).toBe("168");

  const endless = server.post("tools/call", { name: "spin", arguments: {} });
  await server.logged("spinning");
  expect(textOf(await server.call("count"))).toBe("1");
  const waiting = server.post("tools/call", { name: "factorize", arguments: { number: "12" } });
  server.send({ jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId: endless } });
  expect(textOf(await server.answerTo(waiting))).toBe('{"primes":[["2",2],["3",1]]}');

  expect(textOf(await server.call("hurry"))).toContain("did not finish within 500 ms and was stopped");

  for (const [tool, line, words] of [
    ["quit", "process.exit(0) was called in a tool", "cannot end its thread"],
    ["hoard", "`hoard` was lost with its thread", "memory"],
  ] as const) {
    const lost = await server.call(tool);
    expect(textOf(lost)).toMatch(new RegExp(`^\`${tool}\` failed unexpectedly \\(request [\\w-]+\\)\\.`));
    expect(await server.logged(line)).toContain(words);
    expect(textOf(await server.call("countPrimes", { limit: 100 }))).toBe("25");
  }

  expect(server.messages().map(({ id }) => id)).not.toContain(endless);
  server.child.stdin.end();
  expect(await server.exited).toBe(0);
}, 60_000);
