/** Vitest: https://vitest.dev/config/ */
import { coversFile, matchGlob } from "../model/project/globs.js";
import { findFile, globsOf, hasPackage, leavesOut, ownTest, type Neighbour, type Neighbourhood } from "./neighbour.js";

const endings = ["ts", "mts", "cts", "js", "mjs", "cjs"];

export function findVitest(around: Neighbourhood): Neighbour | undefined {
  const { read, output } = around;
  const own = findFile(around, filesOf("vitest"));
  const shared = findFile(around, filesOf("vite"));
  const isShared = shared !== undefined && /\btest\s*:/.test(read(shared) ?? "");
  const file = own ?? (isShared ? shared : undefined);
  if (file === undefined && !hasPackage(around, "vitest")) return undefined;
  const text = file === undefined ? "" : (read(file) ?? "");
  if (leavesOut(text, output, ["exclude"]) || choosesOthers(text, output)) return undefined;
  const line = `in \`test\`, exclude: [...configDefaults.exclude, "${output}/**"]`;
  const found = { program: "vitest", line } as const;
  return file === undefined ? { ...found, file: "vitest.config.ts", isMissing: true } : { ...found, file };
}

function filesOf(name: string): readonly string[] {
  return endings.map((ending) => `${name}.config.${ending}`);
}

/** Where its lists are plain, which of the files they mean can be known. */
function choosesOthers(text: string, output: string): boolean {
  const [file, folder] = [ownTest(output), /\bdir\s*:\s*(["'`])(?:\.\/)?([^"'`$]+)\1/.exec(text)?.[2]];
  const includes = (globsOf(text, "include") ?? []).filter((glob) => !glob.includes("$"));
  const projects = (globsOf(text, "projects") ?? []).filter((glob) => !glob.includes("$"));
  return (
    (includes.length > 0 && !includes.some((glob) => matchGlob(glob)(file))) ||
    (projects.length > 0 && !projects.some((glob) => coversFile(glob, file))) ||
    (folder !== undefined && folder !== "." && !file.startsWith(`${folder.replace(/\/$/, "")}/`))
  );
}
