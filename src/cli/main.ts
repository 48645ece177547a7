/** The entry of the command line: argv → a command → an exit code. 0 fine, 1 the project's errors, 2 wrong usage, 70 our bug. */
import { version } from "../model/version.js";
import { diagnostic } from "../diagnostics/diagnostic.js";
import { readPlainCommand } from "./usage/plain.js";
import type { Invocation } from "./usage/program.js";
import { createReporter, type Reporter } from "./output/reporter.js";

export async function main(argv: readonly string[]): Promise<number> {
  const { stdout, stderr, env } = process;
  // A reader that has seen enough (`| head`) is no error of ours.
  stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 70));
  const plain = readPlainCommand(argv);
  const format = (plain?.json ?? asksForJson(argv)) ? "json" : "text";
  const reporting = { format, detail: "normal", stdout, stderr, env, cwd: process.cwd() } as const;
  let reporter = createReporter(reporting);
  try {
    const asked = plain ?? (await parse(argv, reporter));
    if (typeof asked === "number") return asked;
    reporter = createReporter({ ...reporting, format: asked.json ? "json" : "text", detail: asked.detail });
    return await run(asked, reporter);
  } catch (cause) {
    reporter.answer(describeBug(cause));
    return 70;
  }
}

/** What follows `--json` of a bench is a file: its answer is for people. */
function asksForJson(argv: readonly string[]): boolean {
  return argv[0] !== "bench" && argv.includes("--json");
}

/** Commander says for itself what is wrong with the usage, unless a program wants to know. */
async function parse(argv: readonly string[], reporter: Reporter): Promise<Invocation | number> {
  const { stdout } = process;
  let said = "";
  const terminal = {
    version,
    out: (text: string) => void stdout.write(text),
    error: (text: string) => void (said += text),
  };
  const { parseCommandLine } = await import("./usage/program.js");
  try {
    return await parseCommandLine(argv.length === 0 ? ["--help"] : argv, terminal);
  } catch (cause) {
    if (!(cause instanceof Error) || !("exitCode" in cause)) throw cause;
    if (cause.exitCode === 0) return 0;
    const reason = cause.message.replace(/^error: /, "");
    const complaint = said === "" ? cause.message : said;
    reporter.answer({ diagnostics: [], root: process.cwd(), text: "", complaint, json: { status: "failed", reason } });
    return 2;
  }
}

/** Each command is loaded when it is asked for: the unchanged build must not pay for the others. */
async function run(invocation: Invocation, reporter: Reporter): Promise<number> {
  switch (invocation.kind) {
    case "build":
      return (await import("./build.js")).runBuild(invocation, reporter);
    case "init":
      return (await import("./init.js")).runInit(invocation, reporter);
    case "upgrade":
      return (await import("./upgrade.js")).runUpgrade(invocation, reporter);
    case "check":
      return (await import("./check.js")).runCheck(invocation, reporter);
    case "doctor":
      return (await import("./doctor.js")).runDoctor(invocation, reporter);
    case "list":
      return (await import("./list.js")).runList(invocation, reporter);
    case "diff":
      return (await import("./diff.js")).runDiff(invocation, reporter);
    case "dev":
      return (await import("./dev.js")).runDev(invocation, reporter);
    case "bench":
      return (await import("./bench.js")).runBench(invocation, reporter);
    case "call":
      return (await import("./call.js")).runCall(invocation, reporter);
    case "graph":
      return (await import("./graph.js")).runGraph(invocation, reporter);
    case "install":
      return (await import("./install.js")).runInstall(invocation, reporter);
    case "explain":
      return (await import("./explain.js")).runExplain(invocation, reporter);
  }
}

function describeBug(cause: unknown) {
  const stack = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
  const where = `mcpgen ${version}, Node.js ${process.versions.node}, ${process.platform}`;
  const bug = diagnostic("MG901", "this is a bug in mcpgen, not in your project", {
    notes: [{ message: `${where}\n${stack}` }],
  });
  return { diagnostics: [bug], root: process.cwd(), text: "", json: { status: "bug" } };
}
