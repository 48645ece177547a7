// The functions that run in threads → what a thread does with a task: one call, whose outcome is sent back.
import { isMainThread } from "node:worker_threads";
import { packFailure, type CarriedFailure } from "./failure.js";
import { runTask, surviveStrays } from "./strays.js";

/** Copied into the thread, as `structuredClone` copies. */
export interface Task {
  readonly tool: string;
  readonly arguments: readonly unknown[];
}

export type Outcome =
  { readonly kind: "value"; readonly value: unknown } | { readonly kind: "failure"; readonly failure: CarriedFailure };

/** `functions` go by the names of their tools. */
export function defineWorkers(
  functions: Readonly<Record<string, (...given: never[]) => unknown>>,
): (task: Task) => Promise<Outcome> {
  if (!isMainThread) surviveStrays();
  const byTool = new Map(Object.entries(functions));
  return async ({ tool, arguments: given }) => {
    const work = byTool.get(tool) as ((...given: readonly unknown[]) => unknown) | undefined;
    try {
      if (work === undefined) throw new Error(`There is no worker \`${tool}\` in this build. Build the server again.`);
      return { kind: "value", value: await runTask(tool, () => work(...given)) };
    } catch (error) {
      return { kind: "failure", failure: packFailure(error) };
    }
  };
}
