// On stdio, stdout belongs to the protocol: a stray line ends the connection. Imported first, before any module
// of the user's, this sends everything else that would be printed there to stderr.
import { Console } from "node:console";
import { Writable } from "node:stream";
import { writeStderr } from "../logging/stderr.js";

const writeProtocol = process.stdout.write.bind(process.stdout);

/** The real stdout: false where its reader is slower than we are, which `drain` ends. */
export const protocolOutput = {
  write: (text: string, written?: (error?: Error | null) => void): boolean => writeProtocol(text, written),
  onDrain: (continues: () => void): void => void process.stdout.once("drain", continues),
};

/** Never makes anyone wait, as the log does not. */
const toStderr = new Writable({
  decodeStrings: false,
  write(text: string | Uint8Array, _encoding, written) {
    writeStderr(text);
    written();
  },
});
Object.assign(console, new Console({ stdout: toStderr, stderr: toStderr }));
process.stdout.write = toStderr.write.bind(toStderr);
