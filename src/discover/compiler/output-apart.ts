/** Whether the user's own compiler would take the output for a part of the project: then it reports our files by its rules and moves its own output. */
import type { ts } from "ts-morph";
import type { Config } from "../../config/config.js";
import { diagnostic, type Diagnostic } from "../../diagnostics/diagnostic.js";
import { loadCompiler } from "./compiler-options.js";
import { toSlashes } from "../disk/files.js";
import type { ParsedProject } from "./references.js";
import { offsetsToSpan, toRelative } from "../disk/spans.js";

/** Of TypeScript's own globs: how `include` and `exclude` choose among files. Not part of its public types. */
interface Globs {
  readonly matchFiles: (
    folder: string,
    extensions: readonly string[],
    excludes: readonly string[] | undefined,
    includes: readonly string[] | undefined,
    caseSensitive: boolean,
    current: string,
    depth: number | undefined,
    entries: (folder: string) => { readonly files: readonly string[]; readonly directories: readonly string[] },
    realpath: (path: string) => string,
  ) => readonly string[];
}

/** A project whose root is the output itself has nothing to keep apart. */
export function checkOutputApart(config: Config, { path, file, parsed }: ParsedProject): readonly Diagnostic[] {
  const [root, output] = [toSlashes(config.root), toSlashes(config.output)];
  if (output === root || !includesFile(path, parsed, `${output}/generated/main.ts`)) return [];
  const folder = toRelative(path.slice(0, path.lastIndexOf("/")), output);
  const { excludes, span } = excludeOf(root, file);
  const written = [...excludes, folder].map((each) => JSON.stringify(each)).join(", ");
  const name = toRelative(root, path);
  return [
    diagnostic("MG114", `\`${name}\` includes the output \`${toRelative(root, output)}\``, {
      span,
      fix: { file: name, path: ["exclude"], value: [...excludes, folder] },
      help: `write \`"exclude": [${written}]\` in \`${name}\``,
    }),
  ];
}

function includesFile(path: string, { raw }: ts.ParsedCommandLine, file: string): boolean {
  const folder = path.slice(0, path.lastIndexOf("/"));
  if (!file.startsWith(`${folder}/`)) return false;
  const { include, exclude, files } = raw as {
    include?: readonly string[];
    exclude?: readonly string[];
    files?: readonly string[];
  };
  if (!include && files) return false;
  const { matchFiles } = loadCompiler().ts as unknown as Globs;
  const entries = (at: string): { files: string[]; directories: string[] } => {
    const base = at.endsWith("/") ? at : `${at}/`;
    if (!file.startsWith(base)) return { files: [], directories: [] };
    const [first = "", ...rest] = file.slice(base.length).split("/");
    return rest.length === 0 ? { files: [first], directories: [] } : { files: [], directories: [first] };
  };
  const excluded = exclude ?? ["node_modules", "bower_components", "jspm_packages"];
  const found = matchFiles(
    folder,
    [".ts"],
    excluded,
    include ?? ["**/*"],
    true,
    folder,
    undefined,
    entries,
    (at) => at,
  );
  return found.length > 0;
}

/** What is excluded so far, and the place to say more. */
function excludeOf(root: string, file: ts.TsConfigSourceFile) {
  const { ts } = loadCompiler();
  const object = file.statements[0]?.expression;
  const properties = object && ts.isObjectLiteralExpression(object) ? object.properties : undefined;
  const named = (name: string) =>
    properties?.find((each) => each.name && (ts.isStringLiteral(each.name) ? each.name.text : "") === name);
  const exclude = named("exclude");
  const list = exclude && ts.isPropertyAssignment(exclude) ? exclude.initializer : undefined;
  const elements = list && ts.isArrayLiteralExpression(list) ? list.elements : undefined;
  const excludes = elements?.flatMap((each) => (ts.isStringLiteral(each) ? [each.text] : [])) ?? ["node_modules"];
  const place = exclude ?? named("include");
  return { excludes, span: place && offsetsToSpan(root, file, [place.getStart(file), place.end]) };
}
