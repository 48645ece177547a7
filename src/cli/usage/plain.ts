/**
 * The everyday command lines, read without loading commander: `build` and `check`, at most one folder, and options
 * with their values as separate words. Anything else is commander's to read, and to complain about.
 */
import type { Invocation } from "./program.js";

const valued: Readonly<Record<string, "output" | "configFile" | "source">> = {
  "--out": "output",
  "-o": "output",
  "--config": "configFile",
  "-c": "configFile",
  "--src": "source",
};

export function readPlainCommand([kind, ...words]: readonly string[]): Invocation | undefined {
  if (kind !== "build" && kind !== "check") return undefined;
  const overrides: { source?: string; output?: string; configFile?: string } = {};
  let json = false;
  let detail: Invocation["detail"] = "normal";
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? "";
    if (word === "--json") {
      json = true;
      continue;
    }
    if (word === "--quiet" || word === "-q") {
      detail = "quiet";
      continue;
    }
    const named = Object.hasOwn(valued, word) ? valued[word] : undefined;
    const key = named ?? "source";
    const value = named === undefined ? word : words[++index];
    const isOdd = value === undefined || value === "" || value.startsWith("-");
    if (isOdd || overrides[key] !== undefined) return undefined;
    overrides[key] = value;
  }
  return kind === "check"
    ? { kind, overrides, json, detail }
    : { kind, overrides, json, detail, force: false, keepGoing: undefined, fix: false, failOn: undefined };
}
