/** Tools that the surface no longer has + the tests as they stand → which of them still call one. The tests are the user's: they are named, in the build that takes the tool away, and left as they are. */
import { diagnostic, type Diagnostic } from "../diagnostics/diagnostic.js";
import { plannedText, type PlannedFile } from "../model/files.js";
import { compareText } from "../model/text.js";
import type { Snapshot } from "./snapshot.js";

const surfacePath = "generated/surface.json";

export function tellStaleTests(files: readonly PlannedFile[], { entries, manifest }: Snapshot): readonly Diagnostic[] {
  const planned = new Set(files.map(({ path }) => path));
  // Each tool has a file of its own: as long as none goes, the surfaces need not be read.
  if (manifest && Object.keys(manifest.files).every((path) => planned.has(path))) return [];
  const before = entries.get(surfacePath);
  const after = plannedText(files, surfacePath);
  if (before?.kind !== "file" || after === undefined) return [];
  const kept = new Set(toolsOf(after));
  const gone = toolsOf(before.text).filter((name) => !kept.has(name));
  if (gone.length === 0) return [];
  // By code units: the same order on every machine.
  const tests = [...entries].filter(([path]) => path.startsWith("test/")).sort(([a], [b]) => compareText(a, b));
  return tests.flatMap(([path, entry]) => {
    const called = entry.kind === "file" ? gone.filter((name) => isCalled(name, entry.text)) : [];
    return called.map((name) => diagnostic("MG616", `\`${path}\` calls \`${name}\`, which is no longer a tool`));
  });
}

/** None of a text that cannot be read as a surface: an edited one is told by itself. */
function toolsOf(text: string): readonly string[] {
  let surface: unknown;
  try {
    surface = JSON.parse(text);
  } catch {
    return [];
  }
  const tools = memberOf(surface, "tools");
  const names = Array.isArray(tools) ? tools.map((tool: unknown) => memberOf(tool, "name")) : [];
  return names.filter((name) => typeof name === "string");
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;
}

/** `callTool({ name: "getWeather"`. The names of tools hold letters, digits and `_-.`. */
function isCalled(name: string, text: string): boolean {
  const literal = name.replaceAll(".", "\\.");
  return new RegExp(`\\bname["']?:\\s*(["'\`])${literal}\\1`).test(text);
}
