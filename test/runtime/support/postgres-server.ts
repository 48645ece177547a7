// A PostgreSQL server of the test's own: its folder, its port, its end. Where the program is missing, tests skip.
import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { chownSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";

const programs = findPrograms();

/** Where PostgreSQL is not installed, its tests are skipped; on CI they fail instead. */
export const hasPostgres = programs !== undefined || process.env["CI"] === "true";

export interface PostgresServer {
  readonly url: string;
  /** As a crash would. */
  kill(): Promise<void>;
  /** On the same files and port. */
  start(): Promise<void>;
  /** Ends it and takes its folder away. */
  remove(): Promise<void>;
}

export async function startPostgres(): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), "mcpgen-postgres-"));
  const owner = ownerOfFiles();
  chownSync(folder, owner.uid, owner.gid);
  const data = join(folder, "data");
  const bin = programs ?? "";
  const args = ["-D", data, "-U", "tester", "--auth=trust", "--no-sync", "--no-locale", "-E", "UTF8"];
  execFileSync(join(bin, "initdb"), args, { ...owner, cwd: folder, stdio: "ignore" });
  const port = await freePort();
  const url = `postgres://tester:hidden-word@127.0.0.1:${port}/postgres`;
  let child: ChildProcess | undefined;

  const start = async (): Promise<void> => {
    const options = ["-D", data, "-p", String(port), "-k", folder, "-h", "127.0.0.1", "-c", "fsync=off"];
    child = spawn(join(bin, "postgres"), options, { ...owner, cwd: folder, stdio: "ignore" });
    await answer(url);
  };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const ended = new Promise((resolve) => child?.once("close", resolve));
    child?.kill(signal);
    await ended;
  };
  await start();
  return {
    url,
    start,
    // SIGQUIT is its immediate shutdown: connections are cut, nothing is tidied up, recovery follows.
    kill: () => end("SIGQUIT"),
    remove: async () => {
      await end("SIGQUIT");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function findPrograms(): string | undefined {
  try {
    const root = "/usr/lib/postgresql";
    const [version] = readdirSync(root).sort((a, b) => Number(b) - Number(a));
    return version && join(root, version, "bin");
  } catch {
    return undefined;
  }
}

/** It refuses to run as root. */
function ownerOfFiles(): { uid: number; gid: number } {
  const idOf = (option: string) => Number(execFileSync("id", [option, "postgres"], { encoding: "utf8" }));
  const uid = process.getuid?.() ?? 0;
  return uid === 0 ? { uid: idOf("-u"), gid: idOf("-g") } : { uid, gid: process.getgid?.() ?? 0 };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function answer(url: string): Promise<void> {
  for (const end = Date.now() + 60_000; ;) {
    const client = new pg.Client({ connectionString: url });
    client.on("error", () => undefined);
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
