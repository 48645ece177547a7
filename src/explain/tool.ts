/** What is served itself: its name, description, and what clients know it by. */
import type { DocTag, FunctionModel } from "../model/api.js";
import type { JsonValue } from "../model/json.js";
import type { ExplainedPlan, Line, Section, Source, Subject } from "./explanation.js";

export function explainTool(subject: Subject): readonly Section[] {
  const { role } = subject.source;
  const title = `${role[0]?.toUpperCase() ?? ""}${role.slice(1)}`;
  return [{ title, entries: [{ path: "", lines: [...explainTexts(subject), ...explainHints(subject)] }] }];
}

function explainTexts({ tool, source }: Subject): readonly Line[] {
  const { docs, origins, span } = source;
  const tagged = (name: string): Source | undefined => tagSource(docs.tags, name);
  const byName: Source = { kind: "name", text: nameOf(source.reference, source.name), span };
  const described = origins?.["description"] ?? tagged("summary") ?? tagged("description") ?? tagged("desc") ?? byName;
  const title = tagged("title");
  return [
    { keyword: "name", value: tool.name, origin: tagged("name") ?? (tool.batch && tagged("batch")) ?? byName },
    ...(tool.title !== undefined && title ? [{ keyword: "title", value: tool.title, origin: title }] : []),
    { keyword: "description", value: tool.description, origin: described },
    ...explainMarks(tool, tagged),
    ...explainIcons(source.docs.tags),
  ];
}

/** As they are written: each tag has become an icon. */
function explainIcons(tags: readonly DocTag[]): readonly Line[] {
  return tags
    .filter(({ name }) => name === "icon")
    .map(({ text, span }) => ({
      keyword: "icon",
      value: text.trim().split(/\s+/).join(" "),
      origin: { kind: "tag", text: "@icon", span },
    }));
}

function nameOf({ export: name, member }: FunctionModel["reference"], own: string): string {
  return member === undefined ? `function ${own}` : `method ${name}.${member}`;
}

/** A resource's URI and type, and what a completion is for. */
function explainMarks(
  { uri, mimeType, of }: ExplainedPlan,
  tagged: (name: string) => Source | undefined,
): readonly Line[] {
  const marks = [
    ["uri", uri, tagged("resource")],
    ["mimeType", mimeType, tagged("mimeType")],
    ["completes", of && `${of.name}.${of.argument}`, tagged("completes")],
  ] as const;
  return marks.flatMap(([keyword, value, origin]) =>
    value !== undefined && origin ? [{ keyword, value, origin }] : [],
  );
}

/** A hint and the tags that give it, the first that is there. */
const hints: readonly (readonly [string, readonly string[]])[] = [
  ["readOnlyHint", ["readonly", "destructive"]],
  ["destructiveHint", ["destructive", "readonly"]],
  ["idempotentHint", ["idempotent"]],
  ["openWorldHint", ["openWorld"]],
];

function explainHints({ tool, source }: Subject): readonly Line[] {
  const given: Readonly<Record<string, JsonValue | undefined>> = { ...tool.annotations };
  const others = tool.steps === undefined ? "" : "and each tool that it takes or calls ";
  return hints.flatMap(([hint, names]) => {
    const value = given[hint];
    if (value === undefined) return [];
    const origin = names.map((name) => tagSource(source.docs.tags, name)).find((found) => found !== undefined);
    return [
      {
        keyword: `annotations.${hint}`,
        value,
        origin: origin ?? { kind: "body", text: `what the body ${others}does: see Effects` },
      },
    ];
  });
}

export function tagSource(tags: readonly DocTag[], name: string): Source | undefined {
  const tag = tags.find((each) => each.name === name);
  return tag && { kind: "tag", text: `@${tag.name} ${tag.text}`.trim(), span: tag.span };
}
