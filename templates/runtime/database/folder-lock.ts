// One process at a time on a data folder: who holds it listens on a socket in it. The socket falls silent with its
// process, however that ends, and in whatever container it ran; a silent one is taken over.
import { createHash } from "node:crypto";
import { mkdir, realpath, rename, rm, stat } from "node:fs/promises";
import { connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

type Unlock = () => Promise<void>;

/** Longer paths are cut off by the system. */
const maxPathBytes = 100;
const answerMilliseconds = 1_000;
const attempts = 5;

/** Rejects when another process holds it. */
export async function lockFolder(folder: string): Promise<Unlock> {
  await mkdir(folder, { recursive: true });
  const path = await socketPath(folder);
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const before = await inodeOf(path);
    const server = await listen(path);
    if (server) return async () => new Promise((resolve) => server.close(() => resolve()));
    const holder = await askHolder(path);
    if (holder !== undefined) throw inUse(holder);
    await clear(path, before);
  }
  throw inUse("");
}

async function socketPath(folder: string): Promise<string> {
  const name = createHash("sha256")
    .update(await realpath(folder))
    .digest("hex")
    .slice(0, 16);
  if (process.platform === "win32") return `\\\\.\\pipe\\mcp-data-${name}`;
  const path = join(folder, "lock");
  return Buffer.byteLength(path) <= maxPathBytes ? path : join(tmpdir(), `mcp-data-${name}`);
}

/** Undefined when the path is taken. It does not keep the process alive. */
async function listen(path: string): Promise<Server | undefined> {
  const server = createServer((socket) => socket.on("error", () => undefined).end(String(process.pid)));
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE") resolve(undefined);
      else reject(error);
    });
    server.listen(path, () => resolve(server.unref()));
  });
}

/** The process that holds it, empty when it does not say; undefined when there is none. */
async function askHolder(path: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    let answer: string | undefined;
    const socket = connect(path)
      .setTimeout(answerMilliseconds, () => socket.destroy())
      .on("connect", () => (answer = ""))
      .on("data", (data) => (answer = `${answer ?? ""}${data.toString()}`))
      .on("error", () => undefined)
      .on("close", () => resolve(answer));
  });
}

/** Takes a silent socket away, unless another process has just put its own in the place. */
async function clear(path: string, silent: number | undefined): Promise<void> {
  const aside = `${path}-${process.pid}`;
  const moved = await rename(path, aside).then(
    () => true,
    () => false,
  );
  if (!moved) return;
  if ((await inodeOf(aside)) === silent) await rm(aside, { force: true });
  else await rename(aside, path);
}

async function inodeOf(path: string): Promise<number | undefined> {
  return stat(path).then(
    ({ ino }) => ino,
    (): undefined => undefined,
  );
}

function inUse(holder: string): Error {
  const who = holder === "" ? "another process" : `another process (${holder})`;
  const message = `The embedded database is in use by ${who}, and only one at a time can open it. With DATABASE_URL several can share a PostgreSQL server.`;
  return Object.assign(new Error(message), { status: 503, expose: true, code: "EBUSY" });
}
