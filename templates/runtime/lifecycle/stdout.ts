// On stdio, stdout belongs to the protocol: a stray line ends the connection. Imported first, before any module
// of the user's, this sends everything else that would be printed there to stderr.
import { Console } from "node:console";

const writeProtocol = process.stdout.write.bind(process.stdout);

/** The real stdout: false where its reader is slower than we are, which `drain` ends. */
export const protocolOutput = {
  write: (text: string, written?: (error?: Error | null) => void): boolean => writeProtocol(text, written),
  onDrain: (continues: () => void): void => void process.stdout.once("drain", continues),
};

const stderrConsole = new Console({ stdout: process.stderr, stderr: process.stderr });
Object.assign(console, stderrConsole);
process.stdout.write = process.stderr.write.bind(process.stderr);
