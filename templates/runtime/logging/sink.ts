// Where log lines go: stderr, one JSON object a line, through pino. pino is loaded when the first line is
// written, so that a server with nothing to say starts without it; until then lines wait in order.
import type { Level } from "./levels.js";
import { writeStderr } from "./stderr.js";

export interface Line {
  readonly level: Level;
  readonly time: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly message: string;
}

/** Beyond this many waiting lines, loading has failed us: they are written by hand. */
const maxWaiting = 1_000;

const waiting: Line[] = [];
let loading: Promise<void> | undefined;
let write = enqueue;

export function writeLine(line: Line): void {
  write(line);
}

function enqueue(line: Line): void {
  if (loading === undefined) {
    process.once("exit", flushByHand);
    loading = load();
  }
  waiting.push(line);
  if (waiting.length >= maxWaiting) flushByHand();
}

async function load(): Promise<void> {
  try {
    // CommonJS: in a bundle of several files it has no other name than `default`.
    const { default: pino } = await import("pino");
    const logger = pino(
      {
        level: "debug",
        base: null,
        timestamp: false,
        formatters: { level: (label) => ({ level: label }) },
      },
      { write: writeStderr },
    );
    write = ({ level, time, fields, message }) => {
      logger[level]({ time, ...fields }, message);
    };
  } catch {
    write = writeByHand;
  }
  for (const line of waiting.splice(0)) write(line);
}

function flushByHand(): void {
  for (const line of waiting.splice(0)) writeByHand(line);
}

/** The same line as pino's. */
function writeByHand({ level, time, fields, message }: Line): void {
  try {
    writeStderr(`${JSON.stringify({ level, time, ...fields, msg: message })}\n`);
  } catch {
    // It cannot be written as JSON.
  }
}
