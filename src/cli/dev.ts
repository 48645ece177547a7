/** `mcpgen dev`: builds and serves, at each change again, behind clients that stay connected. */
import { constants } from "node:os";
import { isError, type Diagnostic } from "../diagnostics/diagnostic.js";
import { draftConfig } from "../config/draft.js";
import {
  createFeed,
  createHttpFront,
  createSite,
  createStdioFront,
  develop,
  readEnvironment,
  readLines,
  type BuildNews,
  type Built,
  type Drawing,
  type Feed,
  type Front,
  type Site,
} from "../dev/index.js";
import { graphOf, graphToHtml } from "../graph/index.js";
import { variablesOf } from "../model/config.js";
import type { ServerPlan } from "../model/plan.js";
import { generate, inspect } from "../pipeline.js";
import type { Command } from "./command.js";
import { hasFailed } from "./failure.js";
import { thisProcess } from "./owner.js";
import { findUninstalled } from "./project.js";
import { summarizeBriefly } from "./output/summary.js";
import type { Invocation, Overrides } from "./usage/program.js";
import { describeDiagnostics, type Reporter } from "./output/reporter.js";

type Http = Extract<Invocation, { readonly kind: "dev" }>["http"];

export const runDev: Command<"dev"> = async ({ overrides, http }, reporter) => {
  const say = (text: string): void => {
    reporter.remark(text);
  };
  const { root, source, output } = draftConfig({ ...overrides, cwd: process.cwd() });
  const page = openPage(overrides, output);
  const onCrash = (how: string): void => {
    page.feed.build({ state: "crashed", how });
    say(`the server has ended (${how}); a change starts it again`);
  };
  const front = http === undefined ? serveStdio(onCrash) : await serveHttp({ http, output }, { say, onCrash, page });
  if (!front) return 1;
  const { ended, fail } = untilEnd(http === undefined ? "with its client" : "when told");
  const end = await develop({
    build: async () => {
      const { built, plan } = await buildOnce(overrides, reporter);
      if (plan) page.keep(plan);
      return built;
    },
    project: { root, source, output },
    ...{ front, say, tell: page.tell, onBug: fail },
    process: thisProcess,
  });
  try {
    return await ended;
  } finally {
    await end();
    process.stdin.destroy();
  }
};

/** What the page shows; over stdio there is no page to show it. */
interface Page {
  readonly feed: Feed;
  readonly site: Site;
  readonly tell: (news: BuildNews) => void;
  /** Of a build that went well. */
  readonly keep: (plan: ServerPlan) => void;
}

function openPage(overrides: Overrides, output: string): Page {
  const feed = createFeed();
  let plan: ServerPlan | undefined;
  const draw = async (): Promise<Drawing | undefined> => {
    // A build in which nothing has changed makes no plan.
    plan ??= (await inspect({ ...overrides, cwd: process.cwd(), keepGoing: true })).value.plan;
    return plan && drawingOf(plan);
  };
  const site = createSite({ feed, draw, environment: () => readEnvironment(output) });
  return {
    ...{ feed, site },
    tell: (news) => {
      feed.build(news);
      if (news.state === "served") site.refresh();
    },
    keep: (newer) => {
      plan = newer;
    },
  };
}

function drawingOf(plan: ServerPlan): Drawing {
  const entries = plan.container?.entries ?? [];
  const variables = entries.flatMap(({ source }) => variablesOf(source.members ?? []));
  return {
    graph: graphToHtml(graphOf(plan)),
    files: Object.fromEntries(plan.tools.map(({ name, call }) => [name, call.callee.module])),
    secrets: variables.filter(({ secret }) => secret).map(({ variable }) => variable),
  };
}

interface Telling {
  readonly say: (text: string) => void;
  readonly onCrash: (how: string) => void;
  readonly page: Page;
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
async function serveHttp({ http, output }: Asked, { say, onCrash, page }: Telling): Promise<Front | undefined> {
  const environment = readEnvironment(output);
  // As the server itself reads them: what is empty is not set.
  const host = environment["HOST"] || "127.0.0.1";
  const port = http === "default" ? Number(environment["PORT"] || 3000) : http;
  const addressOf = (port: number): string => `${host.includes(":") ? `[${host}]` : host}:${String(port)}`;
  try {
    const { feed, site } = page;
    const front = await createHttpFront({ host, port, onCrash, feed, site });
    say(`http://${addressOf(front.port)}/mcp`);
    const local = localAddress(host);
    if (local !== undefined) say(`http://${local}:${String(front.port)}/ is a page to call the tools by hand`);
    return front;
  } catch (cause) {
    say(
      `error: the server cannot listen on ${addressOf(port)}: ${cause instanceof Error ? cause.message : String(cause)}`,
    );
    return undefined;
  }
}

/** Where this machine reaches itself by that address; the page is for nowhere else. */
function localAddress(host: string): string | undefined {
  if (["127.0.0.1", "localhost"].includes(host)) return host;
  if (host === "::1") return "[::1]";
  return ["0.0.0.0", "::"].includes(host) ? "localhost" : undefined;
}

/** Everything is told as `build` tells it, on stderr. */
async function buildOnce(overrides: Overrides, reporter: Reporter): Promise<Done> {
  const cwd = process.cwd();
  const begun = performance.now();
  const { value, diagnostics } = await generate({ ...overrides, cwd, owner: thisProcess, again: true });
  const draft = draftConfig({ ...overrides, cwd });
  // Where the configuration is refused, what it names is watched all the same: a source may come back.
  const { root, source = draft.source, output = draft.output, lookups } = value;
  const isBuilt = !hasFailed(value, diagnostics, "changes");
  const missing = isBuilt ? findUninstalled(output) : [];
  const told = [...diagnostics, ...missing];
  reporter.answer({ diagnostics: told, root, text: "", json: {} });
  const brief = summarizeBriefly(value, { cwd, seconds: (performance.now() - begun) / 1000 });
  if (isBuilt && brief !== "") reporter.remark(brief);
  const failure = reasonOf(isBuilt ? missing : told);
  const built = { root, source, output, lookups, failure, report: describeDiagnostics(told, { root, cwd }) };
  return { built, plan: isBuilt ? value.plan : undefined };
}

interface Done {
  readonly built: Built;
  /** Absent where nothing has changed, and after errors. */
  readonly plan: ServerPlan | undefined;
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
