/** Which of the functions that were found are to be served → the entries of `functions` that say so in the fewest words. */
import { compareText } from "../../model/text.js";
import type { SurveyedFunction } from "../../survey.js";

/** What clients could be given: not providers, and not what is tagged as nobody's business. */
export function candidatesOf(survey: readonly SurveyedFunction[]): readonly SurveyedFunction[] {
  return survey.filter(({ fate }) => fate === "served" || fate === "refused");
}

/** Relative to the source. */
export function fileOf({ reference }: SurveyedFunction, source: string): string {
  return source === "." ? reference.module : reference.module.slice(source.length + 1);
}

export function nameOf({ name, reference }: SurveyedFunction): string {
  return name === "" ? reference.export : name;
}

/** By file, in the order of the survey, which is that of the paths. */
export function groupByFile(
  functions: readonly SurveyedFunction[],
  source: string,
): ReadonlyMap<string, readonly SurveyedFunction[]> {
  const files = new Map<string, SurveyedFunction[]>();
  for (const each of functions) {
    const file = fileOf(each, source);
    const group = files.get(file);
    if (group) group.push(each);
    else files.set(file, [each]);
  }
  return files;
}

/** Undefined where all are chosen: then nothing has to be said. */
export function entriesFor(
  survey: readonly SurveyedFunction[],
  chosen: ReadonlySet<SurveyedFunction>,
  source: string,
): readonly string[] | undefined {
  const candidates = candidatesOf(survey);
  if (candidates.every((each) => chosen.has(each))) return undefined;
  const files = groupByFile(candidates, source);
  const whole = new Set([...files].filter(([, all]) => all.every((each) => chosen.has(each))).map(([file]) => file));
  const folders = wholeFolders([...files.keys()], whole);
  const isCovered = (file: string) => folders.some((folder) => file.startsWith(`${folder}/`));
  const rest = [...files]
    .filter(([file]) => !isCovered(file))
    .flatMap(([file, all]) =>
      whole.has(file) ? [file] : all.filter((each) => chosen.has(each)).map((each) => `${file}#${nameOf(each)}`),
    );
  return [...folders.map((folder) => `${folder}/**`), ...rest].sort(compareText);
}

/** The outermost folders of two or more files, all of which are chosen. */
function wholeFolders(files: readonly string[], whole: ReadonlySet<string>): readonly string[] {
  const folders = [...new Set(files.flatMap(foldersAbove))].filter((folder) => {
    const inside = files.filter((file) => file.startsWith(`${folder}/`));
    return inside.length > 1 && inside.every((file) => whole.has(file));
  });
  return folders.filter((folder) => !folders.some((other) => folder.startsWith(`${other}/`)));
}

function foldersAbove(file: string): readonly string[] {
  const end = file.lastIndexOf("/");
  if (end < 0) return [];
  const folder = file.slice(0, end);
  return [folder, ...foldersAbove(folder)];
}
