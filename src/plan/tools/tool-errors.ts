/** `@throws {NotFoundError}` and `errors` of mcpgen.json → whose messages clients are told. */
import type { Config } from "../../config/config.js";
import type { FunctionModel } from "../../model/api.js";
import type { ShownErrors } from "../../model/plan.js";

const tags: ReadonlySet<string> = new Set(["throws", "throw", "exception"]);

/** Undefined where only errors are told that say so themselves. */
export function planErrors({ docs }: FunctionModel, { errors }: Pick<Config, "errors">): ShownErrors | undefined {
  if (errors === "messages") return "messages";
  const classes = docs.tags.filter(({ name }) => tags.has(name)).flatMap(({ text }) => readClasses(text));
  return classes.length === 0 ? undefined : [...new Set(classes)];
}

/** `{NotFound | errors.Conflict}` as JSDoc writes it, `{@link NotFound}` as TSDoc does, or a class's name at the start. */
function readClasses(text: string): readonly string[] {
  const [, braced, bare] =
    /^\{(?:@link(?:code|plain)?\s+)?([^{}]*)\}|^`?([A-Z]\w*(?:Error|Exception))\b/.exec(text.trim()) ?? [];
  return (braced ?? bare ?? "").split("|").flatMap((part) => {
    const name = /^[!?(\s]*(?:[\w$]+\.)*([A-Za-z_$][\w$]*)/.exec(part)?.[1];
    return name === undefined || /^[a-z]/.test(name) ? [] : [name];
  });
}
