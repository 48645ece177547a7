// `npm run dev`: the watcher of a generated project, and the server that it starts.
import { spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, expect, test } from "vitest";

const module = pathToFileURL(join(import.meta.dirname, "../../templates/build/watch.mjs")).href;

/** A watcher of a server that says its process id; each line that it reads is a change. */
const program = `
  import { spawn } from "node:child_process";
  import { watchServer } from ${JSON.stringify(module)};
  const server = "console.log(process.pid); setInterval(() => undefined, 1000)";
  const watched = watchServer(() => spawn(process.execPath, ["-e", server], { stdio: ["ignore", "inherit", "inherit"] }));
  watched.restart();
  process.stdin.on("data", () => watched.restart());`;

let watcher: ChildProcess | undefined;
afterEach(() => void watcher?.kill("SIGTERM"));

function watch() {
  const child = spawn(process.execPath, ["--input-type=module", "-e", program], { stdio: "pipe" });
  watcher = child;
  let printed = "";
  let said = "";
  child.stdout.on("data", (text) => (printed += String(text)));
  child.stderr.on("data", (text) => (said += String(text)));
  const servers = (): number[] => printed.split("\n").filter(Boolean).map(Number);
  return {
    child,
    change: () => child.stdin.write("x"),
    nth: (n: number) =>
      expect
        .poll(() => servers()[n - 1], { timeout: 8_000 })
        .toBeTypeOf("number")
        .then(() => servers()[n - 1] ?? 0),
    said: () => said,
    servers,
  };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test.each(["SIGKILL", "SIGTERM", "SIGABRT"] as const)(
  "a change starts a server again that %s has ended",
  async (signal) => {
    const watching = watch();
    process.kill(await watching.nth(1), signal);
    await expect.poll(watching.said).toContain(`(${signal})`);
    watching.change();
    expect(isAlive(await watching.nth(2))).toBe(true);
  },
  20_000,
);

test("a change ends the server that runs; several changes meanwhile start one", async () => {
  const watching = watch();
  const first = await watching.nth(1);
  for (let i = 0; i < 3; i += 1) watching.change();
  await watching.nth(2);
  expect(isAlive(first)).toBe(false);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(watching.servers().filter(isAlive)).toHaveLength(1);
}, 20_000);

test.each([
  ["SIGTERM", 143],
  ["SIGINT", 130],
  ["SIGHUP", 129],
] as const)(
  "%s to the watcher ends its server",
  async (signal, code) => {
    const watching = watch();
    const server = await watching.nth(1);
    const ended = new Promise((resolve) => watching.child.once("exit", resolve));
    watching.child.kill(signal);
    expect(await ended).toBe(code);
    expect(isAlive(server)).toBe(false);
  },
  20_000,
);
