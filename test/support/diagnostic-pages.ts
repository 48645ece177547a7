/**
 * docs/diagnostics: a page for each code. Its front matter is the catalog's, its example is a fixture's: both are
 * written from there by `npm run pages`. The prose is the page's own.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { catalog, type DiagnosticCode } from "../../src/diagnostics/catalog.js";
import { fixtures, repository } from "./fixtures/cases.js";

export const pagesFolder = join(repository, "docs/diagnostics");

/** One diagnostic as a fixture records it. */
interface Recorded {
  /** Relative to fixtures/; a step of a story has a folder of its own. */
  readonly folder: string;
  readonly text: string;
}

/** Everything that fixtures report, the shortest text of a code first. */
export function recordedDiagnostics(): ReadonlyMap<string, readonly Recorded[]> {
  const byCode = new Map<string, Recorded[]>();
  for (const path of readdirSync(fixtures, { recursive: true, encoding: "utf8" }).toSorted()) {
    if (!path.endsWith("expected-diagnostics.txt")) continue;
    const folder = path.replaceAll("\\", "/").replace(/\/expected-diagnostics\.txt$/, "");
    for (const text of readFileSync(join(fixtures, path), "utf8").split(/\n\n(?=(?:error|(?:accepted )?warning) MG)/)) {
      // What somebody has accepted is no example of how it is met.
      if (text.startsWith("accepted ")) continue;
      const code = /^\w+ (MG\d{3}):/.exec(text)?.[1] ?? "";
      byCode.set(code, [...(byCode.get(code) ?? []), { folder, text: text.trimEnd() }]);
    }
  }
  for (const found of byCode.values()) found.sort((a, b) => weight(a) - weight(b));
  return byCode;
}

/** A case that is about this very mistake, a small source and few words make the better example. */
function weight({ folder, text }: Recorded): number {
  const place = placeIn(text);
  const path = join(fixtures, folder, place?.file ?? "");
  const source = place && existsSync(path) ? readFileSync(path, "utf8").length : 2000;
  const about = /^(?:error|warn)-/.test(folder) ? 0 : 1000;
  return text.length + source + about;
}

/** The page with the catalog's front matter and the fixture's example around the prose that it has. */
export function writePage(code: DiagnosticCode, prose: string, recorded: Recorded | undefined): string {
  const { severity, title, help } = catalog[code];
  const matter = [
    `severity: ${severity}`,
    `title: ${JSON.stringify(title)}`,
    ...(help === undefined ? [] : [`help: ${JSON.stringify(help)}`]),
    ...(recorded ? [`fixture: ${recorded.folder}`] : []),
  ];
  const example = recorded ? ["", "## Example", "", ...exampleOf(recorded)] : [];
  return [`---`, ...matter, `---`, "", `# ${code}: ${title}`, "", prose, ...example, ""].join("\n");
}

/** What stands between the heading and the example. */
export function proseOf(page: string): string {
  return /^# .*\n\n([\s\S]*?)(?:\n## Example\n|$(?![\s\S]))/m.exec(page)?.[1]?.trim() ?? "";
}

export function fixtureOf(page: string): string | undefined {
  return /^fixture: (.+)$/m.exec(page)?.[1];
}

function exampleOf({ folder, text }: Recorded): readonly string[] {
  const place = placeIn(text) ?? onlySource(folder);
  return [...(place ? sourceBlock(folder, place) : []), "```text", text, "```"];
}

function sourceBlock(folder: string, place: Place): readonly string[] {
  const path = join(fixtures, folder, place.file);
  if (!existsSync(path)) return [];
  const language = /\.m?ts$/.test(place.file) ? "ts" : place.file.endsWith(".json") ? "jsonc" : "text";
  const source = excerpt(readFileSync(path, "utf8"), place).trimEnd();
  return [`\`\`\`${language}`, `// ${place.file}`, source, "```", ""];
}

interface Place {
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

function placeIn(text: string): Place | undefined {
  const [, file, line] = /^ {2}([^\s:]+):(\d+):\d+$/m.exec(text) ?? [];
  return file === undefined ? undefined : { file, line: Number(line) };
}

/** Where no place is named, what the whole case consists of is shown, if it is one small file. */
function onlySource(folder: string): Place | undefined {
  if (existsSync(join(fixtures, folder, "mcpgen.json"))) return { file: "mcpgen.json", line: 1 };
  const source = join(fixtures, folder, "src");
  const files = existsSync(source) ? readdirSync(source) : [];
  return files.length === 1 ? { file: `src/${files[0] ?? ""}`, line: 1 } : undefined;
}

/** The whole of a small file; of a longer one the statement that the diagnostic is about. */
function excerpt(text: string, { file, line }: Place): string {
  const lines = text.split("\n");
  if (lines.length <= 24 || !file.endsWith("ts")) return lines.slice(0, 40).join("\n");
  const parsed = ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, true);
  const position = parsed.getPositionOfLineAndCharacter(line - 1, 0);
  const statement = parsed.statements.find((each) => each.getFullStart() <= position && position < each.getEnd());
  return (statement?.getFullText(parsed) ?? text).trim();
}
