// One resident process for each worker of a run (test/support/resident): the compilers are loaded once for all of its test
// files, and only where one of them asks. What asks finds it by the socket that is named in the environment.
import { fork } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { roomyEngine } from "../test/support/engine.ts";

const program = join(dirname(dirname(fileURLToPath(import.meta.url))), "test/support/resident/serve-programs.js");

/** @type {Map<string, import("node:child_process").ChildProcess>} */
const residents = new Map();

/** @param {string} worker */
function residentOf(worker) {
  const running = residents.get(worker);
  if (running) return running;
  const started = fork(program, { execArgv: [...roomyEngine] });
  started.once("exit", () => residents.delete(worker));
  residents.set(worker, started);
  return started;
}

/** One command at a time: each worker has one test file. @param {string} line @returns {Promise<object>} */
function answer(line) {
  const { worker, command } = JSON.parse(line);
  const resident = residentOf(worker);
  return new Promise((resolve) => {
    const ended = (/** @type {number | null} */ status) =>
      resolve({ status, stdout: "", stderr: "the resident process has ended" });
    resident.once("exit", ended);
    resident.once("message", (ran) => {
      resident.off("exit", ended);
      resolve(/** @type {object} */ (ran));
    });
    resident.send(command);
  });
}

export default async function setup() {
  if (process.env["MCPGEN_RESIDENTS"] !== undefined) return undefined;
  const path =
    process.platform === "win32"
      ? `\\\\.\\pipe\\mcpgen-residents-${String(process.pid)}`
      : join(tmpdir(), `mcpgen-residents-${String(process.pid)}`);
  const server = createServer((socket) => {
    socket.on("error", () => socket.destroy());
    createInterface({ input: socket }).on("line", async (line) => {
      socket.write(`${JSON.stringify(await answer(line))}\n`);
    });
  });
  rmSync(path, { force: true });
  await new Promise((resolve) => server.listen(path, () => resolve(undefined)));
  server.unref();
  process.env["MCPGEN_RESIDENTS"] = path;
  return async () => {
    server.close();
    const ended = [...residents.values()].map((resident) => {
      const exit = once(resident, "exit");
      resident.disconnect();
      return exit;
    });
    await Promise.all(ended);
  };
}
