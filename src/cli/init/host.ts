/** The project around the output → what keeps its test runner and its linter out of it: edits of JSON, and lines to add where a program would have to be edited. */
import { readdirSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { matchGlob } from "../../model/globs.js";
import { isRecord, type Edits } from "./edits.js";
import { slashes } from "./place.js";

export interface Host {
  readonly root: string;
  /** Relative to the root. */
  readonly output: string;
  readonly edits: Edits;
}

/** Adds to the edits; what is returned is left to the user. */
export function excludeOutput(host: Host): readonly string[] {
  return [...excludeFromJest(host), ...excludeFromVitest(host), ...excludeFromEslint(host)];
}

/** Jest's own defaults: https://jestjs.io/docs/configuration */
const jestDefaults = {
  testMatch: ["**/__tests__/**/*.[jt]s", "**/*.spec.[jt]s", "**/*.test.[jt]s"],
  testPathIgnorePatterns: ["/node_modules/"],
} as const;

function excludeFromJest(host: Host): readonly string[] {
  const { edits, root, output } = host;
  const manifest = edits.json("package.json") ?? {};
  const file = filesOf(root).find((name) => /^jest\.config\.(?:json|[cm]?[jt]s)$/.test(name));
  if (file !== undefined && !file.endsWith(".json")) {
    if (names(edits.text(file), output)) return [];
    return [`${file}: testPathIgnorePatterns: ["/node_modules/", "<rootDir>/${output}/"]`];
  }
  if (file === undefined && !isRecord(manifest["jest"]) && !hasPackage(manifest, "jest")) return [];
  const [path, keys] = file === undefined ? (["package.json", ["jest"]] as const) : ([file, []] as const);
  const settings = file === undefined ? manifest["jest"] : edits.json(file);
  const config = isRecord(settings) ? settings : {};
  const folder = resolve(root, typeof config["rootDir"] === "string" ? config["rootDir"] : ".");
  if (!jestRuns(join(root, output, "test", "a.test.ts"), folder, config)) return [];
  const ignored = textsOf(config["testPathIgnorePatterns"]) ?? jestDefaults.testPathIgnorePatterns;
  const own = `<rootDir>/${slashes(relative(folder, join(root, output)))}/`;
  edits.set(path, [...keys, "testPathIgnorePatterns"], [...ignored, own]);
  return [];
}

function jestRuns(path: string, folder: string, config: Readonly<Record<string, unknown>>): boolean {
  const file = slashes(path);
  const place = (text: string) => text.replaceAll("<rootDir>", slashes(folder));
  const roots = (textsOf(config["roots"]) ?? ["<rootDir>"]).map((each) => slashes(resolve(folder, place(each))));
  if (!roots.some((each) => file.startsWith(`${each}/`))) return false;
  const ignored = textsOf(config["testPathIgnorePatterns"]) ?? jestDefaults.testPathIgnorePatterns;
  if (ignored.some((each) => matches(place(each), file))) return false;
  const expressions = textsOf(config["testRegex"]);
  if (expressions) return expressions.some((each) => matches(each, file));
  const globs = textsOf(config["testMatch"]) ?? jestDefaults.testMatch;
  // Jest reads any glob of its own as one that may begin anywhere.
  return globs.some((each) => matchGlob(place(each).replace("[jt]s?(x)", "[jt]s"))(file));
}

function matches(expression: string, file: string): boolean {
  try {
    return new RegExp(expression).test(file);
  } catch {
    // Jest itself will say that this is no expression.
    return false;
  }
}

function excludeFromVitest({ root, output, edits }: Host): readonly string[] {
  const files = filesOf(root);
  const own = files.find((name) => /^vitest\.config\.[cm]?[jt]s$/.test(name));
  const shared = files.find((name) => /^vite\.config\.[cm]?[jt]s$/.test(name));
  const file = own ?? (shared !== undefined && /\btest\s*:/.test(edits.text(shared) ?? "") ? shared : undefined);
  if (file === undefined && !hasPackage(edits.json("package.json") ?? {}, "vitest")) return [];
  const text = file === undefined ? "" : (edits.text(file) ?? "");
  if (names(text, output) || choosesOthers(text, `${output}/test/a.test.ts`)) return [];
  const line = `exclude: [...configDefaults.exclude, "${output}/**"]`;
  return [`${file ?? "vitest.config.ts (a new one)"}: in \`test\`, ${line}`];
}

/** Where its `include` is a plain list, which of the files it means can be known. */
function choosesOthers(text: string, file: string): boolean {
  const list = /\binclude\s*:\s*\[([^\]]*)\]/.exec(text)?.[1];
  const globs = [...(list ?? "").matchAll(/(["'`])([^"'`$]+)\1/g)].map(([, , glob = ""]) => glob);
  return globs.length > 0 && !globs.some((glob) => matchGlob(glob)(file));
}

function excludeFromEslint({ root, output, edits }: Host): readonly string[] {
  const files = filesOf(root);
  const flat = files.find((name) => /^eslint\.config\.[cm]?[jt]s$/.test(name));
  if (flat !== undefined)
    return names(edits.text(flat), output) ? [] : [`${flat}: a further entry { ignores: ["${output}/**"] }`];
  const ignored = edits.text(".eslintignore");
  if (ignored !== undefined) {
    const lines = ignored.split(/\r?\n/).map((line) => line.trim().replace(/^\/|\/$/g, ""));
    if (!lines.includes(output))
      edits.write(".eslintignore", `${ignored}${ignored === "" || ignored.endsWith("\n") ? "" : "\n"}${output}/\n`);
    return [];
  }
  const script = files.find((name) => /^\.eslintrc\.(?:c?js|ya?ml)$/.test(name));
  if (script !== undefined)
    return names(edits.text(script), output) ? [] : [`${script}: ignorePatterns: ["${output}/"]`];
  const file = files.find((name) => name === ".eslintrc.json" || name === ".eslintrc");
  const manifest = edits.json("package.json")?.["eslintConfig"];
  const settings = file === undefined ? manifest : edits.json(file);
  if (!isRecord(settings)) return [];
  const patterns = textsOf(settings["ignorePatterns"]) ?? [];
  if (patterns.some((each) => each.replace(/^\/|\/(?:\*\*)?$/g, "") === output)) return [];
  const keys = file === undefined ? ["eslintConfig", "ignorePatterns"] : ["ignorePatterns"];
  edits.set(file ?? "package.json", keys, [...patterns, `${output}/`]);
  return [];
}

/** In a text of its own, or as a step of a path in one: `server: { port }` of Vite is something else. */
function names(program: string | undefined, output: string): boolean {
  const texts = [...(program ?? "").matchAll(/(["'`])([^"'`\n]*)\1/g)].map(([, , text = ""]) => text);
  return texts.some((text) => `/${text}/`.includes(`/${output}/`));
}

function filesOf(root: string): readonly string[] {
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .sort();
}

function hasPackage(manifest: Readonly<Record<string, unknown>>, name: string): boolean {
  return [manifest["dependencies"], manifest["devDependencies"]].some((list) => isRecord(list) && name in list);
}

/** A text counts as a list of one, as it does for these programs. */
function textsOf(value: unknown): readonly string[] | undefined {
  if (typeof value === "string") return [value];
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : undefined;
}
