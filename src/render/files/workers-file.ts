/** The tools whose functions run in threads → generated/workers.ts, which each of the threads loads. */
import type { ToolPlan } from "../../model/plan.js";
import type { ProjectPlan } from "../../model/project/project.js";
import { atom, object } from "../code/code.js";
import { layOut } from "../code/layout.js";
import { createModule } from "../code/module.js";
import { toCamelCase } from "../code/names.js";
import { importOfModule } from "../code/paths.js";
import { fillFrame } from "../frames/frames.js";
import { propertyKey } from "../code/text.js";

/** What a tool's call is made by in the place of its function. */
export const workerCall = {
  module: "workers/call.js",
  name: "inWorker" satisfies keyof typeof import("../../../templates/runtime/workers/call.js"),
};

export interface WorkersFile {
  readonly text: string;
  readonly imports: readonly string[];
}

/** Undefined where there is none. */
export function renderWorkers(tools: readonly ToolPlan[], project: ProjectPlan): WorkersFile | undefined {
  const workers = tools.filter(({ call }) => call.worker);
  if (workers.length === 0) return undefined;
  const module = createModule(["run"]);
  const defineWorkers: keyof typeof import("../../../templates/runtime/workers/define.js") = "defineWorkers";
  module.use({ from: "./runtime/workers/define.js", name: defineWorkers });
  const entries = workers.map(({ name, call: { callee } }) => {
    const local = module.use({
      from: importOfModule(callee.module, project, "generated"),
      name: callee.export,
      ...(callee.export === "default" && { as: toCamelCase(name) }),
      suffix: "Function",
    });
    return { ...(local !== name && { key: propertyKey(name) }), value: atom(local, "word") };
  });
  const text = fillFrame("workers.ts", {
    imports: module.imports(),
    functions: layOut(object(entries), { indent: 0, column: "export const run = defineWorkers(".length, rest: 2 }),
  });
  return { text, imports: module.specifiers() };
}
