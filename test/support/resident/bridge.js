// A thread between a test, which waits, and the resident process of its worker (.ci/residents.js), which answers by messages.
import { connect } from "node:net";
import { createInterface } from "node:readline";
import { workerData } from "node:worker_threads";

/** @type {{ port: import("node:worker_threads").MessagePort, answered: Int32Array, path: string, worker: string }} */
const { port, answered, path, worker } = workerData;

const socket = connect(path);
port.on("message", (command) => socket.write(`${JSON.stringify({ worker, command })}\n`));
createInterface({ input: socket }).on("line", (line) => answer(JSON.parse(line)));
socket.on("error", ({ message }) => answer({ status: null, stdout: "", stderr: message }));

/** @param {unknown} message */
function answer(message) {
  port.postMessage(message);
  Atomics.store(answered, 0, 1);
  Atomics.notify(answered, 0);
}
