/** The schemas of arguments and result, property by property: each line with its origin. */
import type { JsonObject } from "../model/json.js";
import type { TypeNode } from "../model/types.js";
import type { Entry, Section, Source, Subject } from "./explanation.js";
import { walkSchema } from "./walk.js";

export function explainArguments({ tool, source, listed, definitions }: Subject): readonly Section[] {
  const root: Source = { kind: "rule", text: "the arguments by their names", span: source.span };
  return explainSchema({ title: "Arguments", schema: listed.inputSchema, type: tool.input, origin: root }, definitions);
}

export function explainResult({ tool, source, listed, definitions }: Subject): readonly Section[] {
  const { result } = tool;
  const origin = source.origins?.["type"] ?? { kind: "rule", text: "the result", span: source.span };
  if (result.kind === "structured" && listed.outputSchema)
    return explainSchema(
      { title: "Result", schema: listed.outputSchema, type: result.wrapped ?? result.type, origin },
      definitions,
    );
  const line = { keyword: "sent as", value: sentAs[result.kind], origin };
  return [{ title: "Result", entries: [{ path: "", lines: [line] }] }];
}

/** Only what is structured has a schema of its own. */
const sentAs = { structured: "object", text: "text", empty: "nothing", content: "content", media: "content" } as const;

interface Root {
  readonly title: string;
  readonly schema: JsonObject;
  readonly type: TypeNode;
  readonly origin: Source;
}

/** The recursive types that it needs stand behind it, each once. */
function explainSchema({ title, schema, type, origin }: Root, definitions: Subject["definitions"]): readonly Section[] {
  const { $defs = {}, ...body } = schema;
  const schemas = $defs as Readonly<Record<string, JsonObject>>;
  const target = type.kind === "reference" ? definitions[type.name]?.type : type;
  const references = new Map<string, string>();
  const entries: Entry[] = [...walkSchema({ path: "", schema: body, type: target ?? type, origin }, references)];
  const defined: Entry[] = [];
  // Walking a definition may meet further ones; a map's iteration meets those as well.
  for (const [key, name] of references) {
    const definition = definitions[name];
    const described = schemas[key];
    if (!definition || !described) continue;
    const place = definition.origins?.["type"] ?? origin;
    const start = { path: key, schema: described, type: definition.type, origin: place, ...pick(definition.origins) };
    defined.push(...walkSchema(start, references));
  }
  return [
    { title, entries },
    { title: `${title}: $defs`, entries: defined },
  ];
}

function pick(origins: Start["origins"]): Pick<Start, "origins"> {
  return origins ? { origins } : {};
}

type Start = Parameters<typeof walkSchema>[0];
