/** A call → all that it is given: what the function is called on, and with. */
import type { ArgumentPlan, CallPlan } from "./plan.js";

export function givenTo({
  instance,
  arguments: args,
}: Pick<CallPlan, "instance" | "arguments">): readonly ArgumentPlan[] {
  return instance ? [instance, ...args] : args;
}
