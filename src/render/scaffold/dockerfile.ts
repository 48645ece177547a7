/** ServerPlan → Dockerfile. Its context is the project root or the workspace around it: the user's functions stand outside of the output. */
import { posix } from "node:path";
import type { ServerPlan } from "../../model/plan.js";
import { shellWord } from "../../model/shell.js";
import { packageName } from "./package-file.js";
import { fillFrame } from "../frames/frames.js";
import { plainPath } from "../code/text.js";

export function renderDockerfile(plan: ServerPlan): string {
  const place = plainPath(plan.project.place);
  return fillFrame("Dockerfile", {
    context: place === "." ? "this folder" : `the folder that holds \`${place}\``,
    dockerfile: shellWord(posix.join(place, "Dockerfile")),
    image: packageName(plan.name).replace(/^@/, ""),
    workdir: posix.join("/project", place),
    install: `["node", ${JSON.stringify(posix.join(place, "generated/build/install.mjs"))}]`,
  });
}
