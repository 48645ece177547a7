/**
 * What a generated server costs its machine, against servers by hand: its start, calls over stdio and over HTTP. In each
 * round every contender runs once, in an order that turns; the ratios are taken within a round. Processor time of the
 * server comes first: it is the same whatever else the machine does. A wrong answer ends the benchmark.
 */
import { median } from "../measure.js";
import { buildContenders, generated, toolCounts, type Contender, type ToolCount } from "./contenders.js";
import { memory, processorTime, startHttp, startStdio, type Server } from "./server-process.js";
import { initialize, operations, questionsOf, type Operation, type Question } from "./workload.js";

/** One measure, such as the processor time of a call over stdio, of every contender that has it. */
export interface ServingRow {
  readonly measure: string;
  readonly unit: "ms" | "MiB" | "µs" | "calls/s";
  readonly cells: readonly ServingCell[];
}

export interface ServingCell {
  readonly contender: string;
  readonly median: number;
  /** The generated server's figure in that of this one: the median of the rounds. */
  readonly ratio: number;
}

interface Figure {
  readonly measure: string;
  readonly unit: ServingRow["unit"];
  readonly value: number;
}

const inFlight = { stdio: 64, http: 32 } as const;
const warmMs = 800;
const measuredMs = 500;

export async function measureServing(given: {
  readonly root: string;
  readonly work: string;
  readonly rounds: number;
}): Promise<readonly ServingRow[]> {
  const contenders = await buildContenders(given.root, given.work);
  const rounds: Map<string, readonly Figure[]>[] = [];
  // The first round warms the file cache for all and is left out.
  for (let round = -1; round < given.rounds; round += 1) {
    const found = new Map<string, readonly Figure[]>();
    const first = (round + 1) % contenders.length;
    for (const contender of [...contenders.slice(first), ...contenders.slice(0, first)])
      found.set(contender.name, round < 0 ? await measureStarts(contender) : await measureContender(contender));
    if (round >= 0) rounds.push(found);
  }
  return rowsOf(
    contenders.map(({ name }) => name),
    rounds,
  );
}

async function measureContender(contender: Contender): Promise<readonly Figure[]> {
  const figures = [...(await measureStarts(contender))];
  for (const tools of toolCounts) {
    figures.push(...(await measureCalls(startStdio(contender.stdio(tools)), "stdio", tools)));
    if (contender.http === undefined) continue;
    figures.push(...(await measureCalls(await startHttp(contender.http(tools), inFlight.http), "http", tools)));
  }
  return figures;
}

async function measureStarts({ stdio }: Contender): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const tools of toolCounts) figures.push(...(await measureStart(stdio(tools), tools)));
  return figures;
}

/** To the answer of `tools/list`, as a client asks it first, and to that of the first call. */
async function measureStart(command: readonly string[], tools: ToolCount): Promise<readonly Figure[]> {
  const server = startStdio(command);
  const figures: Figure[] = [];
  const note = (what: string) => {
    const measure = `start, ${String(tools)} tools: to ${what}`;
    figures.push(
      { measure: `${measure}, processor`, unit: "ms", value: processorTime(server.pid) },
      { measure: `${measure}, wall`, unit: "ms", value: performance.now() - server.startedAt },
    );
  };
  try {
    await server.ask(initialize);
    await server.ask(firstOf("list", tools));
    note("tools/list");
    await server.ask(firstOf("add", tools));
    note("the first call");
    const peak = { measure: `start, ${String(tools)} tools: peak memory`, unit: "MiB" } as const;
    return [...figures, { ...peak, value: memory(server.pid, "VmHWM") }];
  } finally {
    await server.close();
  }
}

async function measureCalls(server: Server, transport: "stdio" | "http", tools: ToolCount): Promise<readonly Figure[]> {
  try {
    if (transport === "stdio") await server.ask(initialize);
    const figures: Figure[] = [];
    // With 100 tools a call costs the same once it is found; the list and the finding do not.
    for (const operation of tools === 4 ? operations : (["list", "add"] as const)) {
      const drive = { server, questions: questionsOf(operation, tools), inFlight: inFlight[transport] };
      await driveServer({ ...drive, milliseconds: warmMs });
      const { cpuUs, perSecond } = await driveServer({ ...drive, milliseconds: measuredMs });
      const measure = `${transport}, ${String(tools)} tools: ${operation}`;
      figures.push({ measure: `${measure}, processor`, unit: "µs", value: cpuUs });
      figures.push({ measure: `${measure}, rate`, unit: "calls/s", value: perSecond });
    }
    return figures;
  } finally {
    await server.close();
  }
}

interface Drive {
  readonly server: Server;
  readonly questions: readonly Question[];
  readonly inFlight: number;
  readonly milliseconds: number;
}

/** Keeps so many questions in flight for so long. */
async function driveServer({ server, questions, inFlight, milliseconds }: Drive): Promise<{
  readonly cpuUs: number;
  readonly perSecond: number;
}> {
  const before = processorTime(server.pid);
  const started = performance.now();
  let asked = 0;
  const askOn = async () => {
    while (performance.now() - started < milliseconds) {
      const question = questions[asked % questions.length];
      asked += 1;
      if (question !== undefined) await server.ask(question);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, askOn));
  const cpuUs = ((processorTime(server.pid) - before) * 1000) / asked;
  return { cpuUs, perSecond: (asked * 1000) / (performance.now() - started) };
}

function firstOf(operation: Operation, tools: ToolCount): Question {
  const [question] = questionsOf(operation, tools);
  if (question === undefined) throw new Error(`no question for ${operation}`);
  return question;
}

function rowsOf(
  names: readonly string[],
  rounds: readonly ReadonlyMap<string, readonly Figure[]>[],
): readonly ServingRow[] {
  const valueOf = (round: ReadonlyMap<string, readonly Figure[]>, contender: string, measure: string) =>
    round.get(contender)?.find((figure) => figure.measure === measure)?.value ?? Number.NaN;
  const figures = rounds[0]?.get(generated) ?? [];
  return figures.map(({ measure, unit }) => ({
    measure,
    unit,
    cells: names.map((contender) => ({
      contender,
      median: median(rounds.map((round) => valueOf(round, contender, measure))),
      ratio: median(rounds.map((round) => valueOf(round, generated, measure) / valueOf(round, contender, measure))),
    })),
  }));
}

export function showServing(rows: readonly ServingRow[], rounds: number): string {
  const names = rows[0]?.cells.map(({ contender }) => contender) ?? [];
  const lines = rows.map(({ measure, unit, cells }) => [
    measure,
    unit,
    ...cells.map(({ contender, median: value, ratio }) =>
      contender === generated ? precise(value) : `${precise(value)} (${ratio.toFixed(2)})`,
    ),
  ]);
  const table = [["", "", ...names], ...lines];
  const widths = table[0]?.map((_, column) => Math.max(...table.map((line) => (line[column] ?? "").length))) ?? [];
  const aligned = table.map((line) =>
    line.map((cell, column) => (column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))),
  );
  return [
    `generated servers against servers by hand: medians of ${String(rounds)} rounds (in brackets: ${generated}'s figure in this one's)`,
    "SDK: the official one, McpServer and zod, as its documentation has it; over HTTP a server for each request",
    "SDK, best case: the same in one bundle; over HTTP one session with one server for all requests",
    ...aligned.map((line) => line.join("  ").trimEnd()),
  ].join("\n");
}

function precise(value: number): string {
  return value.toFixed(value < 100 ? 1 : 0);
}
