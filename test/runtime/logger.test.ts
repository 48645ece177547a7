// The log of a process: what is written when, and that nothing it is given can do harm.
import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const cache = join(root, "node_modules/.cache/mcpgen-test");

interface Line extends Readonly<Record<string, unknown>> {
  readonly level: string;
  readonly msg: string;
}

/** Runs a program that has `log`, and returns the lines of its stderr. */
async function run(program: string, env: Record<string, string> = {}): Promise<readonly Line[]> {
  mkdirSync(cache, { recursive: true });
  const entry = join(cache, `logger-${String(process.pid)}-${String(Math.random()).slice(2)}`);
  const contents = `import { log } from "./templates/runtime/logging/logger.js";\n${program}`;
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root, loader: "ts" },
    write: false,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
  });
  writeFileSync(`${entry}.mjs`, outputFiles[0]?.text ?? "");
  const child = spawn(process.execPath, [`${entry}.mjs`], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [stdout, stderr] = await Promise.all([child.stdout.toArray(), child.stderr.toArray()]);
  expect(stdout.join("")).toBe("");
  const lines = stderr
    .join("")
    .split("\n")
    .filter((line) => line !== "");
  return lines.map((line) => JSON.parse(line) as Line);
}

test("lines keep their order, whether pino is there yet or not", async () => {
  const lines = await run(`
    for (let i = 0; i < 3; i += 1) log.info("early " + i);
    await new Promise((resolve) => setTimeout(resolve, 300));
    log.warn("late", { a: 1 });
    log.child({ part: "x" }).error("child", { b: [1n] });`);
  expect(lines.map(({ msg }) => msg)).toEqual(["early 0", "early 1", "early 2", "late", "child"]);
  expect(lines.map(({ level }) => level)).toEqual(["info", "info", "info", "warn", "error"]);
  expect(lines[3]).toEqual({ level: "warn", time: expect.stringMatching(/^\d{4}-.*Z$/) as string, a: 1, msg: "late" });
  expect(lines[4]).toMatchObject({ part: "x", b: ["1"] });
});

test.each([
  ["process.exit", "process.exit(0)"],
  ["an exception", "throw new Error('x')"],
])("lines that wait for pino are written when the process ends by %s", async (_how, end) => {
  const lines = run(
    `log.info("first"); log.error("last words", { password: "x" }); process.on("uncaughtException", () => process.exit(1)); ${end};`,
  );
  expect((await lines).map(({ msg }) => msg)).toEqual(["first", "last words"]);
  expect((await lines)[1]).toMatchObject({ password: "[redacted]" });
});

test("a flood of lines before pino is there is neither lost nor kept in memory", async () => {
  const lines = await run(`for (let i = 0; i < 5_000; i += 1) log.info(String(i));`);
  expect(lines.map(({ msg }) => msg)).toEqual(Array.from({ length: 5_000 }, (_, index) => String(index)));
});

test("nothing that is logged can throw, or take the place of the line's own fields", async () => {
  const lines = await run(`
    const hostile = new Proxy({}, { ownKeys() { throw new Error("trap"); }, get() { throw new Error("trap"); } });
    log.info("fields", { get trap() { throw new Error("trap"); } });
    log.info("taken", { level: "x", time: "x", msg: "x", requestId: "x", hostile });
    log.info("own", hostile);
    log.info({ toString() { throw new Error("trap"); } });
    log.info(undefined);
    log.info("line\\nbreak", { text: "a\\u2028b" });
    log.info("url https://a:b@c/d");`);
  expect(lines.map(({ msg }) => msg)).toEqual([
    "fields",
    "taken",
    "own",
    "[unreadable]",
    "undefined",
    "line\nbreak",
    "url https://[redacted]@c/d",
  ]);
  expect(lines[0]).toMatchObject({ level: "info", fields: "[unreadable]" });
  expect(lines[1]).toMatchObject({ level: "info", level_: "x", msg: "taken", msg_: "x", hostile: "[unreadable]" });
  expect(lines[5]).not.toHaveProperty("fields");
});

test.each([
  ["debug", ["debug", "info", "warn", "error"]],
  ["", ["info", "warn", "error"]],
  ["WARN", ["warn", "error"]],
  ["silent", []],
  ["nonsense", ["info", "warn", "error"]],
])("LOG_LEVEL=%j", async (level, written) => {
  const lines = await run(`for (const level of ["debug", "info", "warn", "error"]) log[level](level);`, {
    LOG_LEVEL: level,
  });
  expect(lines.map(({ msg }) => msg)).toEqual(written);
});
