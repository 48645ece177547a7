/** Runs another program to its end. */
import { spawn } from "node:child_process";

export interface Command {
  readonly program: string;
  readonly arguments: readonly string[];
  readonly cwd: string;
  readonly signal: AbortSignal;
}

export type CommandResult =
  | { readonly kind: "done"; readonly output: string }
  | { readonly kind: "failed"; readonly output: string }
  | { readonly kind: "missing" };

/** Settles once the program has ended, also when the signal ends it: what it wrote can be removed then. */
export function runCommand({ program, arguments: args, cwd, signal }: Command): Promise<CommandResult> {
  return new Promise((resolve) => {
    // On Windows package managers are .cmd files, which only a shell can start; no argument here needs quoting.
    const shell = process.platform === "win32";
    const child = spawn(program, args, { cwd, shell, stdio: ["ignore", "pipe", "pipe"] });
    const stop = () => child.kill();
    signal.addEventListener("abort", stop, { once: true });
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
    let missing = false;
    child.on("error", (error: NodeJS.ErrnoException) => {
      missing = error.code === "ENOENT";
      if (child.pid === undefined) finish();
    });
    child.on("close", finish);
    function finish(code?: number | null) {
      signal.removeEventListener("abort", stop);
      const output = Buffer.concat(chunks).toString("utf8");
      resolve(missing ? { kind: "missing" } : { kind: code === 0 ? "done" : "failed", output });
    }
  });
}
