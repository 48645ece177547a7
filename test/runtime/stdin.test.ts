// What functions and their children do to stdin, stdout and the process leaves the protocol alone.
import { afterEach, beforeAll, expect, test } from "vitest";
import { bundleSample, startServer, textOf } from "./support/subprocess.js";

const program = `
  import "./templates/runtime/lifecycle/stdout.js";
  import { execSync, spawn, spawnSync } from "node:child_process";
  import { createWriteStream, write, writeFileSync, writeSync } from "node:fs";
  import { stdin, exit } from "node:process";
  import { createInterface } from "node:readline";
  import { z } from "zod";
  import { main } from "./templates/runtime/entry/main.js";
  import { defineServer, defineTool } from "./templates/runtime/index.js";
  const greedy = "echo printed; cat > /dev/null";
  const ended = (child) => new Promise((resolve) => child.on("close", resolve));
  const works = {
    ok: () => "ok",
    prompt: () => { createInterface({ input: process.stdin }).close(); return "ok"; },
    destroyed: () => { process.stdin.pause(); process.stdin.destroy(); stdin.destroy(); return "ok"; },
    read: async () => { let text = ""; for await (const part of process.stdin) text += part; return "read:" + text; },
    inherit: async () => "ended:" + await ended(spawn("sh", ["-c", greedy], { stdio: "inherit" })),
    list: async () => "ended:" + await ended(spawn("sh", ["-c", greedy], { stdio: [0, 1, "inherit"] })),
    stream: async () => "ended:" + await ended(spawn("sh", ["-c", greedy], { stdio: [process.stdin, "inherit", 2] })),
    sync: () => { execSync(greedy, { stdio: "inherit" }); return "ended:" + spawnSync("sh", ["-c", greedy], { stdio: "inherit" }).status; },
    piped: () => String(execSync("cat", { input: "given" })),
    descriptor: async () => {
      writeSync(1, "printed\\n");
      writeFileSync(1, "printed\\n");
      await new Promise((resolve) => write(1, "printed\\n", resolve));
      await new Promise((resolve) => createWriteStream("", { fd: 1, autoClose: false }).write("printed\\n", resolve));
      return "ok";
    },
    closed: async () => {
      process.stdout.cork();
      await new Promise((resolve) => process.stdout.end("printed\\n", resolve));
      process.stdout.destroy();
      return "ok";
    },
    exitsAfter: () => { setTimeout(() => exit(3), 50); return "ok"; },
    exits: () => process.exit(3),
    exitsLater: async () => { setTimeout(() => exit(3)); await new Promise((resolve) => setTimeout(resolve, 50)); return "ok"; },
  };
  const names = Object.keys(works);
  const tools = names.map((name) => defineTool({ name, input: z.strictObject({}), result: "text", call: works[name] }));
  const surface = { tools: names.map((name) => ({ name, inputSchema: { type: "object" } })) };
  const server = defineServer({ name: "test", version: "1", tools, surface });
  await main({ ...server, load: () => Promise.resolve(server) });`;

let file: string;
let server: ReturnType<typeof startServer>;

beforeAll(async () => {
  file = await bundleSample("stdin-test", program);
}, 60_000);

afterEach(() => void server.child.kill("SIGKILL"));

test.each([
  ["prompt", "ok"],
  ["destroyed", "ok"],
  ["read", "read:"],
  ["inherit", "ended:0"],
  ["list", "ended:0"],
  ["stream", "ended:0"],
  ["sync", "ended:0"],
  ["piped", "given"],
  ["descriptor", "ok"],
  ["closed", "ok"],
  ["exits", "failed unexpectedly"],
  ["exitsLater", "ok"],
])(
  "%s",
  async (tool, words) => {
    server = startServer(file);
    await server.initialize();
    expect(textOf(await server.call(tool))).toContain(words);
    expect(textOf(await server.call("ok"))).toBe("ok");
    // Each line is a message.
    expect(server.messages().length).toBeGreaterThan(2);
    if (tool.startsWith("exits"))
      expect(await server.logged("a tool called process.exit")).toContain(`"tool":"${tool}"`);
    server.child.stdin.end();
    expect(await server.exited).toBe(0);
  },
  15_000,
);

test("an exit after the call is told in the log, and by whom", async () => {
  server = startServer(file);
  await server.initialize();
  expect(textOf(await server.call("exitsAfter"))).toBe("ok");
  expect(await server.exited).toBe(3);
  const line = server.stderr.find((text) => text.includes("process.exit was called outside of calls"));
  expect(JSON.parse(line ?? "{}")).toMatchObject({ level: "warn", code: 3 });
  expect(line).toContain("stdin-test");
});
