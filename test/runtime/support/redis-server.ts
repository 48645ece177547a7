/** A Redis server of the test's own, on a free port: started, frozen, killed and started again. */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface RedisServer {
  readonly url: string;
  readonly port: number;
  /** With what it had saved. */
  start(): Promise<void>;
  /** As a power cut would. */
  kill(): Promise<void>;
  freeze(): void;
  thaw(): void;
  close(): Promise<void>;
}

/** Where Redis is not installed, its tests are skipped; on CI they fail instead. */
export const hasRedis = spawnSync("redis-server", ["--version"]).status === 0 || process.env["CI"] === "true";

export async function startRedis(options: readonly string[] = []): Promise<RedisServer> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), "mcpgen-redis-"));
  let child: ChildProcess | undefined;
  const server: RedisServer = {
    url: `redis://127.0.0.1:${String(port)}`,
    port,
    async start() {
      const args = ["--port", String(port), "--dir", folder, "--save", "", "--bind", "127.0.0.1", ...options];
      child = spawn("redis-server", args, { stdio: ["ignore", "pipe", "ignore"] });
      for await (const chunk of child.stdout ?? []) if (String(chunk).includes("Ready to accept")) break;
    },
    async kill() {
      const killed = child;
      if (killed?.exitCode !== null || killed.signalCode !== null) return;
      killed.kill("SIGKILL");
      await once(killed, "exit");
    },
    freeze: () => void child?.kill("SIGSTOP"),
    thaw: () => void child?.kill("SIGCONT"),
    async close() {
      await server.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await server.start();
  return server;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}
