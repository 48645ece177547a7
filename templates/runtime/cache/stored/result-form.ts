// Results of tools as they are kept: in their wire form, frozen in memory, so that nobody who is given one can change
// what the next is given.
import type { CallResult } from "../../call/result.js";
import type { Form } from "./form.js";

export const resultForm: Form<CallResult> = {
  write: (result) =>
    result.isError === true ? undefined : { kind: isNull(result) ? "absent" : "value", text: JSON.stringify(result) },
  hold: (text) => freeze(JSON.parse(text) as CallResult),
  give: (held) => held as CallResult,
};

/** What the function returned was null: there is no such thing. */
function isNull({ content, structuredContent }: CallResult): boolean {
  if (structuredContent !== undefined)
    return (
      "result" in structuredContent && structuredContent.result === null && Object.keys(structuredContent).length === 1
    );
  const [piece] = content as readonly { readonly text?: unknown }[];
  return content.length === 1 && piece?.text === "null";
}

function freeze<T>(value: T): T {
  if (typeof value !== "object" || value === null) return value;
  Object.values(value).forEach(freeze);
  return Object.freeze(value);
}
