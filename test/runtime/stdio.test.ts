// A real process over stdin and stdout: the protocol, the purity of stdout, the end of the process.
import { execFileSync, spawn } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { bundleSample, startServer, textOf } from "./support/subprocess.js";

let file: string;
let started: ReturnType<typeof startServer>[] = [];

beforeAll(async () => {
  file = await bundleSample("stdio-test");
}, 60_000);

afterEach(() => {
  for (const { child } of started) child.kill("SIGKILL");
  started = [];
});

function start(env: Record<string, string> = {}) {
  const server = startServer(file, { env });
  started.push(server);
  return server;
}

test("the official client", async () => {
  const client = new Client({ name: "test", version: "1" });
  await client.connect(new StdioClientTransport({ command: process.execPath, args: [file], stderr: "ignore" }));
  expect((await client.listTools()).tools).toHaveLength(11);
  expect(await client.callTool({ name: "add", arguments: { a: 2 } })).toEqual({
    content: [{ type: "text", text: "3" }],
  });
  await client.close();
});

test("a client that does not read stderr is answered, and the process ends", async () => {
  for (const end of ["EOF", "SIGTERM"]) {
    const server = start({ LOG_LEVEL: "debug" });
    server.child.stderr.pause();
    await server.initialize();
    // More than the pipe and all buffers on the way take: each call that is refused is logged.
    for (let i = 0; i < 30; i += 1)
      await Promise.all(Array.from({ length: 10 }, () => server.call("fail", { how: "plain" })));
    if (end === "EOF") server.child.stdin.end();
    else server.child.kill("SIGTERM");
    const exit = new Promise((resolve) => server.child.once("exit", (code) => resolve(code)));
    expect(await exit).toBe(0);
  }
}, 60_000);

describe("the protocol", () => {
  test("negotiates: the asked version when known, else the latest", async () => {
    const server = start();
    const older = await server.request("initialize", {
      protocolVersion: "2025-06-18",
      capabilities: {},
      clientInfo: { name: "x", version: "1" },
    });
    expect(older.result).toEqual({
      protocolVersion: "2025-06-18",
      capabilities: { tools: {} },
      serverInfo: { name: "sample", version: "1.2.3" },
    });
    const unknown = await server.request("initialize", {
      protocolVersion: "2099-01-01",
      capabilities: {},
      clientInfo: { name: "x", version: "1" },
    });
    expect(unknown.result.protocolVersion).toBe("2025-11-25");
  });

  test.each([
    ["not JSON", "{ nope", null, -32_700],
    ["a number", "5", null, -32_600],
    ["a batch", '[{"jsonrpc":"2.0","id":9,"method":"ping"}]', null, -32_600],
    ["no method", '{"jsonrpc":"2.0","id":"a"}', "a", -32_600],
    ["no version", '{"id":9,"method":"ping"}', 9, -32_600],
    ["a null id", '{"jsonrpc":"2.0","id":null,"method":"ping"}', null, -32_600],
    ["a fraction as id", '{"jsonrpc":"2.0","id":1.5,"method":"ping"}', 1.5, -32_600],
    ["positional parameters", '{"jsonrpc":"2.0","id":9,"method":"ping","params":[1]}', 9, -32_600],
    ["an unknown method", '{"jsonrpc":"2.0","id":9,"method":"nope"}', 9, -32_601],
    ["a method named as a member of objects", '{"jsonrpc":"2.0","id":9,"method":"constructor"}', 9, -32_601],
    ["an unknown tool", '{"jsonrpc":"2.0","id":9,"method":"tools/call","params":{"name":"nope"}}', 9, -32_602],
    ["an incomplete initialize", '{"jsonrpc":"2.0","id":9,"method":"initialize","params":{}}', 9, -32_602],
    ["meta data that is none", '{"jsonrpc":"2.0","id":9,"method":"ping","params":{"_meta":5}}', 9, -32_600],
    [
      "a progress token that is none",
      '{"jsonrpc":"2.0","id":9,"method":"ping","params":{"_meta":{"progressToken":{}}}}',
      9,
      -32_600,
    ],
    ["no tool name", '{"jsonrpc":"2.0","id":9,"method":"tools/call"}', 9, -32_602],
    ["a cursor that is no string", '{"jsonrpc":"2.0","id":9,"method":"tools/list","params":{"cursor":7}}', 9, -32_602],
    ["an unknown cursor", '{"jsonrpc":"2.0","id":9,"method":"tools/list","params":{"cursor":"x"}}', 9, -32_602],
    ["a line of 17 MB", `"${"x".repeat(17_000_000)}"`, null, -32_600],
  ])("%s is refused, and the server goes on", async (_what, line, id, code) => {
    const server = start();
    await server.initialize();
    server.send(line);
    const refusal = await server.answerTo(id);
    expect(refusal).toMatchObject({ jsonrpc: "2.0", id, error: { code } });
    expect((await server.call("add", { a: 1 })).result.content).toEqual([{ type: "text", text: "2" }]);
  });

  test("empty lines, CRLF, a byte order mark, messages cut anywhere, several in one chunk", async () => {
    const server = start();
    await server.initialize();
    const call = JSON.stringify({
      jsonrpc: "2.0",
      id: "ü",
      method: "tools/call",
      params: { name: "fail", arguments: { how: "ß😀" } },
    });
    const bytes = Buffer.from(`\n\r\n${call}\r\n{"jsonrpc":"2.0","id":"p","method":"ping"}\n`);
    for (const byte of bytes) server.child.stdin.write(Buffer.from([byte]));
    expect(textOf(await server.answerTo("ü"))).toContain('got "ß😀"');
    expect((await server.answerTo("p")).result).toEqual({});
  });

  test("notifications and responses get no answer", async () => {
    const server = start();
    await server.initialize();
    server.send({ jsonrpc: "2.0", method: "notifications/unknown" });
    server.send({ jsonrpc: "2.0", id: 77, result: {} });
    await server.request("ping");
    expect(server.stdout).toHaveLength(2);
  });
});

