// Values of the user's as they are kept: whatever can be cloned, dates, maps and bytes included. Everybody is given a
// copy.
import { deserialize, serialize } from "node:v8";
import type { Form } from "./form.js";

export const valueForm: Form<unknown> = {
  // There is no telling it from nothing.
  write: (value) => (value === undefined ? undefined : { kind: "value", text: serialize(value).toString("base64") }),
  hold: (text) => Buffer.from(text, "base64"),
  give: (held) => deserialize(held as Buffer) as unknown,
};
