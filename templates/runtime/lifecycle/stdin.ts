// On stdio, stdin belongs to the protocol: whoever else reads, pauses or closes it takes requests away. Imported before
// any module of the user's, this gives everyone else an empty one.
import { createReadStream, openSync, type ReadStream } from "node:fs";
import { devNull } from "node:os";

export const protocolInput = process.stdin;

let empty: ReadStream | undefined;

/** Like a pipe that has ended; another one where somebody has closed the last. */
function openEmpty(): ReadStream {
  if (empty !== undefined && !empty.destroyed) return empty;
  const opened = createReadStream(devNull, { fd: openSync(devNull, "r") });
  const self = (): ReadStream => opened;
  empty = Object.assign(opened, { ref: self, unref: self });
  return empty;
}

Object.defineProperty(process, "stdin", { get: openEmpty, configurable: true, enumerable: true });
