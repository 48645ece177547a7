/** What of `surface.json` is compared. Its text may be of another version, or edited: nothing of it is taken for granted. */
import { isJsonObject, type JsonObject, type JsonValue } from "../model/json.js";
import type { Subject } from "./change.js";
import { toList } from "./schema-node.js";

/** Relative to the output. */
export const surfacePath = "generated/surface.json";

/** One thing that a client can ask for. */
export interface Listed {
  readonly subject: Subject;
  /** As it is listed. */
  readonly entry: JsonObject;
  readonly input: JsonObject;
  /** Absent where the result is text, or content of its own making. */
  readonly output?: JsonObject;
}

/** Undefined for a text that cannot be read as a surface. */
export function readListed(text: string): readonly Listed[] | undefined {
  const surface = parse(text);
  if (!isJsonObject(surface) || !Array.isArray(surface["tools"])) return undefined;
  const given = isJsonObject(surface["arguments"]) ? surface["arguments"] : {};
  const inputOf = (group: string, name: string): JsonObject => {
    const schemas = given[group];
    const found = isJsonObject(schemas) ? schemas[name] : undefined;
    return isJsonObject(found) ? found : {};
  };
  const entriesOf = (key: string) => toList(surface[key]).filter(isJsonObject);
  const nameOf = (entry: JsonObject) => (typeof entry["name"] === "string" ? entry["name"] : "");
  const tools = entriesOf("tools").map((entry): Listed => {
    const { inputSchema, outputSchema } = entry;
    const subject = { kind: "tool", name: nameOf(entry) } as const;
    const input = isJsonObject(inputSchema) ? inputSchema : {};
    return { subject, entry, input, ...(isJsonObject(outputSchema) && { output: outputSchema }) };
  });
  const resources = [...entriesOf("resources"), ...entriesOf("resourceTemplates")].map((entry): Listed => {
    const name = nameOf(entry);
    return { subject: { kind: "resource", name }, entry, input: inputOf("resources", name) };
  });
  const prompts = entriesOf("prompts").map((entry): Listed => {
    const name = nameOf(entry);
    return { subject: { kind: "prompt", name }, entry, input: inputOf("prompts", name) };
  });
  const completions = Object.entries(isJsonObject(given["completions"]) ? given["completions"] : {});
  const completed = completions.map(([name, schema]): Listed => {
    const input = isJsonObject(schema) ? schema : {};
    return { subject: { kind: "completion", name }, entry: { name }, input };
  });
  return [...tools, ...resources, ...prompts, ...completed];
}

function parse(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}
