/** Our own layout is prettier's: what we emit, prettier has nothing to change in. */
import fc from "fast-check";
import { format } from "prettier";
import { describe, expect, test } from "vitest";
import type { ProjectPlan } from "../../src/model/project/project.js";
import { jsonFile } from "../../src/render/code/json-file.js";
import { printWidth } from "../../src/render/code/layout.js";
import { settle } from "../../src/render/frames/format.js";
import { rootSchema } from "../../src/render/schemas/json-schema.js";
import { renderTest } from "../../src/render/scaffold/test-file.js";
import { renderContainer } from "../../src/render/files/container-file.js";
import { shareTypes } from "../../src/render/files/shared-types.js";
import { renderServed } from "../../src/render/files/served-file.js";
import { formOfTool } from "../../src/render/files/served-forms.js";
import { anyContainer } from "../support/arbitrary-containers.js";
import { anyTool, anyType, someDefinitions } from "../support/arbitrary-plans.js";

const project: ProjectPlan = {
  rootFromOutput: "..",
  source: "src",
  output: "server",
  context: "..",
  place: "server",
  packageManager: "npm",
  compiler: {
    options: {},
    types: [],
    typeRoots: [],
    paths: {},
    ambient: [],
    constants: [],
    conditions: [],
    commonjs: "never",
    metadata: false,
    namespaces: false,
    lookups: false,
  },
};
const runs = Number(process.env["LAYOUT_RUNS"] ?? 60);

async function expectSettled(path: string, text: string): Promise<void> {
  const parser = path.endsWith(".json") ? "json" : "typescript";
  const settled = await settle({ path, text, owner: "generated" });
  const formatted = await format(settled.text, { parser, printWidth });
  if (formatted !== settled.text) expect(firstDifference(settled.text, formatted)).toBe("");
}

/** A whole file's diff takes longer than all the runs. */
function firstDifference(ours: string, theirs: string): string {
  const lines = ours.split("\n");
  const others = theirs.split("\n");
  const at = lines.findIndex((line, index) => line !== others[index]);
  const near = (text: readonly string[]) => text.slice(Math.max(0, at - 3), at + 5).join("\n");
  return `ours:\n${near(lines)}\nprettier:\n${near(others)}`;
}

const noneShared = shareTypes([], {});

describe("what we emit is what prettier would emit", { timeout: 120_000 }, () => {
  test("tools", async () => {
    await fc.assert(
      fc.asyncProperty(anyTool, async (tool) =>
        expectSettled(
          "a.ts",
          renderServed(tool, formOfTool(tool), {
            definitions: someDefinitions,
            project,
            toolFiles: new Map(),
            shared: noneShared,
          }).text,
        ),
      ),
      { numRuns: runs, endOnFailure: true },
    );
  });

  test("containers", async () => {
    await fc.assert(
      fc.asyncProperty(anyContainer, async (container) =>
        expectSettled(
          "a.ts",
          renderContainer(container, { project, definitions: someDefinitions, shared: noneShared }).text,
        ),
      ),
      { numRuns: runs, endOnFailure: true },
    );
  });

  test("tests", async () => {
    await fc.assert(
      fc.asyncProperty(anyTool, async (tool) =>
        expectSettled("a.ts", renderTest(tool, { hasSettings: false, plan: { definitions: {} } })),
      ),
      { numRuns: runs / 3 },
    );
  });

  test("schemas", async () => {
    await fc.assert(
      fc.asyncProperty(anyType, async (type) =>
        expectSettled("a.json", jsonFile(rootSchema(type, "input", someDefinitions))),
      ),
      { numRuns: runs, endOnFailure: true },
    );
  });
});
