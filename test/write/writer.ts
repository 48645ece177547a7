/**
 * A process that writes, for tests that kill it: argv is the output folder, what to write, before which of its
 * operations on the disk it is killed, and `scaffold` where it writes a scaffold too. Says at its end how many operations there were and what was reported.
 */
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { writeBuild } from "./write-build.js";

const [output = "", text = "", killedBefore = "never", extent = "generated"] = process.argv.slice(2);
let operations = 0;

/** Every call that changes the disk goes through here. */
function count<Args extends unknown[], Value>(operation: (...args: Args) => Value): (...args: Args) => Value {
  return (...args) => {
    if (String(operations++) === killedBefore) process.kill(process.pid, "SIGKILL");
    return operation(...args);
  };
}

fs.renameSync = count(fs.renameSync);
fs.rmSync = count(fs.rmSync);
fs.rmdirSync = count(fs.rmdirSync);
const makeFolder = fs.mkdirSync;
const countedMakeFolder = count<Parameters<typeof fs.mkdirSync>, string | undefined>(makeFolder);
/** Of a folder that is there it changes nothing. */
fs.mkdirSync = (...args: Parameters<typeof makeFolder>) =>
  fs.existsSync(args[0]) ? makeFolder(...args) : countedMakeFolder(...args);
fs.copyFileSync = count(fs.copyFileSync);
fs.openSync = count(fs.openSync);
fs.chmodSync = count(fs.chmodSync);
fs.writeFileSync = count(fs.writeFileSync);
syncBuiltinESMExports();

const said = await writeBuild(output, text, extent === "scaffold" ? "scaffold" : "generated");
process.stdout.write(JSON.stringify({ operations, said }));
