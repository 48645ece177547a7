/** ESLint, by either of its ways to be configured: https://eslint.org/docs/latest/use/configure/ignore */
import {
  findFile,
  isRecord,
  leavesOut,
  readSettings,
  textsOf,
  type Neighbour,
  type Neighbourhood,
} from "./neighbour.js";

const flat = ["js", "mjs", "cjs", "ts", "mts", "cts"].map((ending) => `eslint.config.${ending}`);
const programs = ["js", "cjs", "yaml", "yml"].map((ending) => `.eslintrc.${ending}`);
const lists = ["ignores", "globalIgnores", "ignorePatterns"];

/** In the order in which ESLint looks for them. */
export function findEslint(around: Neighbourhood): Neighbour | undefined {
  const { read, output } = around;
  const file = findFile(around, flat);
  if (file !== undefined) return findProgram(around, file, `a further entry { ignores: ["${output}/**"] }`);
  const ignored = read(".eslintignore");
  if (ignored !== undefined)
    return hasLine(ignored, output) ? undefined : lacking(".eslintignore", `${output}/`, { line: `${output}/` });
  const script = findFile(around, programs);
  if (script !== undefined) return findProgram(around, script, `ignorePatterns: ["${output}/"]`);
  return findSettings(around);
}

function findProgram({ read, output }: Neighbourhood, file: string, line: string): Neighbour | undefined {
  const text = read(file) ?? "";
  const isIgnored = text.includes(".gitignore") && hasLine(read(".gitignore") ?? "", output);
  return isIgnored || leavesOut(text, output, lists) ? undefined : lacking(file, line);
}

function findSettings(around: Neighbourhood): Neighbour | undefined {
  const { output } = around;
  const file = findFile(around, [".eslintrc.json", ".eslintrc"]);
  const settings =
    file === undefined ? readSettings(around, "package.json")["eslintConfig"] : readSettings(around, file);
  if (!isRecord(settings)) return undefined;
  const patterns = textsOf(settings["ignorePatterns"]) ?? [];
  if (hasLine(patterns.join("\n"), output)) return undefined;
  const value = [...patterns, `${output}/`];
  const path = [...(file === undefined ? ["eslintConfig"] : []), "ignorePatterns"];
  const line = `${path.join(".")}: [${value.map((each) => JSON.stringify(each)).join(", ")}]`;
  return lacking(file ?? "package.json", line, { path, value });
}

function lacking(file: string, line: string, edit?: Neighbour["edit"]): Neighbour {
  return { program: "eslint", file, line, ...(edit && { edit }) };
}

/** Of a list as git has it, the output or a folder above it. */
function hasLine(text: string, output: string): boolean {
  const lines = text.split(/\r?\n/).map((line) => line.trim().replace(/^\/|\/(?:\*\*?)?$/g, ""));
  const steps = output.split("/");
  return steps.some((_, index) => lines.includes(steps.slice(0, index + 1).join("/")));
}
