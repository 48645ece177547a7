/** All that is served → generated/server.ts: the table that the entry and the tests serve from. */
import { isSpooled, type ServerPlan } from "../../model/plan.js";
import type { Equipment } from "../../model/project/project.js";
import { array, atom, call, type Code } from "../code/code.js";
import { layOut } from "../code/layout.js";
import { createModule } from "../code/module.js";
import { fillFrame } from "../frames/frames.js";
import { constantOf } from "./served-file.js";

export interface ServerFile {
  readonly text: string;
  readonly imports: readonly string[];
}

/** The entry: what a client asks first is answered by it, the tools are behind an import of their own. */
export function renderMain({ equipment }: ServerPlan): string {
  const { client, sessions, headers, auth } = equipment;
  return fillFrame("main.ts", { client, sessions, headers, auth });
}

/** All that the table is made from, as plain data. */
export interface ServerTable {
  readonly tools: readonly Imported[];
  readonly features: readonly (FeatureRow & { readonly served: readonly Imported[] })[];
  readonly hasContainer: boolean;
  readonly equipment: Equipment;
}

interface Imported {
  readonly from: string;
  readonly name: string;
}

export function planTable(plan: ServerPlan, files: ServedFiles): ServerTable {
  const list = (role: keyof ServedFiles, suffix: string): readonly Imported[] =>
    plan[role].map((served) => {
      const from = `./${role}/${files[role].get(served.name) ?? served.name}.js`;
      return { from, name: constantOf(served, suffix) };
    });
  return {
    tools: list("tools", "Tool"),
    features: featuresOf(plan).map((row) => ({ ...row, served: list(row.role, row.suffix) })),
    hasContainer: plan.container !== undefined,
    equipment: plan.equipment,
  };
}

export function renderServer(table: ServerTable): ServerFile {
  const { hasContainer, equipment } = table;
  const module = createModule(["server", "project", "surface", "defineServer"]);
  const list = (served: readonly Imported[]): Code =>
    array(served.map((each) => atom(module.use({ ...each, suffix: "" }), "word")));
  const tools = list(table.tools);
  const features = table.features.map(({ role, served, serve, beside }) =>
    call(module.use({ from: `./runtime/${role}/serve.js`, name: serve }), [
      list(served),
      ...beside.map((each) => atom(module.use(each), "word")),
    ]),
  );
  if (hasContainer) module.use({ from: "./container.js", name: "container" });
  const { calls, client, failures, metrics, telemetry } = equipment;
  if (calls) module.use({ from: "./runtime/context/call.js", name: "createContextCall" });
  if (failures) module.use({ from: "./runtime/errors/present.js", name: "tellFailure" });
  if (client) {
    module.use({ from: "./runtime/client/audience.js", name: "createAudience" });
    module.use({ from: "./runtime/client/context.js", name: "openClient" });
  }
  if (metrics) module.use({ from: "./runtime/metrics/service.js", name: "serverMetrics" });
  if (telemetry) module.use({ from: "./runtime/tracing/telemetry.js", name: "telemetry" });
  const text = fillFrame("server.ts", {
    imports: module.imports(),
    tools: layOut(tools, { indent: 2, column: "  tools: ".length, rest: 1 }),
    features:
      features.length === 0 ? "" : layOut(array(features), { indent: 2, column: "  features: ".length, rest: 1 }),
    hasContainer,
    calls,
    failures,
    client,
    metrics,
    telemetry,
  });
  return { text, imports: ["./runtime/index.js", ...module.specifiers()] };
}

/** By role, the file of each name, without extension. */
export type ServedFiles = Readonly<
  Record<"tools" | "resources" | "prompts" | "completions", ReadonlyMap<string, string>>
>;

interface FeatureRow {
  readonly role: "resources" | "prompts" | "completions";
  readonly suffix: string;
  readonly serve: string;
  /** Of the runtime, what it is given beside the functions. */
  readonly beside: readonly Imported[];
}

const readSpooled = { from: "./runtime/streams/spooled.js", name: "readSpooled" };

/** Literals complete themselves: whatever takes arguments that people fill in has completions. */
function featuresOf({ tools, resources, prompts }: ServerPlan): readonly FeatureRow[] {
  const isCompleted = prompts.length > 0 || resources.some(({ isTemplate }) => isTemplate);
  const spools = tools.some(isSpooled);
  const row = (role: FeatureRow["role"], suffix: string, beside: FeatureRow["beside"] = []): FeatureRow => ({
    ...{ role, suffix, beside },
    serve: `serve${suffix}s`,
  });
  return [
    ...(resources.length > 0 || spools ? [row("resources", "Resource", spools ? [readSpooled] : [])] : []),
    ...(prompts.length > 0 ? [row("prompts", "Prompt")] : []),
    ...(isCompleted ? [row("completions", "Completion")] : []),
  ];
}
