/** Whether the project's own test runner or linter would take the output for a part of it: then its tests fail in a place where they cannot run. */
import type { Config } from "../config/config.js";
import { diagnostic, type Diagnostic } from "../diagnostics/diagnostic.js";
import type { Span } from "../model/span.js";
import { findNeighbours, rangeOfKey, type Neighbour, type Neighbourhood } from "../neighbours/index.js";
import { loadCompiler } from "./compiler/compiler-options.js";
import { toSlashes } from "./disk/files.js";
import { offsetsToSpan, toRelative, type Text } from "./disk/spans.js";

/** An output outside of the project, or one that is the project itself, is nobody's. Settings are read where package.json stands. */
export function tellNeighbours(config: Config): readonly Diagnostic[] {
  const root = toSlashes(config.root);
  const output = toRelative(root, toSlashes(config.output));
  if (output === "" || output.startsWith("../")) return [];
  const { sys } = loadCompiler().ts;
  const read = (name: string): string | undefined => sys.readFile(`${root}/${name}`);
  if (read("package.json") === undefined) return [];
  const around = { root, output, read };
  return findNeighbours(around).map((found) => tell(around, found));
}

const tasks: Readonly<Record<Neighbour["program"], string>> = {
  jest: "run the tests of",
  vitest: "run the tests of",
  eslint: "lint",
};

function tell({ root, output, read }: Neighbourhood, found: Neighbour): Diagnostic {
  const { program, file, isMissing, line, edit } = found;
  const task = `${program} ${tasks[program]} the output \`${output}\``;
  if (isMissing)
    return diagnostic("MG118", `no config keeps ${program} from the tests of the output \`${output}\``, {
      help: `create \`${file}\`: ${line}`,
    });
  return diagnostic("MG118", `\`${file}\` lets ${task}`, {
    span: placeIn(root, { fileName: `${root}/${file}`, text: read(file) ?? "" }, edit),
    help: `write in \`${file}\`: ${line}`,
    fix: edit && { file, ...edit },
  });
}

/** The settings' own key in a file of many, else where the file begins. */
function placeIn(root: string, settings: Text, edit: Neighbour["edit"]): Span {
  const { text } = settings;
  const [name = ""] = edit && "path" in edit ? edit.path : [];
  const range = rangeOfKey(text, name) ?? ([0, text.search(/\r?\n|$/)] as const);
  return offsetsToSpan(root, settings, range);
}
