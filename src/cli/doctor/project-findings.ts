/** A generated project on disk → what is wrong with it before it is started. */
import { isJsonObject, type JsonObject } from "../../model/json.js";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { manifestPath } from "../../model/files.js";
import { sdkFacts, sdkLines, type SdkLine } from "../../model/project/sdk-line.js";
import { version } from "../../model/version.js";
import type { Finding } from "./finding.js";

/** Relative to the output: what `npm start` runs. */
export const bundlePath = "dist/server.js";

/** The oldest that is tested. */
const oldestNode = [20, 19] as const;

/** `running`: as `process.versions.node` has it. */
export function lookAtNode(running: string): Finding {
  const [major = 0, minor = 0] = running.split(".").map(Number);
  const isOld = major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1]);
  const fact = `${running}, ${isOld ? "which is too old" : "which the server runs on"}`;
  return isOld
    ? { about: "Node.js", state: "problem", fact, help: `install ${oldestNode.join(".")} or later` }
    : { about: "Node.js", state: "ok", fact };
}

/** `today`: as `YYYY-MM-DD`. */
export function lookAtSdk(output: string, today: string): Finding {
  const line = lineOf(readJson(join(output, "package.json")));
  if (line === undefined)
    return {
      about: "SDK",
      state: "problem",
      fact: "package.json names neither line of the SDK",
      help: "run mcpgen build",
    };
  const { package: name } = sdkFacts[line];
  const ground = `the tests connect the client of ${line} (${name})`;
  if (line === "v2") return { about: "SDK", state: "ok", fact: ground };
  const { maintained } = sdkFacts[line];
  const isOver = today > maintained;
  const fact = `${ground}, which ${isOver ? "had" : "has"} fixes until ${maintained} at least`;
  const help = 'write "sdk": "v2" in mcpgen.json and build: the server stays the same';
  return isOver ? { about: "SDK", state: "problem", fact, help } : { about: "SDK", state: "ok", fact };
}

function lineOf(packageJson: JsonObject): SdkLine | undefined {
  const packages = { ...memberOf(packageJson, "dependencies"), ...memberOf(packageJson, "devDependencies") };
  return sdkLines.find((line) => sdkFacts[line].package in packages);
}

/** Undefined where another mcpgen has not written it. */
export function lookAtWriter(output: string): Finding | undefined {
  const { mcpgen } = readJson(join(output, manifestPath));
  if (typeof mcpgen !== "string" || mcpgen === version) return undefined;
  const fact = `it was written by mcpgen ${mcpgen}, and this is ${version}`;
  return {
    about: "output",
    state: "problem",
    fact,
    help: "run mcpgen upgrade, or the mcpgen that your package.json names",
  };
}

export function isBuilt(output: string): boolean {
  return timeOf(join(output, manifestPath)) !== undefined;
}

export function isBundled(output: string): boolean {
  return timeOf(join(output, bundlePath)) !== undefined;
}

/** Whether what would be started is what was built last. */
export function lookAtBundle(root: string, output: string): Finding {
  const bundled = timeOf(join(output, bundlePath));
  const help = "run npm run build in the output folder";
  if (bundled === undefined) return { about: "bundle", state: "problem", fact: `there is no ${bundlePath}`, help };
  const inputs = Object.keys(memberOf(readJson(join(output, manifestPath)), "inputs"));
  const made = [join(output, manifestPath), ...inputs.map((path) => join(root, path))];
  const newer = made.find((path) => (timeOf(path) ?? 0) > bundled);
  if (newer === undefined)
    return { about: "bundle", state: "ok", fact: `${bundlePath} is newer than all that is in it` };
  const changed = newer.startsWith(output) ? newer.slice(output.length + 1) : newer.slice(root.length + 1);
  return { about: "bundle", state: "problem", fact: `${bundlePath} is older than ${changed}`, help };
}

function readJson(path: string): JsonObject {
  try {
    const value: unknown = JSON.parse(readFileSync(path, "utf8"));
    return isJsonObject(value) ? value : {};
  } catch {
    return {};
  }
}

function memberOf(json: JsonObject, name: string): JsonObject {
  const value = json[name];
  return isJsonObject(value) ? value : {};
}

/** When it was last written, in milliseconds since 1970. */
function timeOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs;
}
