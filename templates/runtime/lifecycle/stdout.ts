// On stdio, stdout belongs to the protocol: a stray line ends the connection. Imported first, before any module
// of the user's, this sends everything else that would be printed there to stderr.
import { Console } from "node:console";

const writeProtocol = process.stdout.write.bind(process.stdout);

/** Writes to the real stdout; the callback comes when the text has left the process. */
export function writeStdout(text: string, written?: (error?: Error | null) => void): boolean {
  return writeProtocol(text, written);
}

const stderrConsole = new Console({ stdout: process.stderr, stderr: process.stderr });
Object.assign(console, stderrConsole);
process.stdout.write = process.stderr.write.bind(process.stderr);
