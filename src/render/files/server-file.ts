/** All tools → generated/server.ts: the table that the entry and the tests serve from. */
import type { ServerPlan } from "../../model/plan.js";
import { array, atom } from "../code/code.js";
import { layOut } from "../code/layout.js";
import { createModule } from "../code/module.js";
import { fillFrame } from "../frames/frames.js";
import { toolConstant } from "./tool-file.js";

export interface ServerFile {
  readonly text: string;
  /** But for those that every server has. */
  readonly imports: readonly string[];
}

/** The entry: what a client asks first is answered by it, the tools are behind an import of their own. */
export function renderMain({ equipment }: ServerPlan): string {
  return fillFrame("main.ts", { sessions: equipment.sessions, auth: equipment.auth });
}

export function renderServer(
  { tools, container, equipment }: ServerPlan,
  files: ReadonlyMap<string, string>,
): ServerFile {
  const module = createModule(["server", "project", "surface", "defineServer"]);
  const constants = tools.map((tool) =>
    module.use({ from: `./tools/${files.get(tool.name) ?? tool.name}.js`, name: toolConstant(tool), suffix: "" }),
  );
  if (container) module.use({ from: "./container.js", name: "container" });
  const { calls, metrics, telemetry } = equipment;
  if (calls) module.use({ from: "./runtime/context/call.js", name: "createContextCall" });
  if (metrics) module.use({ from: "./runtime/metrics/service.js", name: "serverMetrics" });
  if (telemetry) module.use({ from: "./runtime/tracing/telemetry.js", name: "telemetry" });
  const text = fillFrame("server.ts", {
    imports: module.imports(),
    tools: layOut(array(constants.map((constant) => atom(constant, "word"))), {
      indent: 2,
      column: "  tools: ".length,
      rest: 1,
    }),
    hasContainer: container !== undefined,
    calls,
    metrics,
    telemetry,
  });
  return { text, imports: module.specifiers() };
}
