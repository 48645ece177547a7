/** Random edits of a project, of its mcpgen.json, and of the files that mcpgen wrote for the user. */
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { choices, type EditedProject, type EditedTool } from "./edited-project.js";

/** `at` says which tool or which line is meant, `to` what becomes of it; both count round. */
export interface Edit {
  readonly kind: keyof typeof sourceEdits | keyof typeof ownEdits;
  readonly at: number;
  readonly to: number;
}

type Change = (project: EditedProject, edit: Edit) => EditedProject;

const pick = <T>(list: readonly [T, ...T[]] | readonly T[], index: number): T => list[index % list.length] as T;

/** One tool becomes what the change makes of it. */
function ofTool(change: (tool: EditedTool, to: number) => Partial<EditedTool>): Change {
  return (project, { at, to }) => ({
    ...project,
    tools: project.tools.map((tool, index) =>
      index === at % project.tools.length ? { ...tool, ...change(tool, to) } : tool,
    ),
  });
}

const sourceEdits = {
  add: (project, { at, to }) => {
    const [name, file] = [pick(choices.name, at), pick(choices.file, to)];
    const tool = { name, file, takes: "text", gives: "text", doc: "Is new.", tag: "", needs: "nothing", fault: "none" } as const;
    return { ...project, tools: [...project.tools, tool] };
  },
  drop: (project, { at }) => ({
    ...project,
    tools: project.tools.filter((_, index) => index !== at % project.tools.length),
  }),
  rename: ofTool((_, to) => ({ name: pick(choices.name, to) })),
  move: ofTool((_, to) => ({ file: pick(choices.file, to) })),
  argument: ofTool((_, to) => ({ takes: pick(choices.type, to) })),
  result: ofTool((_, to) => ({ gives: pick(choices.type, to) })),
  doc: ofTool((_, to) => ({ doc: pick(choices.doc, to) })),
  tag: ofTool((_, to) => ({ tag: pick(choices.tag, to) })),
  dependency: ofTool((_, to) => ({ needs: pick(choices.needs, to) })),
  break: ofTool((_, to) => ({ fault: pick(choices.fault, to) })),
  mend: (project) => ({ ...project, provider: true, tools: project.tools.map((tool) => ({ ...tool, fault: "none" })) }),
  item: (project, { to }) => ({ ...project, item: pick(choices.item, to) }),
  setting: (project, { to }) => ({ ...project, setting: pick(choices.setting, to) }),
  provider: (project) => ({ ...project, provider: !project.provider }),
  config: (project, { to }) => ({ ...project, config: { ...project.config, ...pick(choices.config, to) } }),
} satisfies Record<string, Change>;

/** What the user has written into a file of the scaffold, and where it has to be found ever after. */
export interface OwnWork {
  readonly path: string;
  readonly isKept: (text: string) => boolean;
}

type OwnEdit = (text: string, edit: Edit, mark: string) => readonly [text: string, isKept: OwnWork["isKept"]];

const inJson =
  (section: string): OwnEdit =>
  (text, _, mark) => {
    const parsed = JSON.parse(text) as Record<string, Record<string, string>>;
    const changed = { ...parsed, [section]: { ...parsed[section], [mark]: "1.0.0" } };
    const isKept = (now: string): boolean =>
      (JSON.parse(now) as typeof parsed)[section]?.[mark] === "1.0.0";
    return [`${JSON.stringify(changed, null, 2)}\n`, isKept];
  };

/** Anywhere in the file, a line of its own. */
const asLine =
  (lineOf: (mark: string) => string): OwnEdit =>
  (text, { to }, mark) => {
    const lines = text.split("\n");
    const line = lineOf(mark);
    return [lines.toSpliced(to % lines.length, 0, line).join("\n"), (now) => now.split("\n").includes(line)];
  };

const ownEdits = {
  readme: { path: "README.md", edit: asLine((mark) => `A line of mine, ${mark}.`) },
  script: { path: "package.json", edit: inJson("scripts") },
  package: { path: "package.json", edit: inJson("dependencies") },
  variable: { path: ".env.example", edit: asLine((mark) => `${mark.toUpperCase().replace("-", "_")}=`) },
  ignored: { path: "Dockerfile.dockerignore", edit: asLine((mark) => mark) },
  docker: { path: "Dockerfile", edit: asLine((mark) => `# ${mark}`) },
  test: { path: "test/find.test.ts", edit: asLine((mark) => `// ${mark}`) },
} satisfies Record<string, { readonly path: string; readonly edit: OwnEdit }>;

export function editSource(project: EditedProject, edit: Edit): EditedProject {
  return isOwn(edit.kind) ? project : (sourceEdits[edit.kind] as Change)(project, edit);
}

/** Undefined where the file is not there, or the edit is none of the user's own. */
export function editOutput(output: string, edit: Edit, mark: string): OwnWork | undefined {
  if (!isOwn(edit.kind)) return undefined;
  const { path, edit: change } = ownEdits[edit.kind];
  const at = join(output, path);
  if (!existsSync(at)) return undefined;
  const [text, isKept] = change(readFileSync(at, "utf8"), edit, mark);
  writeFileSync(at, text);
  return { path, isKept };
}

function isOwn(kind: Edit["kind"]): kind is keyof typeof ownEdits {
  return Object.hasOwn(ownEdits, kind);
}

const number = fc.nat({ max: 200 });
const kinds = [...Object.keys(sourceEdits), ...Object.keys(ownEdits), "mend", "mend"] as Edit["kind"][];

/** One to three edits between two builds. */
export const randomStep: fc.Arbitrary<readonly Edit[]> = fc.array(
  fc.record({ kind: fc.constantFrom(...kinds), at: number, to: number }),
  { minLength: 1, maxLength: 3 },
);
