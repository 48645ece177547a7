/** What every command is: a function of what was asked for; its answer is the exit code. */
import type { Invocation } from "./usage/program.js";
import type { Reporter } from "./output/reporter.js";

export type Command<Kind extends Invocation["kind"]> = (
  invocation: Extract<Invocation, { readonly kind: Kind }>,
  reporter: Reporter,
) => Promise<number>;
