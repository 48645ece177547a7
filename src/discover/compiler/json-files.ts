/** JSON files beside the sources, as the compiler reads files. */
import { loadCompiler } from "./compiler-options.js";

/** Undefined where there is none, or where it is no object. */
export function readJson(path: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(loadCompiler().ts.sys.readFile(path) ?? "");
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