describe("stdout", () => {
  test("carries only the protocol; the rest goes to stderr", async () => {
    const server = start();
    await server.initialize();
    await server.call("noisy");
    for (const message of server.messages()) expect(message).toMatchObject({ jsonrpc: "2.0" });
    expect(server.stdout).toHaveLength(2);
    for (const what of ["at start", "log", "info", "debug", "write"]) await server.logged(`noise ${what}`);
    await server.logged("noise: 'dir'");
    await server.logged("'table'");
  });
});

describe("cancellation", () => {
  test("aborts the signal and leaves the request unanswered", async () => {
    const server = start();
    await server.initialize();
    const id = server.post("tools/call", { name: "wait", arguments: { milliseconds: 60_000 } });
    await server.logged("waiting");
    server.send({ jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId: id, reason: "enough" } });
    expect(JSON.parse(await server.logged("signal aborted"))).toMatchObject({ tool: "wait" });
    await server.request("ping");
    expect(server.messages().some((message) => message.id === id)).toBe(false);
    expect(server.stderr.join("\n")).not.toContain("tool failed");
  });
});

describe("the end", () => {
  test("EOF ends an idle server at once, with 0", async () => {
    const server = start();
    await server.initialize();
    const before = Date.now();
    server.child.stdin.end();
    expect(await server.exited).toBe(0);
    expect(Date.now() - before).toBeLessThan(1_000);
  });

  test.each(["EOF", "SIGTERM", "SIGINT", "SIGHUP"] as const)(
    "%s lets running calls and background work finish",
    async (how) => {
      const server = start();
      await server.initialize();
      await server.call("background");
      const id = server.post("tools/call", { name: "wait", arguments: { milliseconds: 400 } });
      await server.logged("waiting");
      if (how === "EOF") server.child.stdin.end();
      else server.child.kill(how);
      expect(await server.exited).toBe(0);
      expect(server.messages().find((message) => message.id === id)).toMatchObject({ result: { content: [] } });
      expect(server.stderr.join("\n")).toContain("background done");
      expect(server.stderr.join("\n")).toContain("background broke");
    },
  );

  test.skipIf(process.platform === "win32")(
    "a parent that is killed ends it, though its input stays open",
    async () => {
      const fifo = join(mkdtempSync(join(tmpdir(), "stdio-test-")), "input");
      execFileSync("mkfifo", [fifo]);
      const input = openSync(fifo, "r+");
      writeSync(input, `${JSON.stringify({ jsonrpc: "2.0", id: 1, method: "ping" })}\n`);
      const command = 'exec 3<&0; "$0" "$1" <&3 & wait';
      const parent = spawn("sh", ["-c", command, process.execPath, file], { stdio: [input, "pipe", "inherit"] });
      let answered = "";
      for await (const text of parent.stdout ?? []) {
        answered += String(text);
        // This process has its input open, and waits for the end of its output.
        parent.kill("SIGKILL");
      }
      closeSync(input);
      rmSync(dirname(fifo), { recursive: true });
      expect(answered).toBe('{"jsonrpc":"2.0","id":1,"result":{}}\n');
    },
  );

  test("requests piped in before EOF are all answered", async () => {
    const server = start();
    for (let count = 0; count < 200; count += 1)
      server.post("tools/call", { name: "big", arguments: { size: 50_000 } });
    server.child.stdin.end();
    expect(await server.exited).toBe(0);
    expect(server.messages()).toHaveLength(200);
  });

  test.each([
    ["SIGTERM", 143],
    ["SIGINT", 130],
    ["SIGHUP", 129],
  ] as const)("a second %s ends it at once", async (signal, code) => {
    const server = start();
    await server.initialize();
    server.post("tools/call", { name: "wait", arguments: { milliseconds: 60_000 } });
    await server.logged("waiting");
    server.child.kill(signal);
    await new Promise((resolve) => setTimeout(resolve, 100));
    server.child.kill(signal);
    expect(await server.exited).toBe(code);
  });

  test("what cannot be closed is logged, and the process ends all the same", async () => {
    const contents = `
      import { closeWithProcess } from "./templates/runtime/lifecycle/shutdown.js";
      closeWithProcess(() => Promise.reject(new Error("the disk is gone")));
      setInterval(() => {}, 1_000);
      console.error("ready");`;
    const server = startServer(await bundleSample("close-fails", contents));
    started.push(server);
    await server.logged("ready");
    server.child.kill("SIGTERM");
    expect(await server.exited).toBe(0);
    expect(server.stderr.join("\n")).toContain("the disk is gone");
  });

  test("a signal after EOF aborts what still runs", async () => {
    const server = start();
    await server.initialize();
    const id = server.post("tools/call", { name: "wait", arguments: { milliseconds: 60_000 } });
    await server.logged("waiting");
    server.child.stdin.end();
    await new Promise((resolve) => setTimeout(resolve, 100));
    server.child.kill("SIGTERM");
    expect(await server.exited).toBe(0);
    expect(server.messages().find((message) => message.id === id)).toMatchObject({ result: { isError: true } });
  });

  test("an unhandled rejection is logged and survived", async () => {
    const server = start();
    await server.initialize();
    await server.call("reject");
    await server.logged("nobody awaits me");
    expect((await server.call("add", { a: 1 })).result.isError).toBeUndefined();
  });

  test("an uncaught exception is logged; running calls finish, the exit code is 1", async () => {
    const server = start();
    await server.initialize();
    const id = server.post("tools/call", { name: "wait", arguments: { milliseconds: 300 } });
    await server.logged("waiting");
    server.post("tools/call", { name: "crash", arguments: {} });
    expect(await server.exited).toBe(1);
    expect(server.stderr.join("\n")).toContain("thrown in a timer");
    expect(server.messages().find((message) => message.id === id)).toMatchObject({ result: { content: [] } });
  });

  test("nor does one that has closed our input before it reads", async () => {
    const server = start();
    await server.initialize();
    server.child.stdout.pause();
    for (let count = 0; count < 40; count += 1)
      server.post("tools/call", { name: "big", arguments: { size: 100_000 } });
    await new Promise((resolve) => setTimeout(resolve, 500));
    server.child.stdin.end();
    const code = await new Promise((resolve) => server.child.once("exit", resolve));
    expect(code).toBe(0);
    server.child.stdout.resume();
  }, 60_000);

  test("a client that stops reading does not keep the process", async () => {
    const server = start();
    await server.initialize();
    server.child.stdout.destroy();
    server.post("tools/call", { name: "add", arguments: { a: 1 } });
    expect(await server.exited).toBe(0);
  });

  test("one that has closed stdout, and not stdin, is as gone: what is made is closed", async () => {
    const server = start({ LOG_LEVEL: "debug" });
    await server.initialize();
    server.child.stdout.destroy();
    await new Promise((resolve) => setTimeout(resolve, 100));
    server.post("ping");
    await server.logged("shutting down");
    expect(await server.exited).toBe(0);
  });

  test("one that keeps stdout open, and reads nothing, does not keep the process", async () => {
    const server = start();
    await server.initialize();
    server.child.stdout.pause();
    for (let count = 0; count < 4; count += 1) server.post("tools/call", { name: "big", arguments: { size: 90_000 } });
    await new Promise((resolve) => setTimeout(resolve, 200));
    server.child.kill("SIGTERM");
    expect(await server.exited).toBe(0);
  });
});

