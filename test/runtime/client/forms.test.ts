// A form is held to the type of its answer, and the answer to the form: by the compiler of whoever writes it.
import { expect, test } from "vitest";
import type { Context } from "../../../templates/runtime/contracts/index.js";

interface Shipping {
  street: string;
  floor?: number;
  speed: "slow" | "fast";
}

/** Compiled, and never called. */
async function ask({ elicit }: Context) {
  const typed = await elicit<Shipping>("Where to?", {
    street: { type: "string" },
    floor: { type: "integer", optional: true },
    speed: { type: "string", enum: ["slow", "fast"] },
  });
  const inferred = await elicit("Which?", {
    size: { type: "number" },
    color: { type: "string", oneOf: [{ const: "red", title: "Red" }] },
    note: { type: "string", optional: true },
  });
  // @ts-expect-error -- A member has no field.
  await elicit<Shipping>("Where to?", { street: { type: "string" }, speed: { type: "string", enum: ["slow"] } });
  // @ts-expect-error -- The field is for another type.
  await elicit<{ street: string }>("Where to?", { street: { type: "number" } });
  // @ts-expect-error -- A member that has to be there may not be left empty.
  await elicit<{ street: string }>("Where to?", { street: { type: "string", optional: true } });
  // @ts-expect-error -- A form is flat.
  await elicit<{ place: { street: string } }>("Where to?", { place: { type: "string" } });
  if (typed.action !== "accept" || inferred.action !== "accept") return undefined;
  const { size, color, note }: { size: number; color: "red"; note?: string } = inferred.content;
  return { size, color, note, floor: typed.content.floor };
}

test("forms compile as their types say", () => {
  expect(ask).toBeTypeOf("function");
});
