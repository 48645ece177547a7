/** The project's own build script, kept running beside us: it bundles a server into whichever folder it is told. */
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runProcess, type RunningProcess } from "./process.js";

export type Bundled =
  | {
      readonly kind: "bundled";
      /** Absolute: the files that went into it, without those of packages. */
      readonly inputs: readonly string[];
    }
  /** It has said why on stderr. */
  | { readonly kind: "failed"; readonly reason: string };

export interface Bundle {
  /** Where it goes, relative to the output. */
  readonly folder: string;
  /** Entries in the place of the server's: by their names in the bundle, relative to the output. */
  readonly instead?: Readonly<Record<string, string>>;
}

export interface Bundler {
  bundle(output: string, wanted: Bundle): Promise<Bundled>;
  close(): Promise<void>;
}

/** What the script reads once: where one of these has changed, it has to start anew. */
const readOnce = ["build.mjs", "package.json", "generated/build/project.json"];

export function createBundler(): Bundler {
  let script: RunningProcess | undefined;
  let begunWith = "";
  const close = async (): Promise<void> => {
    const before = script;
    script = undefined;
    await before?.end(() => before.child.kill());
  };
  return {
    close,
    bundle: async (output, wanted) => {
      const reads = JSON.stringify([output, ...readOnce.map((path) => readText(join(output, path)))]);
      if (reads !== begunWith) await close();
      begunWith = reads;
      script ??= begin(output);
      const answer = await askScript(script, wanted);
      // A script that has ended is no use to the next bundle.
      if (answer === undefined) script = undefined;
      return answer ?? { kind: "failed", reason: "`node build.mjs` has ended" };
    },
  };
}

/** Our stdout is the protocol's: what it prints goes to stderr. */
function begin(output: string): RunningProcess {
  return runProcess({ args: ["build.mjs", "--bundles"], folder: output, stdio: ["ignore", 2, 2, "ipc"] });
}

/** Undefined when it ends instead. */
async function askScript({ child, ended }: RunningProcess, wanted: Bundle): Promise<Bundled | undefined> {
  const answered = new AbortController();
  const { signal } = answered;
  try {
    const answer = once(child, "message", { signal }) as Promise<[Bundled]>;
    child.send(wanted);
    return await Promise.race([answer.then(([bundled]) => bundled), ended.then(() => undefined)]);
  } catch {
    return undefined;
  } finally {
    answered.abort();
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
