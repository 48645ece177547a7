// Writes to stderr, and never waits for whoever reads it: some clients open a pipe for it and read nothing. What finds
// too much unread is dropped and counted; the count is written when reading goes on.

/** In characters, beside what the system itself keeps for a pipe. */
const maxUnread = 1_000_000;

const { stderr } = process;
const write = stderr.write.bind(stderr);
let dropped = 0;

// It is closed: there is nowhere left to say so.
stderr.on("error", () => undefined);
stderr.on("drain", tellDropped);

export function writeStderr(text: string | Uint8Array): void {
  if (stderr.writableLength > maxUnread) dropped += 1;
  else write(text);
}

/** Resolves when the text has left the process, or nobody has read it for a while. */
export async function writeLastWords(text: string): Promise<void> {
  await new Promise<void>((resolve) => {
    setTimeout(resolve, 1_000).unref();
    write(text, () => resolve());
  });
}

function tellDropped(): void {
  if (dropped === 0) return;
  const line = {
    level: "warn",
    time: new Date().toISOString(),
    dropped,
    msg: "nobody read stderr: lines were dropped",
  };
  dropped = 0;
  write(`${JSON.stringify(line)}\n`);
}
