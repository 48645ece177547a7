// Child processes that would inherit the protocol's streams get none of them: what they would read is empty, what they
// would print goes to stderr. Loaded before any module of the user's.
import childProcess, { ChildProcess } from "node:child_process";
import { syncBuiltinESMExports } from "node:module";
import { protocolInput } from "./stdin.js";

const { stdout } = process;

/** The streams of a child: nothing to read, and stderr to print to, where they would be those of the protocol. */
function redirect(stdio: unknown): unknown {
  const streams: unknown = typeof stdio === "string" ? [stdio, stdio, stdio] : stdio;
  if (!Array.isArray(streams)) return stdio;
  return streams.map((stream: unknown, place) => {
    if ((stream === "inherit" && place === 0) || stream === 0 || stream === protocolInput) return "ignore";
    if ((stream === "inherit" && place === 1) || stream === 1 || stream === stdout) return 2;
    return stream;
  });
}

type Options = Readonly<Record<string, unknown>>;

function redirectOptions(given: readonly unknown[]): unknown[] {
  return given.map((each) => {
    const isOptions = typeof each === "object" && each !== null && !Array.isArray(each) && "stdio" in each;
    return isOptions ? { ...each, stdio: redirect((each as Options)["stdio"]) } : each;
  });
}

type Start = (...given: unknown[]) => unknown;

/** All asynchronous ways to start a child come by this method, and each synchronous one goes its own. */
function guard(owner: Record<string, unknown>, name: string): void {
  const start = owner[name] as Start;
  owner[name] = function (this: unknown, ...given: unknown[]) {
    return start.apply(this, redirectOptions(given));
  };
}

guard(ChildProcess.prototype as unknown as Record<string, unknown>, "spawn");
for (const name of ["spawnSync", "execSync", "execFileSync"]) guard(childProcess, name);
syncBuiltinESMExports();
