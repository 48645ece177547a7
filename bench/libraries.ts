/**
 * `npm run libraries`: the exported functions of real libraries, served as they are. Installs each at an exact
 * version, builds a server that re-exports all of it, and checks that nothing crashed, that nothing was dropped
 * in silence, and that what is served has schemas that Ajv accepts in its strict mode and code that compiles.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";
import { isError, type Diagnostic } from "../src/diagnostics/diagnostic.js";
import { preview } from "../src/pipeline.js";
import { surfaceProblems, type ListedTool } from "../test/support/fixtures/surface.js";
import { hasText, plannedText } from "../src/model/files.js";

/** They were not written for us: dates and options; generics and overloads; bigints, bytes and template literals. */
const libraries = [
  { name: "date-fns", version: "4.4.0", module: "date-fns" },
  { name: "es-toolkit", version: "1.53.2", module: "es-toolkit" },
  { name: "viem", version: "2.57.20", module: "viem/utils" },
];

const compilerOptions = {
  target: "ES2023",
  lib: ["ES2023"],
  types: ["node"],
  module: "ESNext",
  moduleResolution: "Bundler",
  strict: true,
};
const options = ts.convertCompilerOptionsFromJson(
  { ...compilerOptions, typeRoots: ["node_modules/@types"] },
  process.cwd(),
).options;

const root = process.cwd();
const work = join(root, "node_modules/.cache/mcpgen-libraries");
mkdirSync(work, { recursive: true });
write("package.json", JSON.stringify({ private: true, type: "module" }));
const packages = libraries.map(({ name, version }) => `${name}@${version}`);
run("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts", ...packages], work);
const right: boolean[] = [];
for (const library of libraries) right.push(await serve(library));
process.exitCode = right.every(Boolean) ? 0 : 1;

async function serve({ name, module }: (typeof libraries)[number]): Promise<boolean> {
  const folder = join(work, `serve-${name}`);
  rmSync(folder, { recursive: true, force: true });
  write(`serve-${name}/package.json`, JSON.stringify({ name: `serve-${name}`, private: true, type: "module" }));
  write(`serve-${name}/tsconfig.json`, JSON.stringify({ compilerOptions, include: ["src"] }));
  write(`serve-${name}/src/index.ts`, `export * from "${module}";\n`);

  const start = performance.now();
  const { value, diagnostics } = await preview({ cwd: folder, source: "src", output: "server", keepGoing: true });
  const seconds = (performance.now() - start) / 1000;
  const exported = exportedFunctions(join(folder, "src/index.ts"));
  const served = new Set((value.plan?.tools ?? []).map(({ call }) => call.callee.export));
  const refused = exported.filter(({ names }) => !names.some((one) => served.has(one)));
  const silent = refused.filter((one) => !diagnostics.some((found) => isError(found) && isWithin(found, one, folder)));
  for (const { path, text } of (value.files ?? []).filter(hasText)) write(`serve-${name}/server/${path}`, text);
  const surface = plannedText(value.files ?? [], "generated/surface.json") ?? '{"tools":[]}';
  const { tools } = JSON.parse(surface) as { readonly tools: readonly ListedTool[] };
  const schemas = tools.flatMap((tool) => surfaceProblems(tool));
  const compile = compileProblems(join(folder, "server"));

  console.log(`${module}: ${String(exported.length)} exported functions, ${seconds.toFixed(1)} s`);
  console.log(
    `  served ${String(tools.length)}, refused ${String(refused.length)}: ${countCodes(diagnostics.filter(isError))}`,
  );
  console.log(`  warnings: ${countCodes(diagnostics.filter((found) => !isError(found)))}`);
  const wrong = [
    ...silent.map(({ names }) => `${names.join()} was dropped in silence`),
    ...(tools.length + refused.length === exported.length ? [] : ["served and refused are not all there is"]),
    ...schemas,
    ...compile,
  ];
  for (const problem of wrong) console.log(`  WRONG ${problem}`);
  return wrong.length === 0 && tools.length > 0;
}

interface ExportedFunction {
  /** A function can be exported under several names, and is served under one. */
  readonly names: readonly string[];
  readonly declarations: readonly { readonly file: string; readonly first: number; readonly last: number }[];
}

/** As TypeScript's own checker counts them: functions, by what they resolve to. */
function exportedFunctions(path: string): readonly ExportedFunction[] {
  const program = ts.createProgram([path], { ...options, skipLibCheck: true });
  const checker = program.getTypeChecker();
  const file = program.getSourceFile(path);
  const module = file === undefined ? undefined : checker.getSymbolAtLocation(file);
  const found = new Map<ts.Symbol, string[]>();
  for (const symbol of module ? checker.getExportsOfModule(module) : []) {
    const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    const isValue = (target.flags & (ts.SymbolFlags.Function | ts.SymbolFlags.Variable)) !== 0;
    if (isValue && checker.getTypeOfSymbol(target).getCallSignatures().length > 0)
      found.set(target, [...(found.get(target) ?? []), symbol.name]);
  }
  return [...found].map(([symbol, names]) => ({ names, declarations: (symbol.declarations ?? []).map(placeOf) }));
}

function placeOf(node: ts.Declaration) {
  const file = node.getSourceFile();
  const line = (position: number) => file.getLineAndCharacterOfPosition(position).line + 1;
  return { file: file.fileName, first: line(node.getFullStart()), last: line(node.end) };
}

function isWithin({ span, notes }: Diagnostic, { declarations }: ExportedFunction, folder: string): boolean {
  return [span, ...notes.map((note) => note.span)].some(
    (place) =>
      place &&
      declarations.some(
        ({ file, first, last }) =>
          join(folder, place.file) === file && place.start.line >= first && place.start.line <= last,
      ),
  );
}

/** What was generated, by the compiler that the generated project would use. */
function compileProblems(server: string): readonly string[] {
  const modules = join(server, "node_modules");
  if (!existsSync(modules)) symlinkSync(join(root, "node_modules"), modules);
  const { status, stdout } = spawnSync(process.execPath, ["build.mjs", "--check"], { cwd: server, encoding: "utf8" });
  return status === 0 ? [] : stdout.trim().split("\n").slice(0, 10);
}

function countCodes(diagnostics: readonly Diagnostic[]): string {
  const counts = new Map<string, number>();
  for (const { code } of diagnostics) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts]
    .toSorted()
    .map(([code, count]) => `${code} ×${String(count)}`)
    .join(", ");
}

function run(command: string, args: readonly string[], cwd: string): void {
  const { status, stderr } = spawnSync(command, args, { cwd, encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}: ${stderr}`);
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(work, path)), { recursive: true });
  writeFileSync(join(work, path), text);
}
