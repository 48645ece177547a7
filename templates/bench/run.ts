/** All calls of a bench in this process, one tool after the other → one run of it. */
import type { JsonObject } from "../runtime/call/tool-call.js";
import type { ServerDefinition } from "../runtime/dispatch/server.js";
import type { openService, OpenService } from "../runtime/testing/server.js";
import { connectCalls, failureOf, type BenchCall, type Dispatch } from "./calls.js";
import type { Figures } from "./figures.js";
import { measure } from "./measure.js";
import { countedBetween, countersOf, type Outcomes } from "./outcomes.js";

/** What the entry of a bench says of its server (templates/frames/bench.ts.hbs). */
export interface BenchedServer<Dependencies extends object = object> {
  readonly runtime: Dispatch & { readonly openService: typeof openService };
  readonly load: () => Promise<ServerDefinition<Dependencies>>;
  /** What stands for the environment, as in the tests. */
  readonly settings?: () => Promise<NoInfer<Partial<Dependencies>>>;
}

export interface MeasuredTool {
  readonly tool: string;
  readonly arguments: JsonObject;
  readonly origin: BenchCall["origin"];
  /** As clients are served. */
  readonly served: Figures;
  /** Where it has `@cache`: as it is served without it, so that each call computes. */
  readonly uncached?: Figures;
  /** What its policies have done, where the server counts. */
  readonly outcomes: Outcomes;
}

export interface Run {
  readonly tools: readonly MeasuredTool[];
  readonly leftOut: readonly LeftOut[];
}

export interface LeftOut {
  readonly tool: string;
  readonly reason: string;
}

export interface Wanted {
  readonly calls: readonly BenchCall[];
  readonly samples: number;
}

/** In a process that was started for it: told what is wanted, it answers with the run and ends. */
export function takePart<Dependencies extends object>(server: BenchedServer<Dependencies>): void {
  process.once("message", (wanted: Wanted) => {
    // What the functions have left running does not keep the process.
    void runBench(server, wanted).then((run) => process.send?.(run, () => process.exit()));
  });
}

async function runBench<Dependencies extends object>(
  { runtime, load, settings }: BenchedServer<Dependencies>,
  { calls, samples }: Wanted,
): Promise<Run> {
  const definition = await load();
  const open = async (server: typeof definition, given: Partial<Dependencies>): Promise<OpenService> =>
    await runtime.openService(server, given);
  const opened = await openOrWithout(open, { definition, overrides: (await settings?.()) ?? {} });
  const sendOf = connectCalls(opened.service, runtime);
  const tools: MeasuredTool[] = [];
  const leftOut: LeftOut[] = [];
  for (const call of calls) {
    const send = sendOf(call);
    const failure = failureOf(await send());
    if (failure !== undefined) {
      leftOut.push({ tool: call.tool, reason: `its call fails: ${inOneLine(failure)}${opened.notMade}` });
      continue;
    }
    const count = async (): Promise<Outcomes> => countersOf((await definition.metrics?.page())?.text ?? "", call.tool);
    const before = await count();
    const served = await measure(send, samples);
    const outcomes = countedBetween(before, await count());
    tools.push({ tool: call.tool, arguments: call.arguments, origin: call.origin, served, outcomes });
  }
  await opened.close();
  return { tools, leftOut };
}

interface Opened extends OpenService {
  /** Behind what fails for it: why nothing could be made for the tools; empty where it could. */
  readonly notMade: string;
}

interface Given<Dependencies extends object> {
  readonly definition: ServerDefinition<Dependencies>;
  readonly overrides: Partial<Dependencies>;
}

/** Tools that need nothing are measured also where something cannot be made. */
async function openOrWithout<Dependencies extends object>(
  open: (server: ServerDefinition<Dependencies>, overrides: Partial<Dependencies>) => Promise<OpenService>,
  { definition, overrides }: Given<Dependencies>,
): Promise<Opened> {
  try {
    return { ...(await open(definition, overrides)), notMade: "" };
  } catch (error) {
    const unstarted = { ...definition };
    delete unstarted.start;
    const reason = error instanceof Error ? error.message : String(error);
    return { ...(await open(unstarted, {})), notMade: ` (${reason})` };
  }
}

function inOneLine(text: string): string {
  return text === "" ? "without a word" : text.replace(/\s*\n\s*/g, " ");
}
