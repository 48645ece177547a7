/** ServerPlan → Dockerfile. Its context is the project root: the user's functions stand outside of the output. */
import { posix } from "node:path";
import type { ServerPlan } from "../model/plan.js";
import { packageName } from "./package-json.js";
import { apartFromBundle, hasDatabase, hasWorkers } from "./packages.js";
import { fillFrame } from "./templates.js";
import { plainPath } from "./text.js";

export function renderDockerfile(plan: ServerPlan, packages: readonly string[]): string {
  const output = plainPath(plan.project.output);
  const workdir = posix.join("/project", output);
  const modules = apartFromBundle(packages).map((name) => `node_modules/${name}`);
  const bundles = ["server.js", ...(hasWorkers(packages) ? ["workers.js"] : [])];
  return fillFrame("Dockerfile", {
    context: output === "." ? "this folder" : `the folder that holds \`${output}\``,
    dockerfile: posix.join(output, "Dockerfile"),
    image: packageName(plan.name).replace(/^@/, ""),
    workdir,
    bundles: bundles.map((name) => posix.join(workdir, "dist", name)).join(" "),
    hasApart: modules.length > 0,
    apart: modules.map((folder) => `COPY --from=build ${posix.join(workdir, folder)} ./${folder}`).join("\n"),
    hasDatabase: hasDatabase(packages),
  });
}
