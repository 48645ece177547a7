// Programs that are loaded once: each message is a command as a process of its own would be given it, and is answered with
// what that process would have said and returned.
import "./read-once.js";
import { Writable } from "node:stream";
import { pathToFileURL } from "node:url";
import { ts as morphed } from "ts-morph";
import ts from "typescript";

/** @typedef {{ cwd: string, env: NodeJS.ProcessEnv, program: string, args: readonly string[] }} Command */

/** @type {{ main: (args: readonly string[]) => Promise<number> }} */
const { main } = await import(new URL("../../../dist/cli.js", import.meta.url).href);
let started = 0;

// TypeScript asks once for the folder of its process, which here is another for each command.
for (const { sys } of [ts, morphed]) sys.getCurrentDirectory = () => process.cwd();

process.on("message", (command) => void answer(/** @type {Command} */ (command)));
process.on("disconnect", () => process.exit());

/** @param {Command} command */
async function answer({ cwd, env, program, args }) {
  process.chdir(cwd);
  process.env = env;
  const [stdout, stderr] = [collect("stdout"), collect("stderr")];
  const status = await run(program, args).catch((/** @type {unknown} */ cause) => {
    stderr.push(String(cause));
    return 1;
  });
  process.send?.({ status, stdout: stdout.join(""), stderr: stderr.join("") });
}

/** @param {string} program `mcpgen`, `tsc`, or a module that is run anew. @param {readonly string[]} args */
async function run(program, args) {
  if (program === "mcpgen") return main(args);
  if (program === "tsc") return compile(args);
  process.argv = [process.execPath, program, ...args];
  process.exitCode = undefined;
  await import(`${pathToFileURL(program).href}?${String(started++)}`);
  return Number(process.exitCode ?? 0);
}

/** What TypeScript's own command line calls. @param {readonly string[]} args @returns {number} */
function compile(args) {
  let status = 0;
  const system = { ...ts.sys, args, exit: (/** @type {number} */ code) => (status = code) };
  const { executeCommandLine } = /** @type {{ executeCommandLine?: Function }} */ (/** @type {unknown} */ (ts));
  if (executeCommandLine === undefined) throw new Error("this TypeScript does not export its command line");
  executeCommandLine(system, () => undefined, args);
  return status;
}

/** @param {"stdout" | "stderr"} name */
function collect(name) {
  /** @type {string[]} */
  const pieces = [];
  const value = new Writable({
    decodeStrings: false,
    write: (piece, _, done) => {
      pieces.push(String(piece));
      done();
    },
  });
  Object.defineProperty(process, name, { value, configurable: true });
  return pieces;
}
