// A thread between a test, which waits, and the resident process, which answers by messages.
import { fork } from "node:child_process";
import { join } from "node:path";
import { workerData } from "node:worker_threads";

/** @type {{ port: import("node:worker_threads").MessagePort, answered: Int32Array, execArgv: string[] }} */
const { port, answered, execArgv } = workerData;

const child = fork(join(import.meta.dirname, "serve-programs.js"), { execArgv });
port.on("message", (command) => child.send(command));
child.on("message", answer);
child.on("exit", (code) => {
  answer({ status: code, stdout: "", stderr: "the resident process has ended" });
});

/** @param {unknown} message */
function answer(message) {
  port.postMessage(message);
  Atomics.store(answered, 0, 1);
  Atomics.notify(answered, 0);
}
