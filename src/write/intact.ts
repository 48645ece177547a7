/** An output folder → its manifest, provided that everything which the manifest vouches for is as it was written, and nothing is missing. */
import { lstatSync } from "node:fs";
import { manifestPath, type Manifest } from "../model/files.js";
import { hashText } from "../model/hash.js";
import { isInterrupted } from "./journal.js";
import { parseManifest } from "./manifest.js";
import { textOrNothing } from "./texts.js";

export function readIntactManifest(output: string): Manifest | undefined {
  if (isInterrupted(output)) return undefined;
  const text = textOrNothing(output, manifestPath);
  const manifest = text === undefined ? undefined : parseManifest(text).value;
  const intact =
    Object.entries(manifest?.files ?? {}).every(([path, hash]) => hashOf(output, path) === hash) &&
    (manifest?.scaffold ?? []).every((path) => stands(output, path));
  return intact ? manifest : undefined;
}

function hashOf(output: string, path: string): string | undefined {
  const text = textOrNothing(output, path);
  return text === undefined ? undefined : hashText(text);
}

/** A scaffold file is the user's: whatever stands in its place will do. */
function stands(output: string, path: string): boolean {
  try {
    lstatSync(`${output}/${path}`);
    return true;
  } catch {
    return false;
  }
}
