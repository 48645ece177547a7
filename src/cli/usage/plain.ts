/**
 * The everyday command lines, read without loading commander: `build` and `check`, at most one folder, and options
 * with their values as separate words. Anything else is commander's to read, and to complain about.
 */
import type { Invocation } from "./program.js";

const valued: Readonly<Record<string, "output" | "configFile">> = {
  "--out": "output",
  "-o": "output",
  "--config": "configFile",
  "-c": "configFile",
};

export function readPlainCommand([kind, ...words]: readonly string[]): Invocation | undefined {
  if (kind !== "build" && kind !== "check") return undefined;
  const overrides: { source?: string; output?: string; configFile?: string } = {};
  let json = false;
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? "";
    if (word === "--json") {
      json = true;
      continue;
    }
    const key = Object.hasOwn(valued, word) ? valued[word] : "source";
    const value = key === "source" ? word : words[++index];
    const isOdd = value === undefined || value === "" || value.startsWith("-");
    if (key === undefined || isOdd || overrides[key] !== undefined) return undefined;
    overrides[key] = value;
  }
  return kind === "check"
    ? { kind, overrides, json }
    : { kind, overrides, json, force: false, keepGoing: false, fix: false };
}
