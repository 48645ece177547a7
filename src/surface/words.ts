/** What the subset test found → the sentence that tells it. */
import type { JsonValue } from "../model/json.js";
import type { Escape, Reason } from "./escape.js";

/** `narrower`: something of before is gone. `wider`: something is there that was not before. */
export type Direction = "narrower" | "wider";

/** Of arguments, which clients give, or of results, which they get. */
export type Role = "argument" | "result";

export function describeEscape({ reason, sub, sup }: Escape, direction: Direction, role: Role): string {
  const [before, after] = direction === "narrower" ? [sub, sup] : [sup, sub];
  switch (reason.kind) {
    case "types":
      return taking(list(reason.types), direction, role);
    case "values":
      return taking(list(reason.values.map(show)), direction, role);
    case "limited":
      if (direction === "narrower") return role === "argument" ? "takes only some values now" : "has few values now";
      return role === "argument" ? "takes any value of its type now" : "may be any value of its type now";
    case "required":
      return requiring(reason, direction, role);
    case "member":
      return direction === "wider" ? "is new" : role === "argument" ? "is no longer taken" : "is gone";
    case "others":
      if (direction === "narrower")
        return role === "argument" ? "takes no members of other names now" : "has no members of other names now";
      return role === "argument" ? "takes members of other names too" : "may have members of other names now";
    case "alternative":
      return taking(reason.mark === "" ? "one of its alternatives" : `\`{ ${reason.mark} }\``, direction, role);
    case "keyword":
      return changed(reason.keyword, before, after);
    case "unproven":
      return `${changed(reason.keyword, before, after)}: it cannot be shown that what fitted still fits`;
  }
}

function taking(what: string, direction: Direction, role: Role): string {
  if (role === "argument") return direction === "narrower" ? `no longer takes ${what}` : `takes ${what} too`;
  return direction === "narrower" ? `is never ${what} now` : `may be ${what} now`;
}

function requiring({ of }: Extract<Reason, { readonly kind: "required" }>, direction: Direction, role: Role): string {
  if (role === "argument") {
    if (direction === "wider") return of === "unknown" ? "is no longer taken" : "is optional now";
    return of === "unknown" ? "is new and required" : "is required now";
  }
  if (direction === "wider") return of === "unknown" ? "is gone" : "may be missing now";
  return of === "unknown" ? "is new" : "is always there now";
}

function changed(keyword: string, before: JsonValue | undefined, after: JsonValue | undefined): string {
  if (after === undefined) return `has no \`${keyword}\` any more, which was ${show(before)}`;
  return before === undefined
    ? `has a \`${keyword}\` now, ${show(after)}`
    : `\`${keyword}\` is ${show(after)}, and was ${show(before)}`;
}

/** Short enough for a sentence. */
export function show(value: JsonValue | undefined): string {
  const text = JSON.stringify(value ?? null);
  return `\`${text.length > 60 ? `${text.slice(0, 57)}...` : text}\``;
}

function list(words: readonly string[]): string {
  const [end = "", ...begin] = [...words].reverse();
  return begin.length === 0 ? end : `${begin.reverse().join(", ")} or ${end}`;
}
