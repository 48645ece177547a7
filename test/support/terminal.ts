/** A program in a terminal of its own, and somebody who answers what it asks. `script` of util-linux makes the terminal. */
import { spawn, spawnSync } from "node:child_process";
import { stripVTControlCharacters } from "node:util";

export const keys = { enter: "\r", down: "\u001b[B", space: " ", cancel: "\u0003" };

/** Each answer is typed when its question has been shown after the one before. */
export type Dialogue = readonly (readonly [question: string, ...typed: string[]])[];

export interface Conversation {
  readonly status: number | null;
  /** All that was shown, without colours. */
  readonly shown: string;
}

export const hasTerminal = process.platform === "linux" && spawnSync("script", ["--version"]).status === 0;

export async function converse(cwd: string, command: readonly string[], dialogue: Dialogue): Promise<Conversation> {
  const line = command.map((word) => `'${word}'`).join(" ");
  const env = { ...process.env, TERM: "xterm", NO_COLOR: "1" };
  // Without a size a terminal has no columns.
  const sized = `stty cols 120 rows 40; ${line}`;
  const child = spawn("script", ["--quiet", "--return", "--command", sized, "/dev/null"], { cwd, env });
  const patience = setTimeout(() => child.kill("SIGKILL"), 30_000);
  const left = [...dialogue];
  let shown = "";
  let read = 0;
  child.stdout.on("data", (data: Buffer) => {
    shown += stripVTControlCharacters(data.toString());
    const [question, ...typed] = left[0] ?? [];
    const at = question === undefined ? -1 : shown.indexOf(question, read);
    if (question === undefined || at < 0) return;
    read = at + question.length;
    left.shift();
    void type(child.stdin, typed);
  });
  const status = await new Promise<number | null>((resolve) => child.on("close", resolve));
  clearTimeout(patience);
  if (left.length > 0) throw new Error(`${String(left[0]?.[0])} was never asked:\n${shown}`);
  return { status, shown };
}

/** A key at a time: what arrives at once is taken for pasted. */
async function type(terminal: NodeJS.WritableStream, typed: readonly string[]): Promise<void> {
  for (const key of typed) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    terminal.write(key);
  }
}