describe("the log", () => {
  test("is JSON lines with the id of the request they are written in, for a hundred calls at once", async () => {
    const server = start();
    await server.initialize();
    const ids = Array.from({ length: 100 }, (_, index) =>
      server.post("tools/call", { name: "whoami", arguments: { milliseconds: (index * 7) % 50 } }),
    );
    const answers = await Promise.all(ids.map((id) => server.answerTo(id)));
    const given = new Set(answers.map((answer) => answer.result.structuredContent["first"]));
    expect(given.size).toBe(100);
    await server.until(() => server.stderr.filter((line) => line.includes("awake")).length === 100);
    const lines = server.stderr
      .filter((line) => line.includes("awake"))
      .map((line) => JSON.parse(line) as Record<string, string>);
    for (const line of lines) expect(line["requestId"]).toBe(line["given"]);
    expect(new Set(lines.map((line) => line["requestId"]))).toEqual(given);
    expect(lines[0]).toMatchObject({ level: "info", tool: "whoami", msg: "awake" });
  });

  test("obeys LOG_LEVEL", async () => {
    const server = start({ LOG_LEVEL: "silent" });
    await server.initialize();
    await server.call("whoami", { milliseconds: 1 });
    await server.call("fail", { how: "plain" });
    server.child.stdin.end();
    await server.exited;
    expect(server.stderr).toEqual(["noise at start"]);
  });

  test.each([
    ["verbose", true],
    [" Warn ", false],
  ])("says once that LOG_LEVEL %j is unknown, where it is (%s)", async (level, isUnknown) => {
    const server = start({ LOG_LEVEL: level });
    await server.initialize();
    await server.call("whoami", { milliseconds: 1 });
    server.child.stdin.end();
    await server.exited;
    const problem = 'LOG_LEVEL is \\"verbose\\", which is none of trace, debug, info, warn, error, fatal, silent';
    expect(server.stderr.filter((line) => line.includes(problem))).toHaveLength(isUnknown ? 1 : 0);
    expect(server.stderr.filter((line) => line.includes("awake"))).toHaveLength(isUnknown ? 1 : 0);
  });

  test("keeps the secrets of errors, and the client learns neither message nor stack", async () => {
    const server = start();
    await server.initialize();
    const answer = await server.call("fail", { how: "plain" });
    const text = textOf(answer);
    expect(text).toMatch(/^`fail` failed unexpectedly \(request [0-9a-f-]{36}\)\. The cause is in the server's log\.$/);
    const line = await server.logged("tool failed");
    expect(text).toContain((JSON.parse(line) as { requestId: string }).requestId);
    expect(line).toContain("connect failed: postgres://[redacted]@10.0.0.5/main");
    expect(line).toContain("stack");
    expect(server.stderr.join("\n")).not.toContain("hunter2");
  });
});
