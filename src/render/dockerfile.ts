/** ServerPlan → Dockerfile. Its context is the project root: the user's functions stand outside of the output. */
import { posix } from "node:path";
import type { ServerPlan } from "../model/plan.js";
import { packageName } from "./package-json.js";
import { fillFrame } from "./templates.js";
import { plainPath } from "./text.js";

export function renderDockerfile(plan: ServerPlan): string {
  const output = plainPath(plan.project.output);
  return fillFrame("Dockerfile", {
    context: output === "." ? "this folder" : `the folder that holds \`${output}\``,
    dockerfile: posix.join(output, "Dockerfile"),
    image: packageName(plan.name).replace(/^@/, ""),
    workdir: posix.join("/project", output),
  });
}
