/** One tool, resource or prompt before and after → what changed of it. */
import { isJsonObject, type JsonObject } from "../model/json.js";
import type { PartChange } from "./change.js";
import type { Listed } from "./listed.js";
import { isSame } from "./schema-node.js";
import { compareSchemas, describeText } from "./schemas.js";

export interface Pair {
  readonly before: Listed;
  readonly after: Listed;
}

export function compareListed(pair: Pair): readonly PartChange[] {
  const { before, after } = pair;
  // Most of a surface stays as it is, which is seen sooner than schemas are compared.
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  // What is proposed while somebody types is checked by nobody.
  const schemas = before.subject.kind === "completion" ? [] : compareParts(pair);
  const found = [
    ...schemas,
    ...compareAnnotations(pair),
    ...compareUris(pair),
    ...compareEntryTexts(pair),
    ...compareIcons(pair),
  ];
  if (found.length > 0 || JSON.stringify(before.entry) === JSON.stringify(after.entry)) return found;
  const what = "is written differently; what it takes and gives is the same";
  return [{ kind: "cosmetic", part: "whole", path: "", what }];
}

function compareParts({ before, after }: Pair): readonly PartChange[] {
  const given = compareSchemas({ before: before.input, after: after.input }, "argument");
  return [...given, ...compareOutputs(before.output, after.output)];
}

/** Without a schema the result is text: who reads the one does not find the other. */
function compareOutputs(old: JsonObject | undefined, now: JsonObject | undefined): readonly PartChange[] {
  if (old && now) return compareSchemas({ before: old, after: now }, "result");
  const whole = { kind: "breaking", part: "result", path: "" } as const;
  if (old) return [{ ...whole, what: "is no longer structured", old }];
  return now ? [{ ...whole, what: "is structured now, and had no schema before", new: now }] : [];
}

interface Hints {
  readonly readOnly: boolean;
  readonly destructive: boolean;
  readonly idempotent: boolean;
  readonly openWorld: boolean;
}

/** What clients take for granted where nothing is said, as MCP has it. */
function hintsOf({ entry }: Listed): Hints {
  const said = isJsonObject(entry["annotations"]) ? entry["annotations"] : {};
  const readOnly = said["readOnlyHint"] === true;
  return {
    readOnly,
    destructive: !readOnly && said["destructiveHint"] !== false,
    idempotent: readOnly || said["idempotentHint"] === true,
    openWorld: said["openWorldHint"] !== false,
  };
}

/** A client that asked nobody before it called must ask now: that is not what it was allowed. */
function compareAnnotations({ before, after }: Pair): readonly PartChange[] {
  if (before.subject.kind !== "tool") return [];
  const [old, now] = [hintsOf(before), hintsOf(after)];
  const hint = (name: keyof Hints, bad: boolean, what: readonly [whenTrue: string, whenFalse: string]) => {
    if (old[name] === now[name]) return [];
    const kind = now[name] === bad ? "breaking" : "compatible";
    const sides = { old: old[name], new: now[name] };
    return [{ kind, part: "annotation", path: `${name}Hint`, what: now[name] ? what[0] : what[1], ...sides } as const];
  };
  const told = [
    ...hint("readOnly", false, ["is read-only now", "is no longer read-only"]),
    ...hint("destructive", true, ["may destroy something now", "destroys nothing any more"]),
    ...hint("idempotent", false, ["may be repeated now", "may no longer be repeated"]),
    ...hint("openWorld", true, ["reaches beyond the server now", "stays within the server now"]),
  ];
  const graver = old.readOnly !== now.readOnly ? ["destructiveHint", "idempotentHint"] : [];
  return told
    .filter(({ path }) => !graver.includes(path))
    .map((each) => (["idempotentHint", "openWorldHint"].includes(each.path) ? { ...each, kind: "compatible" } : each));
}

function compareUris({ before, after }: Pair): readonly PartChange[] {
  const address = ({ entry }: Listed) => entry["uri"] ?? entry["uriTemplate"];
  const fields = [
    { part: "uri", old: address(before), now: address(after), word: "URI" },
    { part: "mimeType", old: before.entry["mimeType"], now: after.entry["mimeType"], word: "MIME type" },
  ] as const;
  return fields.flatMap(({ part, old, now, word }) => {
    if (isSame(old, now)) return [];
    const what = `has another ${word}`;
    const sides = { ...(old !== undefined && { old }), ...(now !== undefined && { new: now }) };
    return [{ kind: "breaking", part, path: "", what, ...sides } as const];
  });
}

function compareEntryTexts({ before, after }: Pair): readonly PartChange[] {
  return ["title", "description"].flatMap((field) => {
    const [old, now] = [before.entry[field], after.entry[field]];
    if (isSame(old, now)) return [];
    const sides = { ...(old !== undefined && { old }), ...(now !== undefined && { new: now }) };
    return [{ kind: "cosmetic", part: "text", path: "", what: describeText(field, old, now), ...sides } as const];
  });
}

function compareIcons({ before, after }: Pair): readonly PartChange[] {
  const [old, now] = [before.entry["icons"], after.entry["icons"]];
  if (isSame(old, now)) return [];
  const what = now === undefined ? "has no icons any more" : old === undefined ? "has icons now" : "has other icons";
  const sides = { ...(old !== undefined && { old }), ...(now !== undefined && { new: now }) };
  return [{ kind: "cosmetic", part: "icons", path: "", what, ...sides }];
}
