/** Jest: https://jestjs.io/docs/configuration */
import { join, relative, resolve, sep } from "node:path";
import { coversFile, matchGlob } from "../model/project/globs.js";
import {
  findFile,
  hasPackage,
  isRecord,
  leavesOut,
  ownTest,
  readSettings,
  textsOf,
  type Neighbour,
  type Neighbourhood,
  type Settings,
} from "./neighbour.js";

const files = ["json", "ts", "js", "mjs", "cjs", "mts", "cts"].map((ending) => `jest.config.${ending}`);

const defaults = {
  testMatch: ["**/__tests__/**/*.[jt]s", "**/*.spec.[jt]s", "**/*.test.[jt]s"],
  testPathIgnorePatterns: ["/node_modules/"],
} as const;

export function findJest(around: Neighbourhood): Neighbour | undefined {
  const { read, root, output } = around;
  const file = findFile(around, files);
  const given = file === undefined ? readSettings(around, "package.json")["jest"] : readSettings(around, file);
  if (file !== undefined && !file.endsWith(".json")) {
    if (leavesOut(read(file) ?? "", output, ["modulePathIgnorePatterns"])) return undefined;
    return lacking(file, [...defaults.testPathIgnorePatterns, `<rootDir>/${output}/`]);
  }
  if (file === undefined && !isRecord(given) && !hasPackage(around, "jest")) return undefined;
  const settings = isRecord(given) ? given : {};
  const folder = resolve(root, typeof settings["rootDir"] === "string" ? settings["rootDir"] : ".");
  if (!runs(join(root, ownTest(output)), folder, settings)) return undefined;
  const ignored = textsOf(settings["testPathIgnorePatterns"]) ?? defaults.testPathIgnorePatterns;
  const value = [...ignored, `<rootDir>/${slashes(relative(folder, join(root, output)))}/`];
  const path = [...(file === undefined ? ["jest"] : []), "testPathIgnorePatterns"];
  return { ...lacking(file ?? "package.json", value, path.join(".")), edit: { path, value } };
}

function lacking(file: string, patterns: readonly string[], key = "testPathIgnorePatterns"): Neighbour {
  const list = patterns.map((each) => JSON.stringify(each)).join(", ");
  return { program: "jest", file, line: `${key}: [${list}]` };
}

function runs(path: string, folder: string, settings: Settings): boolean {
  const file = slashes(path);
  const place = (text: string) => text.replaceAll("<rootDir>", slashes(folder));
  const placed = (key: string) => textsOf(settings[key])?.map((each) => slashes(resolve(folder, place(each))));
  const roots = placed("roots") ?? [slashes(folder)];
  if (!roots.some((each) => file.startsWith(`${each}/`))) return false;
  const projects = placed("projects");
  if (projects && !projects.some((each) => coversFile(each, file))) return false;
  const ignored = [
    ...(textsOf(settings["testPathIgnorePatterns"]) ?? defaults.testPathIgnorePatterns),
    ...(textsOf(settings["modulePathIgnorePatterns"]) ?? []),
  ];
  if (ignored.some((each) => matches(place(each), file))) return false;
  const expressions = textsOf(settings["testRegex"]);
  if (expressions) return expressions.some((each) => matches(each, file));
  const globs = textsOf(settings["testMatch"]) ?? defaults.testMatch;
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

function slashes(path: string): string {
  return path.split(sep).join("/");
}
