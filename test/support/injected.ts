/** What the rows of injected types say of fixtures: the source that takes one of them. */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Injected } from "../../src/language/injected/injected.js";
import { fixtures } from "./fixtures/cases.js";

/** The file that imports it, or for a type of the language's own names it: what stands there compiles and answers its calls. */
export function sourceTaking({ package: from, type, fixture }: Injected): string | undefined {
  const sources = join(fixtures, fixture, "src");
  const taking = from === "language" ? new RegExp(`: ${type}\\b`) : new RegExp(`\\b${type}\\b[^;]*from "${from}"`);
  return readdirSync(sources)
    .map((name) => readFileSync(join(sources, name), "utf8"))
    .find((text) => taking.test(text));
}
