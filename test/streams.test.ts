/**
 * Streams end to end: a million rows page by page over both transports, and a database's cursor that is closed whatever
 * ends its stream.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { startServer } from "./runtime/support/subprocess.js";
import { readCase } from "./support/fixtures/cases.js";
import { connectOver, runNode, serveHttp } from "./support/fixtures/process.js";
import { copyCase, emptySuite } from "./support/fixtures/workspace.js";
import { askMcpgen } from "./support/resident/ask.js";

const { folder } = copyCase(readCase("pattern-p07-stream"), emptySuite("streams"));
const server = join(folder, "server");

const source = `import type { Database } from "mcpgen";
import { setTimeout as wait } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

let pulled = 0;

/**
 * Rows of no table.
 * @stream page max=1000
 */
export async function* listRows(rows: number): AsyncGenerator<{ id: number; text: string }> {
  for (let id = 1; id <= rows; id += 1) {
    pulled += 1;
    yield { id, text: \`row \${id}\` };
  }
}

/**
 * Rows of no table, in a resource.
 * @stream resource ttl=1m
 */
export async function* exportRows(rows: number): AsyncGenerator<{ id: number; text: string }> {
  yield* listRows(rows);
}

/**
 * Rows of no table, which can begin after any of them.
 * @stream page size=3 key=id after=last
 */
export async function* listAgain(rows: number, last = 0): AsyncGenerator<{ id: number }> {
  for (let id = last + 1; id <= rows; id += 1) yield { id };
}

/** What listing has cost. */
export function measure(): { pulled: number; megabytes: number } {
  collectGarbage();
  return { pulled, megabytes: process.memoryUsage().heapUsed / 1e6 };
}

/**
 * Rows of the database, each after a while.
 * @stream page ttl=400ms
 */
export async function* listSlowly(rest: number, db: Database, signal: AbortSignal): AsyncGenerator<number> {
  try {
    for await (const { n } of db.stream<{ n: number }>("SELECT n FROM generate_series(1, 100000) AS n")) {
      yield n;
      if (rest > 0) await wait(rest, undefined, { signal });
    }
  } finally {
    console.error("the stream has ended");
  }
}

/** How many cursors the database has open. */
export async function countCursors(db: Database): Promise<number> {
  const found = await db.one<{ n: number }>("SELECT count(*) AS n FROM pg_cursors WHERE name LIKE 'cursor%'");
  return found?.n ?? -1;
}

/** Rows of the database, whose end says what is still open. */
export async function* listToTheEnd(db: Database): AsyncGenerator<number> {
  try {
    for await (const { n } of db.stream<{ n: number }>("SELECT n FROM generate_series(1, 100000) AS n")) yield n;
  } finally {
    console.error(\`cursors at the end: \${await countCursors(db)}\`);
  }
}
`;

beforeAll(() => {
  writeFileSync(join(folder, "src/more.ts"), source);
  const built = askMcpgen({ cwd: folder }, "build", "src", "--out", "server");
  expect(built, built.stderr).toMatchObject({ status: 0 });
  expect(runNode({ cwd: server }, "build.mjs")).toEqual({ status: 0, stdout: "", stderr: "" });
}, 60_000);

interface Page {
  readonly items: readonly { readonly id: number }[];
  readonly nextCursor?: string;
}

interface Spooled {
  readonly uri: string;
  readonly count: number;
  readonly truncated: boolean;
}

interface Measured {
  readonly pulled: number;
  readonly megabytes: number;
}

async function structureOf<T>(client: Client, name: string, args: object = {}): Promise<T> {
  const { structuredContent, content, isError } = await client.callTool({ name, arguments: { ...args } });
  expect(isError, JSON.stringify(content)).not.toBe(true);
  return structuredContent as T;
}

/** The official client checks each page against the output schema. */
async function listMillion(client: Client): Promise<void> {
  await client.listTools();
  const rows = 1_000_000;
  const sizes: number[] = [];
  let [delivered, cursor]: [number, string | undefined] = [0, undefined];
  do {
    const page: Page = await structureOf(client, "listRows", {
      rows,
      limit: 1_000,
      ...(cursor !== undefined && { cursor }),
    });
    expect(page.items[0]?.id).toBe(delivered + 1);
    delivered += page.items.length;
    cursor = page.nextCursor;
    if (delivered % 100_000 !== 0) continue;
    const { pulled, megabytes } = await structureOf<Measured>(client, "measure");
    expect(pulled).toBeLessThanOrEqual(delivered + 1);
    sizes.push(megabytes);
  } while (cursor !== undefined);
  expect(delivered).toBe(rows);
  const [first = 0] = sizes;
  expect(Math.max(...sizes.slice(1))).toBeLessThan(first + 5);
}

describe("a million rows, memory flat, no more pulled than delivered and one", () => {
  test("over stdio", { timeout: 120_000 }, async () => {
    const client = await connectOver(
      new StdioClientTransport({
        command: process.execPath,
        args: ["dist/server.js"],
        cwd: server,
        stderr: "pipe",
      }),
    );
    await listMillion(client);
    await client.close();
  });

  test("over HTTP; a cursor is of no use in another session", { timeout: 120_000 }, async () => {
    const { url, process: serving } = await serveHttp(server);
    try {
      const [client, other] = await Promise.all([1, 2].map(() => connectOver(new StreamableHTTPClientTransport(url))));
      if (!client || !other) return expect.unreachable();
      await listMillion(client);
      const { nextCursor } = await structureOf<Page>(client, "listRows", { rows: 500 });
      const foreign = await other.callTool({ name: "listRows", arguments: { rows: 500, cursor: nextCursor } });
      expect(foreign).toMatchObject({
        isError: true,
        content: [{ text: "This cursor was given to another caller. Call again without a cursor." }],
      });
      expect((await structureOf<Page>(client, "listRows", { rows: 500, cursor: nextCursor })).items).toHaveLength(100);
    } finally {
      serving.kill();
    }
  });
});

describe("a stream in a resource", () => {
  const linesOf = async (client: Client, uri: string): Promise<number> => {
    const [contents] = (await client.readResource({ uri })).contents;
    return contents && "text" in contents ? contents.text.trimEnd().split("\n").length : 0;
  };

  test("over stdio: it is read by its link, and no file is left when the server ends", async () => {
    const temporary = join(folder, "temporary");
    mkdirSync(temporary);
    const client = await connectOver(
      new StdioClientTransport({
        ...{ command: process.execPath, args: ["dist/server.js"], cwd: server, stderr: "pipe" },
        env: { PATH: process.env["PATH"] ?? "", TMPDIR: temporary },
      }),
    );
    expect(client.getServerCapabilities()).toMatchObject({ resources: {} });
    expect(await client.listResources()).toMatchObject({ resources: [] });
    const { uri, ...rest } = await structureOf<Spooled>(client, "exportRows", { rows: 200_000 });
    expect(rest).toEqual({ count: 100_000, truncated: true });
    expect(await linesOf(client, uri)).toBe(100_000);
    expect(readdirSync(temporary)).toHaveLength(1);
    await client.close();
    await vi.waitFor(() => expect(readdirSync(temporary)).toEqual([]), 5_000);
  });

  test(
    "over HTTP: other sessions and other replicas are refused, each by its reason",
    { timeout: 60_000 },
    async () => {
      const [{ url, process: serving }, replica] = await Promise.all([serveHttp(server), serveHttp(server)]);
      try {
        const [client, other, elsewhere] = await Promise.all(
          [url, url, replica.url].map((each) => connectOver(new StreamableHTTPClientTransport(each))),
        );
        if (!client || !other || !elsewhere) return expect.unreachable();
        const { uri } = await structureOf<Spooled>(client, "exportRows", { rows: 3 });
        await expect(other.readResource({ uri })).rejects.toThrow("This resource was written for another caller.");
        await expect(elsewhere.readResource({ uri })).rejects.toThrow("other replicas' are theirs alone");
        expect(await linesOf(client, uri)).toBe(3);
      } finally {
        serving.kill();
        replica.process.kill();
      }
    },
  );

  test("over HTTP without a handshake: the link is all that there is to know", { timeout: 60_000 }, async () => {
    const { url, process: serving } = await serveHttp(server);
    const ask = async (method: string, name: string, params: object): Promise<unknown> => {
      const meta = {
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientCapabilities": {},
      };
      const answer = await fetch(url, {
        method: "POST",
        headers: {
          ...{ "content-type": "application/json", accept: "application/json, text/event-stream" },
          ...{ "mcp-protocol-version": "2026-07-28", "mcp-method": method, "mcp-name": name },
        },
        body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params: { ...params, _meta: meta } }),
      });
      return answer.json();
    };
    try {
      const called = await ask("tools/call", "exportRows", { name: "exportRows", arguments: { rows: 2 } });
      const { structuredContent } = (called as { readonly result: { readonly structuredContent: Spooled } }).result;
      const { uri } = structuredContent;
      expect(await ask("resources/read", uri, { uri })).toMatchObject({
        result: {
          resultType: "complete",
          cacheScope: "private",
          contents: [{ uri, mimeType: "application/x-ndjson", text: expect.stringMatching(/^.+\n.+\n$/) as string }],
        },
      });
    } finally {
      serving.kill();
    }
  });
});

test("pages go on in another process that has the same key, and in no other", { timeout: 60_000 }, async () => {
  const within = async (key: string, use: (client: Client) => Promise<unknown>): Promise<void> => {
    const client = await connectOver(
      new StdioClientTransport({
        ...{ command: process.execPath, args: ["dist/server.js"], cwd: server, stderr: "pipe" },
        env: { PATH: process.env["PATH"] ?? "", MCP_STATE_KEY: key },
      }),
    );
    await use(client).finally(() => client.close());
  };
  const idsOf = ({ items }: Page): readonly number[] => items.map(({ id }) => id);
  let cursor: string | undefined;
  await within("secret", async (client) => {
    const page: Page = await structureOf(client, "listAgain", { rows: 7 });
    expect(idsOf(page)).toEqual([1, 2, 3]);
    cursor = page.nextCursor;
  });
  await within("secret", async (client) => {
    const second: Page = await structureOf(client, "listAgain", { rows: 7, cursor });
    const last: Page = await structureOf(client, "listAgain", { rows: 7, cursor: second.nextCursor });
    expect([idsOf(second), idsOf(last), last.nextCursor]).toEqual([[4, 5, 6], [7], undefined]);
  });
  await within("another", async (client) => {
    const refused = await client.callTool({ name: "listAgain", arguments: { rows: 7, cursor } });
    expect(refused).toMatchObject({
      isError: true,
      content: [{ text: expect.stringContaining("none that this") as string }],
    });
  });
});

describe("a cursor of the database", () => {
  let running: ReturnType<typeof startServer>;

  beforeAll(async () => {
    running = startServer(join(server, "dist/server.js"), {
      env: { DATABASE_URL: "", DATA_DIR: join(folder, "data") },
    });
    await running.initialize();
    // Starting the embedded database takes longer than other calls do.
    const id = running.post("tools/call", { name: "countCursors", arguments: {} });
    for (const end = Date.now() + 50_000; Date.now() < end && !running.messages().some((each) => each.id === id);)
      await new Promise((resolve) => setTimeout(resolve, 50));
    await until("countCursors", (text) => text === "0");
  }, 60_000);
  afterAll(() => void running.child.kill("SIGKILL"));

  const textOf = async (name: string, args: object = {}): Promise<string> => {
    const { result } = await running.call(name, args);
    return result.content.map(({ text }) => text).join("");
  };

  async function until(name: string, holds: (text: string) => boolean): Promise<void> {
    for (const end = Date.now() + 8_000; Date.now() < end;) {
      if (holds(await textOf(name))) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect.fail(`${name}: ${await textOf(name)}`);
  }

  test("stays open between two pages, and is closed when nobody asks for the next", async () => {
    expect(JSON.parse(await textOf("listSlowly", { rest: 0, limit: 2 }))).toMatchObject({ items: [1, 2] });
    expect(await textOf("countCursors")).toBe("1");
    await running.logged("the stream has ended");
    expect(await textOf("countCursors")).toBe("0");
  });

  test("is closed when the client cancels a page", async () => {
    const ended = running.stderr.filter((line) => line.includes("the stream has ended")).length;
    const id = running.post("tools/call", { name: "listSlowly", arguments: { rest: 60_000 } });
    await until("countCursors", (text) => text === "1");
    running.send({ jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId: id } });
    await until("countCursors", (text) => text === "0");
    expect(running.stderr.filter((line) => line.includes("the stream has ended"))).toHaveLength(ended + 1);
    expect(running.messages().some((message) => message.id === id)).toBe(false);
  });

  test("is closed when the server ends, which does not wait for the next page", async () => {
    expect(JSON.parse(await textOf("listToTheEnd", { limit: 1 }))).toMatchObject({ items: [1] });
    expect(await textOf("countCursors")).toBe("1");
    const began = Date.now();
    running.child.stdin.end();
    expect(await running.exited).toBe(0);
    expect(Date.now() - began).toBeLessThan(8_000);
    expect(running.stderr.join("\n")).toContain("cursors at the end: 0");
  });
});

test("a server without streams carries nothing of them", () => {
  const plain = copyCase(readCase("pattern-p08-backpressure"), emptySuite("no-streams"));
  expect(askMcpgen({ cwd: plain.folder }, "build", "src", "--out", "server")).toMatchObject({ status: 0 });
  const { files } = JSON.parse(readFileSync(join(plain.folder, "server/generated/manifest.json"), "utf8")) as {
    files: object;
  };
  expect(Object.keys(files).filter((path) => path.includes("runtime/streams/"))).toEqual([]);
  expect(Object.keys(files).length).toBeGreaterThan(10);
});
