/** What a client asks its user for: the array `inputs` beside the servers, whose entries refer to its elements by their ids. */
import { isJsonObject, type JsonObject, type JsonValue } from "../../model/json.js";
import type { Input } from "./entry.js";
import { addJson, setJson } from "./json-format.js";

interface Servers {
  readonly before: JsonValue | undefined;
  /** All servers as they will be. */
  readonly after: JsonObject;
  readonly added: readonly Input[];
}

/** An input goes with the last entry that refers to it, and is not added twice. */
export function changeInputs(inputs: readonly JsonValue[], { before, after, added }: Servers): readonly JsonValue[] {
  const used = referredTo(after);
  const gone = referredTo(before).filter((id) => !used.includes(id));
  const left = inputs.filter((input) => !gone.includes(idOf(input)));
  const fresh = added.filter(({ id }) => !left.some((input) => idOf(input) === id));
  return [...left, ...fresh.map((input): JsonObject => ({ ...input }))];
}

export function writeInputs(text: string, from: readonly JsonValue[], to: readonly JsonValue[]): string {
  const added = to.filter((input) => !from.includes(input));
  if (from.length === 0) return added.length === 0 ? text : setJson(text, ["inputs"], added);
  let written = text;
  for (const [index, input] of [...from.entries()].reverse())
    if (!to.includes(input)) written = setJson(written, ["inputs", index], undefined);
  for (const input of added) written = addJson(written, ["inputs"], input);
  return written;
}

function referredTo(value: JsonValue | undefined): readonly string[] {
  return [...JSON.stringify(value ?? null).matchAll(/\$\{input:([^}]+)\}/g)].map(([, id = ""]) => id);
}

function idOf(input: JsonValue): string {
  const id = isJsonObject(input) ? input["id"] : undefined;
  return typeof id === "string" ? id : "";
}
