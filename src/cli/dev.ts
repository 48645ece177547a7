/** `mcpgen dev`: builds and serves, at each change again, behind clients that stay connected. */
import { constants } from "node:os";
import { isError, type Diagnostic } from "../diagnostics/diagnostic.js";
import { draftConfig } from "../config/draft.js";
import {
  createHttpFront,
  createStdioFront,
  develop,
  readEnvironment,
  readLines,
  type Built,
  type Front,
} from "../dev/index.js";
import { generate } from "../pipeline.js";
import type { Command } from "./command.js";
import { hasFailed } from "./failure.js";
import { thisProcess } from "./owner.js";
import { findUninstalled } from "./project.js";
import { summarizeBriefly } from "./output/summary.js";
import type { Invocation, Overrides } from "./usage/program.js";
import type { Reporter } from "./output/reporter.js";

type Http = Extract<Invocation, { readonly kind: "dev" }>["http"];

export const runDev: Command<"dev"> = async ({ overrides, http }, reporter) => {
  const say = (text: string): void => {
    reporter.remark(text);
  };
  const onCrash = (how: string): void => {
    say(`the server has ended (${how}); a change starts it again`);
  };
  const { root, source, output } = draftConfig({ ...overrides, cwd: process.cwd() });
  const front = http === undefined ? serveStdio(onCrash) : await serveHttp({ http, output }, { say, onCrash });
  if (!front) return 1;
  const { ended, fail } = untilEnd(http === undefined ? "with its client" : "when told");
  const end = await develop({
    build: () => buildOnce(overrides, reporter),
    project: { root, source, output },
    ...{ front, say, onBug: fail },
    process: thisProcess,
  });
  try {
    return await ended;
  } finally {
    await end();
    process.stdin.destroy();
  }
};

interface Telling {
  readonly say: (text: string) => void;
  readonly onCrash: (how: string) => void;
}

function serveStdio(onCrash: Telling["onCrash"]): Front {
  const front = createStdioFront({ write: (line) => process.stdout.write(`${line}\n`), onCrash });
  readLines(process.stdin, (line) => {
    front.receive(line);
  });
  return front;
}

interface Asked {
  readonly http: NonNullable<Http>;
  readonly output: string;
}

/** Undefined where the port cannot be had, which has been told. */
async function serveHttp({ http, output }: Asked, { say, onCrash }: Telling): Promise<Front | undefined> {
  const environment = readEnvironment(output);
  // As the server itself reads them: what is empty is not set.
  const host = environment["HOST"] || "127.0.0.1";
  const port = http === "default" ? Number(environment["PORT"] || 3000) : http;
  const address = `${host.includes(":") ? `[${host}]` : host}:${String(port)}`;
  try {
    const front = await createHttpFront({ host, port, onCrash });
    say(`http://${address}/mcp`);
    return front;
  } catch (cause) {
    say(`error: the server cannot listen on ${address}: ${cause instanceof Error ? cause.message : String(cause)}`);
    return undefined;
  }
}

/** Everything is told as `build` tells it, on stderr. */
async function buildOnce(overrides: Overrides, reporter: Reporter): Promise<Built> {
  const cwd = process.cwd();
  const begun = performance.now();
  const { value, diagnostics } = await generate({ ...overrides, cwd, owner: thisProcess });
  const { root, source, output = draftConfig({ ...overrides, cwd }).output, lookups } = value;
  const isBuilt = !hasFailed(value, diagnostics, "changes");
  const missing = isBuilt ? findUninstalled(output) : [];
  const told = [...diagnostics, ...missing];
  reporter.answer({ diagnostics: told, root, text: "", json: {} });
  const brief = summarizeBriefly(value, { cwd, seconds: (performance.now() - begun) / 1000 });
  if (isBuilt && brief !== "") reporter.remark(brief);
  return { root, source, output, lookups, failure: reasonOf(isBuilt ? missing : told) };
}

/** For whoever calls a tool meanwhile: what is wrong, in a line. */
function reasonOf(diagnostics: readonly Diagnostic[]): string | undefined {
  const [first, ...others] = diagnostics.filter(isError);
  if (!first) return undefined;
  const more = others.length === 0 ? "" : `, and ${String(others.length)} more`;
  return `error ${first.code}: ${first.message}${more}`;
}

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

interface End {
  /** Resolves with the exit code when we are told to end; whoever says it twice does not wait. */
  readonly ended: Promise<number>;
  /** It rejects. */
  readonly fail: (cause: unknown) => void;
}

/** A terminal sends Ctrl-C to us and to npm, and npm sends it on: that is one. */
const onceMilliseconds = 500;

/** Over stdio the end of stdin is that of the client. */
function untilEnd(when: "with its client" | "when told"): End {
  let fail: End["fail"] = () => undefined;
  const ended = new Promise<number>((resolve, reject) => {
    fail = reject;
    let first: number | undefined;
    for (const signal of signals)
      process.on(signal, () => {
        const code = 128 + constants.signals[signal];
        first ??= performance.now();
        if (performance.now() - first > onceMilliseconds) process.exit(code);
        resolve(code);
      });
    if (when === "with its client")
      process.stdin.once("end", () => {
        resolve(0);
      });
  });
  return { ended, fail };
}
