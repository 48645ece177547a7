// The command line, loaded once: each message is a command as a process of its own would be given it, and is answered
// with what that process would have said and returned.
import { Writable } from "node:stream";
import { pathToFileURL } from "node:url";

/** @typedef {{ cwd: string, env: NodeJS.ProcessEnv, args: readonly string[] }} Command */

const [entry = ""] = process.argv.slice(2);
/** @type {{ main: (args: readonly string[]) => Promise<number> }} */
const { main } = await import(pathToFileURL(entry).href);

process.on("message", (command) => void answer(/** @type {Command} */ (command)));
process.on("disconnect", () => process.exit());

/** @param {Command} command */
async function answer({ cwd, env, args }) {
  process.chdir(cwd);
  process.env = env;
  const [stdout, stderr] = [collect("stdout"), collect("stderr")];
  const status = await main(args);
  process.send?.({ status, stdout: stdout.join(""), stderr: stderr.join("") });
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
