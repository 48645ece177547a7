/** Random edits of a project, of its mcpgen.json, and of the files that mcpgen wrote for the user. */
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { choices, firstTool, type EditedProject, type EditedTool } from "./edited-project.js";

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

/** Whatever an edit may have broken: the next build succeeds. */
function mend({ tools, config, ...rest }: EditedProject): EditedProject {
  const { tokenBudget: _budget, namming: _unknown, ...settings } = { tokenBudget: 0, namming: "", ...config };
  const distinct = [...new Map([firstTool, ...tools].map((tool) => [tool.name, tool])).values()];
  const mended = distinct.map((tool) => ({ ...tool, fault: "none" as const, tag: mendTag(tool) }));
  return { ...rest, provider: true, tools: mended, config: { ...settings, expose: "all" } };
}

/** An example of another argument than a text, which the signature no longer takes. */
function mendTag({ tag, takes }: EditedTool): string {
  return tag.startsWith("@example") && takes !== "text" ? "" : tag;
}

const sourceEdits = {
  add: (project, { at, to }) => {
    const [name, file] = [pick(choices.name, at), pick(choices.file, to)];
    const tool = {
      name,
      file,
      takes: "text",
      gives: "text",
      doc: "Is new.",
      tag: "",
      needs: "nothing",
      fault: "none",
    } as const;
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
  mend,
  item: (project, { to }) => ({ ...project, item: pick(choices.item, to) }),
  barrel: (project, { to }) => ({ ...project, barrel: pick(choices.barrel, to) }),
  setting: (project, { to }) => ({ ...project, setting: pick(choices.setting, to) }),
  provider: (project) => ({ ...project, provider: !project.provider }),
  config: (project, { to }) => ({ ...project, config: { ...project.config, ...pick(choices.config, to) } }),
} satisfies Record<string, Change>;

/** What the user has written into a file of the scaffold, and how it is told that it is there still. */
export interface OwnWork {
  /** Absolute. */
  readonly path: string;
  readonly isKept: (text: string) => boolean;
}

type Rewrite = (text: string, edit: Edit, mark: string) => readonly [text: string, isKept: OwnWork["isKept"]];

/** A key of its own in an object of package.json. */
function asKey(section: string): Rewrite {
  return (text, _, mark) => {
    const read = (json: string) => JSON.parse(json) as Readonly<Record<string, Readonly<Record<string, string>>>>;
    const parsed = read(text);
    const changed = { ...parsed, [section]: { ...parsed[section], [mark]: "1.0.0" } };
    return [`${JSON.stringify(changed, null, 2)}\n`, (now) => read(now)[section]?.[mark] === "1.0.0"];
  };
}

/** A line of its own anywhere in the file, before the line that stands there or in place of it. */
function asLine(lineOf: (mark: string) => string, instead: 0 | 1 = 0): Rewrite {
  return (text, { to }, mark) => {
    const lines = text.split("\n");
    const line = lineOf(mark);
    // In place of a line of the user's own, that one would be lost by their own hand.
    const at = to % lines.length;
    const gone = lines[at]?.includes("mine-") ? 0 : instead;
    return [lines.toSpliced(at, gone, line).join("\n"), (now) => now.split("\n").includes(line)];
  };
}

const ownEdits = {
  readme: { path: "README.md", rewrite: asLine((mark) => `A line of mine, ${mark}.`) },
  rewording: { path: "README.md", rewrite: asLine((mark) => `In my own words, ${mark}.`, 1) },
  script: { path: "package.json", rewrite: asKey("scripts") },
  package: { path: "package.json", rewrite: asKey("dependencies") },
  variable: { path: ".env.example", rewrite: asLine((mark) => `${mark.replace("-", "_").toUpperCase()}=1`) },
  ignored: { path: "Dockerfile.dockerignore", rewrite: asLine((mark) => mark) },
  docker: { path: "Dockerfile", rewrite: asLine((mark) => `# ${mark}`, 1) },
  test: { path: "test/find.test.ts", rewrite: asLine((mark) => `// ${mark}`) },
  deletion: { path: "README.md", rewrite: undefined },
} satisfies Record<string, { readonly path: string; readonly rewrite: Rewrite | undefined }>;

interface Target {
  readonly output: string;
  readonly edit: Edit;
  /** What nobody else writes. */
  readonly mark: string;
}

/** Edits the file, if it is there, and gives all that has to be found ever after. */
export function editOutput({ output, edit, mark }: Target, works: readonly OwnWork[]): readonly OwnWork[] {
  if (!isOwn(edit.kind)) return works;
  const { path: name, rewrite } = ownEdits[edit.kind];
  const path = join(output, name);
  if (!existsSync(path)) return works;
  if (!rewrite) {
    rmSync(path);
    return works.filter((work) => work.path !== path);
  }
  const [text, isKept] = rewrite(readFileSync(path, "utf8"), edit, mark);
  writeFileSync(path, text);
  return [...works, { path, isKept }];
}

export function editSource(project: EditedProject, edit: Edit): EditedProject {
  return isOwn(edit.kind) ? project : sourceEdits[edit.kind](project, edit);
}

function isOwn(kind: Edit["kind"]): kind is keyof typeof ownEdits {
  return Object.hasOwn(ownEdits, kind);
}

const number = fc.nat({ max: 200 });
const kinds = [...Object.keys(sourceEdits), ...Object.keys(ownEdits), "mend", "mend", "mend"] as Edit["kind"][];

/** One to three edits between two builds. */
export const randomStep: fc.Arbitrary<readonly Edit[]> = fc.array(
  fc.record({ kind: fc.constantFrom(...kinds), at: number, to: number }),
  { minLength: 1, maxLength: 3 },
);
